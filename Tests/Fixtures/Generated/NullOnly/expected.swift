
nonisolated extension NullOnly {
    public nonisolated struct NullOnlyMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `must`, required.
        public var must: JSONNull
        /// JSON: `may`, optional.
        public var may: JSONNull?

        public init(must: JSONNull, may: JSONNull? = nil) {
            self.must = must
            self.may = may
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case nullOnlyMessage = "NullOnlyMessage"
        }
    }
}

/// `NullOnly.NullOnlyMessage` by its short name.
public typealias NullOnlyMessage = NullOnly.NullOnlyMessage
