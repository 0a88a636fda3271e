
nonisolated extension ReferenceSiblings {
    public nonisolated struct ReferenceSiblingsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `home`, optional.
        public var home: Home?

        public init(home: Home? = nil) {
            self.home = home
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case referenceSiblingsMessage = "ReferenceSiblingsMessage"
        }

        public nonisolated struct Home: Sendable, Hashable, JSONCodable {
            /// JSON: `street`, required.
            public var street: String
            /// JSON: `zip`, required.
            public var zip: String

            public init(street: String, zip: String) {
                self.street = street
                self.zip = zip
            }
        }
    }
}

/// `ReferenceSiblings.ReferenceSiblingsMessage` by its short name.
public typealias ReferenceSiblingsMessage = ReferenceSiblings.ReferenceSiblingsMessage
