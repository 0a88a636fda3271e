
nonisolated extension Tuples {
    public nonisolated struct TuplesMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `pair`, required; at least 2 items.
        public var pair: Pair
        /// JSON: `open`, optional.
        public var open: Open?

        public init(pair: Pair, open: Open? = nil) {
            self.pair = pair
            self.open = open
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case tuplesMessage = "TuplesMessage"
        }

        public nonisolated struct Pair: Sendable, Hashable, JSONCodable {
            /// The element at position 0.
            public var first: String
            /// The element at position 1.
            public var second: Int

            public init(first: String, second: Int) {
                self.first = first
                self.second = second
            }
        }

        public nonisolated struct Open: Sendable, Hashable, JSONCodable {
            /// The element at position 0.
            public var first: String?
            /// The element at position 1.
            public var second: Nullable<Int>
            /// All further elements.
            public var rest: [Bool]

            public init(first: String? = nil, second: Nullable<Int> = .absent, rest: [Bool] = []) {
                self.first = first
                self.second = second
                self.rest = rest
            }
        }
    }
}

/// `Tuples.TuplesMessage` by its short name.
public typealias TuplesMessage = Tuples.TuplesMessage
