
nonisolated extension BigIntegers {
    public nonisolated struct BigIntegersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `id`, required; at least 0, at most 18446744073709551615.
        public var id: UInt64
        /// JSON: `count`, required.
        public var count: Int
        /// JSON: `sum`, required; at least -1e+20.
        public var sum: JSONNumber

        public init(id: UInt64, count: Int, sum: JSONNumber) {
            self.id = id
            self.count = count
            self.sum = sum
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case bigIntegersMessage = "BigIntegersMessage"
        }
    }
}

/// `BigIntegers.BigIntegersMessage` by its short name.
public typealias BigIntegersMessage = BigIntegers.BigIntegersMessage
