
nonisolated extension UnknownMembers {
    public nonisolated struct UnknownMembersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `id`, required.
        public var id: String
        /// JSON: `inner`, optional.
        public var inner: Inner?
        /// JSON: `closed`, optional.
        public var closed: Closed?
        /// JSON: `mode`, optional; default 'a'.
        public var mode: String?
        /// The members that the schema does not name.
        public var additionalMembers: JSONObject

        public init(
            id: String,
            inner: Inner? = nil,
            closed: Closed? = nil,
            mode: String? = nil,
            additionalMembers: JSONObject = [:]
        ) {
            self.id = id
            self.inner = inner
            self.closed = closed
            self.mode = mode
            self.additionalMembers = additionalMembers
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unknownMembersMessage = "UnknownMembersMessage"
        }

        public nonisolated struct Inner: Sendable, Hashable, JSONCodable {
            /// JSON: `x`, optional.
            public var x: Int?
            /// The members that the schema does not name.
            public var additionalMembers: JSONObject

            public init(x: Int? = nil, additionalMembers: JSONObject = [:]) {
                self.x = x
                self.additionalMembers = additionalMembers
            }
        }

        public nonisolated struct Closed: Sendable, Hashable, JSONCodable {
            /// JSON: `z`, optional.
            public var z: Int?

            public init(z: Int? = nil) {
                self.z = z
            }
        }
    }
}

/// `UnknownMembers.UnknownMembersMessage` by its short name.
public typealias UnknownMembersMessage = UnknownMembers.UnknownMembersMessage
