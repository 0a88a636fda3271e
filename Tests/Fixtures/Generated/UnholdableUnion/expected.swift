
nonisolated extension UnholdableUnion {
    public nonisolated struct UnholdableUnionMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `v`, optional.
        public var v: JSONValue?

        public init(v: JSONValue? = nil) {
            self.v = v
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unholdableUnionMessage = "UnholdableUnionMessage"
        }
    }
}

/// `UnholdableUnion.UnholdableUnionMessage` by its short name.
public typealias UnholdableUnionMessage = UnholdableUnion.UnholdableUnionMessage
