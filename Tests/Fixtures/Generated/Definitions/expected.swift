
nonisolated extension Definitions {
    public nonisolated struct DefinitionsMessage: Sendable, Hashable, JSONCodable {
        /// An amount in a currency.
        ///
        /// JSON: `a`, optional.
        public var a: Money?
        /// JSON: `b`, optional.
        public var b: [Money]?

        public init(a: Money? = nil, b: [Money]? = nil) {
            self.a = a
            self.b = b
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case definitionsMessage = "DefinitionsMessage"
        }

        public nonisolated enum Currency: String, Sendable, Hashable, Codable, CaseIterable {
            case usd = "USD"
            case eur = "EUR"
        }

        /// An amount in a currency.
        public nonisolated struct Money: Sendable, Hashable, JSONCodable {
            /// JSON: `amount`, required.
            public var amount: Double
            /// JSON: `currency`, required.
            public var currency: DefinitionsMessage.Currency

            public init(amount: Double, currency: DefinitionsMessage.Currency) {
                self.amount = amount
                self.currency = currency
            }
        }
    }
}

/// `Definitions.DefinitionsMessage` by its short name.
public typealias DefinitionsMessage = Definitions.DefinitionsMessage
