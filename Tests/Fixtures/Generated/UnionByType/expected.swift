
nonisolated extension UnionByType {
    public nonisolated struct UnionByTypeMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `value`, optional.
        public var value: Nullable<Value>

        public init(value: Nullable<Value> = .absent) {
            self.value = value
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unionByTypeMessage = "UnionByTypeMessage"
        }

        public nonisolated enum Value: Sendable, Hashable, JSONCodable {
            case string(String)
            case integer(Int)
            case list([String])
            case object(Object)
            case boolean(Bool)

            public nonisolated struct Object: Sendable, Hashable, JSONCodable {
                /// JSON: `x`, optional.
                public var x: Bool?

                public init(x: Bool? = nil) {
                    self.x = x
                }
            }
        }
    }
}

/// `UnionByType.UnionByTypeMessage` by its short name.
public typealias UnionByTypeMessage = UnionByType.UnionByTypeMessage
