
nonisolated extension Directions {
    public nonisolated struct DirectionsMessage: Sendable, Hashable, JSONCodable {
        /// The server's id.
        ///
        /// JSON: `id`, optional, read-only.
        public var id: String?
        /// JSON: `secret`, optional, write-only; at least 1 character.
        public var secret: String?
        /// JSON: `old`, optional.
        @available(*, deprecated, message: "The schema marks it as deprecated.")
        public var old: Int? {
            get { storedOld }
            set { storedOld = newValue }
        }
        var storedOld: Int?

        public init(id: String? = nil, secret: String? = nil, old: Int? = nil) {
            self.id = id
            self.secret = secret
            self.storedOld = old
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case directionsMessage = "DirectionsMessage"
        }
    }
}

/// `Directions.DirectionsMessage` by its short name.
public typealias DirectionsMessage = Directions.DirectionsMessage
