
nonisolated extension Words {
    public nonisolated struct WordsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `class`, optional.
        public var `class`: String?
        /// JSON: `self`, optional.
        public var selfValue: String?
        /// JSON: `init`, optional.
        public var initValue: String?
        /// JSON: `Type`, optional.
        public var type: TypeValue?
        /// JSON: `value`, optional.
        public var value: Value?
        /// JSON: `writer`, optional.
        public var writer: String?

        public init(
            class: String? = nil,
            selfValue: String? = nil,
            initValue: String? = nil,
            type: TypeValue? = nil,
            value: Value? = nil,
            writer: String? = nil
        ) {
            self.class = `class`
            self.selfValue = selfValue
            self.initValue = initValue
            self.type = type
            self.value = value
            self.writer = writer
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case wordsMessage = "WordsMessage"
        }

        public nonisolated struct TypeValue: Sendable, Hashable, JSONCodable {
            /// JSON: `in`, optional.
            public var `in`: Int?

            public init(in: Int? = nil) {
                self.in = `in`
            }
        }

        public nonisolated struct Value: Sendable, Hashable, JSONCodable {
            /// JSON: `node`, optional.
            public var node: Int?
            /// JSON: `tape`, optional.
            public var tape: Int?
            /// JSON: `key`, optional.
            public var key: Nullable<String>
            /// JSON: `end`, optional.
            public var end: String?

            public init(node: Int? = nil, tape: Int? = nil, key: Nullable<String> = .absent, end: String? = nil) {
                self.node = node
                self.tape = tape
                self.key = key
                self.end = end
            }
        }
    }
}

/// `Words.WordsMessage` by its short name.
public typealias WordsMessage = Words.WordsMessage
