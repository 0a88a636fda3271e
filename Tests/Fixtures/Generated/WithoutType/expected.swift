
nonisolated extension WithoutType {
    public nonisolated struct WithoutTypeMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `inner`, optional.
        public var inner: Inner?
        /// JSON: `any`, optional.
        public var `any`: JSONValue?
        /// JSON: `rows`, optional.
        public var rows: [[Double]]?

        public init(inner: Inner? = nil, any: JSONValue? = nil, rows: [[Double]]? = nil) {
            self.inner = inner
            self.any = `any`
            self.rows = rows
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case withoutTypeMessage = "WithoutTypeMessage"
        }

        public nonisolated struct Inner: Sendable, Hashable, JSONCodable {
            /// JSON: `a`, optional.
            public var a: String?

            public init(a: String? = nil) {
                self.a = a
            }
        }
    }
}

/// `WithoutType.WithoutTypeMessage` by its short name.
public typealias WithoutTypeMessage = WithoutType.WithoutTypeMessage
