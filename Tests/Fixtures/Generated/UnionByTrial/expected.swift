
nonisolated extension UnionByTrial {
    public nonisolated struct UnionByTrialMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `target`, optional.
        public var target: Target?

        public init(target: Target? = nil) {
            self.target = target
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unionByTrialMessage = "UnionByTrialMessage"
        }

        public nonisolated enum Target: Sendable, Hashable, JSONCodable {
            case withName(WithName)
            case withID(WithID)
            case withID2(WithID2)

            public nonisolated struct WithName: Sendable, Hashable, JSONCodable {
                /// JSON: `id`, required.
                public var id: String
                /// JSON: `name`, required.
                public var name: String

                public init(id: String, name: String) {
                    self.id = id
                    self.name = name
                }
            }

            public nonisolated struct WithID: Sendable, Hashable, JSONCodable {
                /// JSON: `id`, required.
                public var id: String

                public init(id: String) {
                    self.id = id
                }
            }

            public nonisolated struct WithID2: Sendable, Hashable, JSONCodable {
                /// JSON: `id`, required.
                public var id: Int

                public init(id: Int) {
                    self.id = id
                }
            }
        }
    }
}

/// `UnionByTrial.UnionByTrialMessage` by its short name.
public typealias UnionByTrialMessage = UnionByTrial.UnionByTrialMessage
