
nonisolated extension UnionByConstant {
    public nonisolated struct UnionByConstantMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `pay`, required.
        public var pay: Pay

        public init(pay: Pay) {
            self.pay = pay
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unionByConstantMessage = "UnionByConstantMessage"
        }

        public nonisolated enum Pay: Sendable, Hashable, JSONCodable {
            case card(Card)
            case cashOrCoins(CashOrCoins)

            public nonisolated struct Card: Sendable, Hashable, JSONCodable {
                /// JSON: `kind`, required.
                public var kind: Kind
                /// JSON: `number`, required.
                public var number: String

                public init(kind: Kind = .card, number: String) {
                    self.kind = kind
                    self.number = number
                }

                public nonisolated enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
                    case card
                }
            }

            public nonisolated struct CashOrCoins: Sendable, Hashable, JSONCodable {
                /// JSON: `kind`, required.
                public var kind: Kind

                public init(kind: Kind) {
                    self.kind = kind
                }

                public nonisolated enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
                    case cash
                    case coins
                }
            }
        }
    }
}

/// `UnionByConstant.UnionByConstantMessage` by its short name.
public typealias UnionByConstantMessage = UnionByConstant.UnionByConstantMessage
