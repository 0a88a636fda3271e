
nonisolated extension PatternProperties {
    public nonisolated struct PatternPropertiesMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `env`, optional.
        public var env: [String: String]?
        /// JSON: `both`, optional.
        public var both: Both?

        public init(env: [String: String]? = nil, both: Both? = nil) {
            self.env = env
            self.both = both
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case patternPropertiesMessage = "PatternPropertiesMessage"
        }

        public nonisolated struct Both: Sendable, Hashable, JSONCodable {
            /// JSON: `known`, optional.
            public var known: Int?
            /// The members that the schema does not name.
            public var additionalMembers: [String: String]

            public init(known: Int? = nil, additionalMembers: [String: String] = [:]) {
                self.known = known
                self.additionalMembers = additionalMembers
            }
        }
    }
}

/// `PatternProperties.PatternPropertiesMessage` by its short name.
public typealias PatternPropertiesMessage = PatternProperties.PatternPropertiesMessage
