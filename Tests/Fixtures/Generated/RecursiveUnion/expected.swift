
nonisolated extension RecursiveUnion {
    public nonisolated struct RecursiveUnionMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `sum`, required.
        public var sum: Expression

        public init(sum: Expression) {
            self.sum = sum
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case recursiveUnionMessage = "RecursiveUnionMessage"
        }

        public nonisolated indirect enum Expression: Sendable, Hashable, JSONCodable {
            case number(Double)
            case plus(Plus)
            case minus(Minus)

            public nonisolated struct Plus: Sendable, Hashable, JSONCodable {
                /// JSON: `plus`, required.
                public var plus: [RecursiveUnionMessage.Expression]

                public init(plus: [RecursiveUnionMessage.Expression]) {
                    self.plus = plus
                }
            }

            public nonisolated struct Minus: Sendable, Hashable, JSONCodable {
                /// JSON: `minus`, required.
                public var minus: RecursiveUnionMessage.Expression

                public init(minus: RecursiveUnionMessage.Expression) {
                    self.minus = minus
                }
            }
        }
    }
}

/// `RecursiveUnion.RecursiveUnionMessage` by its short name.
public typealias RecursiveUnionMessage = RecursiveUnion.RecursiveUnionMessage
