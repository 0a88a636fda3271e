
nonisolated extension Constants {
    public nonisolated struct ConstantsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `version`, required.
        public var version: Version
        /// JSON: `flag`, required.
        public var flag: Bool
        /// JSON: `number`, required.
        public var number: Number

        public init(version: Version = ._1_0, flag: Bool, number: Number) {
            self.version = version
            self.flag = flag
            self.number = number
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case constantsMessage = "ConstantsMessage"
        }

        public nonisolated enum Version: String, Sendable, Hashable, Codable, CaseIterable {
            case _1_0 = "1.0"
        }

        public nonisolated enum Number: Int, Sendable, Hashable, Codable, CaseIterable {
            case _3 = 3
        }
    }
}

/// `Constants.ConstantsMessage` by its short name.
public typealias ConstantsMessage = Constants.ConstantsMessage
