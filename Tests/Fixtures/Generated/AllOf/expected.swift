
nonisolated extension AllOf {
    public nonisolated struct AllOfMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `id`, required.
        public var id: String
        /// JSON: `at`, required; an RFC 3339 date-time.
        public var at: Timestamp
        /// JSON: `note`, required.
        public var note: String

        public init(id: String, at: Timestamp, note: String) {
            self.id = id
            self.at = at
            self.note = note
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case allOfMessage = "AllOfMessage"
        }
    }
}

/// `AllOf.AllOfMessage` by its short name.
public typealias AllOfMessage = AllOf.AllOfMessage
