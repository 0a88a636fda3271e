
nonisolated extension Acronyms {
    public nonisolated struct AcronymsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `isp_name`, optional.
        public var ispName: String?
        /// JSON: `price_usd`, optional.
        public var priceUSD: Double?
        /// JSON: `lb_url`, optional.
        public var lbURL: String?
        /// JSON: `user_ids`, optional.
        public var userIDs: [String]?

        public init(ispName: String? = nil, priceUSD: Double? = nil, lbURL: String? = nil, userIDs: [String]? = nil) {
            self.ispName = ispName
            self.priceUSD = priceUSD
            self.lbURL = lbURL
            self.userIDs = userIDs
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case acronymsMessage = "AcronymsMessage"
        }
    }
}

/// `Acronyms.AcronymsMessage` by its short name.
public typealias AcronymsMessage = Acronyms.AcronymsMessage
