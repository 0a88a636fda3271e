/// The difference between a contract's topics and a cluster.
public struct TopicPlan: Hashable, Sendable {
    /// A change, and what it needs.
    public struct Step: Hashable, Sendable {
        public var change: TopicChange
        public var requirement: TopicChange.Requirement

        /// Returns the reason why a change is not applied with a consent; `nil` where it is.
        func refusal(_ consent: TopicConsent) -> String? {
            switch requirement {
            case .none: nil
            case .growPartitions: consent.growsPartitions ? nil : "needs --grow-partitions"
            case .dataLoss: consent.allowsDataLoss ? nil : "needs --allow-data-loss"
            case .impossible(let reason): reason
            }
        }
    }

    /// A config that needs no change.
    public enum Agreement: String, Hashable, Sendable {
        /// The topic has the contract's value.
        case same
        /// The brokers' default is the contract's value.
        case brokerDefault = "broker_default"
        /// The topic has a value of its own, and the contract does not name the config.
        case notInContract = "not_in_contract"
    }

    /// The plan for one topic.
    public struct Entry: Hashable, Sendable {
        /// The contract's key: `jobs`.
        public var key: String
        /// The name on the brokers: `tda_jobs`.
        public var name: String
        /// The changes, in the order in which they are applied.
        public var steps: [Step]
        /// The configs that stay as they are.
        public var agreements: [String: Agreement]
        /// The configs that a change of another config writes again, because the library can't alter single ones.
        public var rewrittenConfigs: [String]
        /// Remarks for a person.
        public var notes: [String]

        /// Whether the topic conforms to the contract.
        public var isUpToDate: Bool { steps.isEmpty }

        /// Whether the cluster does not have the topic.
        public var isMissing: Bool {
            steps.contains { if case .create = $0.change { true } else { false } }
        }
    }

    /// One entry for each topic, in the contract's order.
    public var entries: [Entry]

    /// Whether a topic is missing, or differs from the contract.
    public var hasDrift: Bool { entries.contains { !$0.isUpToDate } }
}
