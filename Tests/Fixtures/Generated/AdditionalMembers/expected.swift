
nonisolated extension AdditionalMembers {
    public nonisolated struct AdditionalMembersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `total`, required.
        public var total: Int
        /// The members that the schema does not name.
        public var additionalMembers: [String: Int]

        public init(total: Int, additionalMembers: [String: Int] = [:]) {
            self.total = total
            self.additionalMembers = additionalMembers
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case additionalMembersMessage = "AdditionalMembersMessage"
        }
    }
}

/// `AdditionalMembers.AdditionalMembersMessage` by its short name.
public typealias AdditionalMembersMessage = AdditionalMembers.AdditionalMembersMessage
