
nonisolated extension Signs {
    public nonisolated struct SignsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `reactions`, optional.
        public var reactions: Reactions?
        /// JSON: `quote`, optional.
        public var quote: Quote?

        public init(reactions: Reactions? = nil, quote: Quote? = nil) {
            self.reactions = reactions
            self.quote = quote
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case signsMessage = "SignsMessage"
        }

        public nonisolated struct Reactions: Sendable, Hashable, JSONCodable {
            /// JSON: `+1`, optional.
            public var plus1: Int?
            /// JSON: `-1`, optional.
            public var minus1: Int?
            /// JSON: `1`, optional.
            public var _1: Int?

            public init(plus1: Int? = nil, minus1: Int? = nil, _1: Int? = nil) {
                self.plus1 = plus1
                self.minus1 = minus1
                self._1 = _1
            }
        }

        public nonisolated enum Quote: String, Sendable, Hashable, Codable, CaseIterable {
            case apostrophe = "'"
            case quotationMark = "\""
            case plusSign = "+"
            case thumbsUpSign = "👍"
            case empty = ""
        }
    }
}

/// `Signs.SignsMessage` by its short name.
public typealias SignsMessage = Signs.SignsMessage
