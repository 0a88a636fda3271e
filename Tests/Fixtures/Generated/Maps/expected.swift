
nonisolated extension Maps {
    public nonisolated struct MapsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `counts`, optional.
        public var counts: [String: Int]?
        /// JSON: `limits`, optional.
        public var limits: [String: Double?]?
        /// JSON: `by_name`, optional.
        public var byName: [String: ByNameValue]?

        public init(
            counts: [String: Int]? = nil,
            limits: [String: Double?]? = nil,
            byName: [String: ByNameValue]? = nil
        ) {
            self.counts = counts
            self.limits = limits
            self.byName = byName
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case mapsMessage = "MapsMessage"
        }

        public nonisolated struct ByNameValue: Sendable, Hashable, JSONCodable {
            /// JSON: `n`, optional.
            public var n: Int?

            public init(n: Int? = nil) {
                self.n = n
            }
        }
    }
}

/// `Maps.MapsMessage` by its short name.
public typealias MapsMessage = Maps.MapsMessage
