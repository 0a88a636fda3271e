
nonisolated extension ExactNumbers {
    public nonisolated struct ExactNumbersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `price`, required.
        public var price: JSONNumber
        /// JSON: `rate`, optional.
        public var rate: Double?

        public init(price: JSONNumber, rate: Double? = nil) {
            self.price = price
            self.rate = rate
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case exactNumbersMessage = "ExactNumbersMessage"
        }
    }
}

/// `ExactNumbers.ExactNumbersMessage` by its short name.
public typealias ExactNumbersMessage = ExactNumbers.ExactNumbersMessage
