
nonisolated extension NullableMembers {
    public nonisolated struct NullableMembersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `must`, required.
        public var must: String?
        /// JSON: `may`, optional.
        public var may: Nullable<Int>
        /// JSON: `when`, optional.
        public var when: Nullable<Timestamp>
        /// JSON: `with_default`, optional; default 'x'.
        public var withDefault: String?

        public init(
            must: String?,
            may: Nullable<Int> = .absent,
            when: Nullable<Timestamp> = .absent,
            withDefault: String? = "x"
        ) {
            self.must = must
            self.may = may
            self.when = when
            self.withDefault = withDefault
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case nullableMembersMessage = "NullableMembersMessage"
        }
    }
}

/// `NullableMembers.NullableMembersMessage` by its short name.
public typealias NullableMembersMessage = NullableMembers.NullableMembersMessage
