
nonisolated extension ListRoot {
    public nonisolated struct ListRootMessage: Sendable, Hashable, JSONCodable {
        /// The message's value.
        public var value: [ValueItem]

        public init(_ value: [ValueItem]) {
            self.value = value
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case listRootMessage = "ListRootMessage"
        }

        public nonisolated struct ValueItem: Sendable, Hashable, JSONCodable {
            /// JSON: `id`, required.
            public var id: Int

            public init(id: Int) {
                self.id = id
            }
        }
    }
}

/// `ListRoot.ListRootMessage` by its short name.
public typealias ListRootMessage = ListRoot.ListRootMessage
