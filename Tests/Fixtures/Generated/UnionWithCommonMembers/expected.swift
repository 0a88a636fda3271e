
nonisolated extension UnionWithCommonMembers {
    public nonisolated struct UnionWithCommonMembersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `id`, required.
        public var id: String
        /// JSON: `shape`, optional.
        public var shape: Shape?

        public init(id: String, shape: Shape? = nil) {
            self.id = id
            self.shape = shape
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unionWithCommonMembersMessage = "UnionWithCommonMembersMessage"
        }

        public nonisolated enum Shape: Sendable, Hashable, JSONCodable {
            case circle(Circle)
            case square(Square)

            public nonisolated struct Circle: Sendable, Hashable, JSONCodable {
                /// JSON: `name`, required.
                public var name: String
                /// JSON: `kind`, required.
                public var kind: Kind
                /// JSON: `radius`, optional.
                public var radius: Double?

                public init(name: String, kind: Kind = .circle, radius: Double? = nil) {
                    self.name = name
                    self.kind = kind
                    self.radius = radius
                }

                public nonisolated enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
                    case circle
                }
            }

            public nonisolated struct Square: Sendable, Hashable, JSONCodable {
                /// JSON: `name`, required.
                public var name: String
                /// JSON: `kind`, required.
                public var kind: Kind
                /// JSON: `side`, optional.
                public var side: Int?

                public init(name: String, kind: Kind = .square, side: Int? = nil) {
                    self.name = name
                    self.kind = kind
                    self.side = side
                }

                public nonisolated enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
                    case square
                }
            }
        }
    }
}

/// `UnionWithCommonMembers.UnionWithCommonMembersMessage` by its short name.
public typealias UnionWithCommonMembersMessage = UnionWithCommonMembers.UnionWithCommonMembersMessage
