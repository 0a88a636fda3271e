
nonisolated extension EnumNames {
    public nonisolated struct EnumNamesMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `code`, optional.
        public var code: Code?
        /// JSON: `level`, optional.
        public var level: Level?
        /// JSON: `state`, optional.
        public var phase: Phase?

        public init(code: Code? = nil, level: Level? = nil, phase: Phase? = nil) {
            self.code = code
            self.level = level
            self.phase = phase
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case enumNamesMessage = "EnumNamesMessage"
        }

        public nonisolated enum Code: String, Sendable, Hashable, Codable, CaseIterable {
            case firstCode = "A1"
            case secondCode = "B2"
        }

        public nonisolated enum Level: Int, Sendable, Hashable, Codable, CaseIterable {
            case low = 1
            case high = 2
        }

        public nonisolated enum Phase: String, Sendable, Hashable, Codable, CaseIterable {
            case onHold = "on-hold"
            case paused = "on_hold"
        }
    }
}

/// `EnumNames.EnumNamesMessage` by its short name.
public typealias EnumNamesMessage = EnumNames.EnumNamesMessage
