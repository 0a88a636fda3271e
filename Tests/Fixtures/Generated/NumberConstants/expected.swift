
nonisolated extension NumberConstants {
    public nonisolated struct NumberConstantsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `level`, required.
        public var level: Level
        /// JSON: `offset`, optional.
        public var offset: Offset?

        public init(level: Level, offset: Offset? = nil) {
            self.level = level
            self.offset = offset
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case numberConstantsMessage = "NumberConstantsMessage"
        }

        public nonisolated enum Level: Int, Sendable, Hashable, Codable, CaseIterable {
            case _1 = 1
            case _2 = 2
            case _10 = 10
        }

        public nonisolated enum Offset: Int, Sendable, Hashable, Codable, CaseIterable {
            case minus_1Value = -1
            case _0 = 0
            case _1 = 1
        }
    }
}

/// `NumberConstants.NumberConstantsMessage` by its short name.
public typealias NumberConstantsMessage = NumberConstants.NumberConstantsMessage
