
nonisolated extension SharedFiles {
    /// A postal address.
    public nonisolated struct Address: Sendable, Hashable, JSONCodable {
        /// JSON: `street`, required.
        public var street: String
        /// JSON: `country`, optional.
        public var country: SharedFiles.Country?

        public init(street: String, country: SharedFiles.Country? = nil) {
            self.street = street
            self.country = country
        }
    }

    public nonisolated struct Country: Sendable, Hashable, JSONCodable {
        /// JSON: `code`, optional.
        public var code: String?

        public init(code: String? = nil) {
            self.code = code
        }
    }
}


nonisolated extension SharedFiles {
    public nonisolated struct SharedFilesMessage: Sendable, Hashable, JSONCodable {
        /// A postal address.
        ///
        /// JSON: `ship_to`, required.
        public var shipTo: SharedFiles.Address
        /// JSON: `bill_to`, optional.
        public var billTo: Nullable<SharedFiles.Address>

        public init(shipTo: SharedFiles.Address, billTo: Nullable<SharedFiles.Address> = .absent) {
            self.shipTo = shipTo
            self.billTo = billTo
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case sharedFilesMessage = "SharedFilesMessage"
        }
    }
}

/// `SharedFiles.SharedFilesMessage` by its short name.
public typealias SharedFilesMessage = SharedFiles.SharedFilesMessage
