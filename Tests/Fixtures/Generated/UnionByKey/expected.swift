
nonisolated extension UnionByKey {
    public nonisolated struct UnionByKeyMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `contact`, optional.
        public var contact: Contact?

        public init(contact: Contact? = nil) {
            self.contact = contact
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case unionByKeyMessage = "UnionByKeyMessage"
        }

        public nonisolated enum Contact: Sendable, Hashable, JSONCodable {
            case mail(Mail)
            case phone(Phone)

            public nonisolated struct Mail: Sendable, Hashable, JSONCodable {
                /// JSON: `mail`, required.
                public var mail: String

                public init(mail: String) {
                    self.mail = mail
                }
            }

            public nonisolated struct Phone: Sendable, Hashable, JSONCodable {
                /// JSON: `phone`, required.
                public var phone: String

                public init(phone: String) {
                    self.phone = phone
                }
            }
        }
    }
}

/// `UnionByKey.UnionByKeyMessage` by its short name.
public typealias UnionByKeyMessage = UnionByKey.UnionByKeyMessage
