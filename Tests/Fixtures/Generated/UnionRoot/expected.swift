
nonisolated extension UnionRoot {
    public nonisolated enum UnionRootMessage: Sendable, Hashable, JSONCodable {
        case created(Created)
        case deleted(Deleted)

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unionRootMessage = "UnionRootMessage"
        }

        public nonisolated struct Created: Sendable, Hashable, JSONCodable {
            /// JSON: `action`, required.
            public var action: Action
            /// JSON: `name`, required.
            public var name: String

            public init(action: Action = .created, name: String) {
                self.action = action
                self.name = name
            }

            public nonisolated enum Action: String, Sendable, Hashable, Codable, CaseIterable {
                case created
            }
        }

        public nonisolated struct Deleted: Sendable, Hashable, JSONCodable {
            /// JSON: `action`, required.
            public var action: Action

            public init(action: Action = .deleted) {
                self.action = action
            }

            public nonisolated enum Action: String, Sendable, Hashable, Codable, CaseIterable {
                case deleted
            }
        }
    }
}

/// `UnionRoot.UnionRootMessage` by its short name.
public typealias UnionRootMessage = UnionRoot.UnionRootMessage
