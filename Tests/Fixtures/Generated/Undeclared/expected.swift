
nonisolated extension Undeclared {
    public nonisolated struct UndeclaredMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `count`, required.
        public var count: Int
        /// JSON: `id`, required.
        public var id: JSONValue

        public init(count: Int, id: JSONValue) {
            self.count = count
            self.id = id
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case undeclaredMessage = "UndeclaredMessage"
        }
    }
}

/// `Undeclared.UndeclaredMessage` by its short name.
public typealias UndeclaredMessage = Undeclared.UndeclaredMessage
