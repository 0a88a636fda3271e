/// A cluster as a plan compares it with a contract.
struct ClusterState: Hashable, Sendable {
    /// A topic's config on its broker.
    struct Config: Hashable, Sendable {
        /// `nil` if the broker does not report it, because it is sensitive.
        var value: String?
        /// Whether it is set for this topic, and not by the brokers' configuration or Kafka's default.
        var isDynamic: Bool
        var isReadOnly: Bool
    }

    struct TopicState: Hashable, Sendable {
        var partitions: Int
        /// The fewest replicas that a partition has.
        var replication: Int
        var configs: [String: Config]
    }

    var brokers: Int
    var topics: [String: TopicState]
    /// Topics that the cluster does not describe, with its reason.
    var failures: [String: KafkaError] = [:]
}

/// A topic as the contract wants it in one cluster.
struct DesiredTopic: Hashable, Sendable {
    /// The contract's key: `jobs`.
    var key: String
    /// The name on the brokers: `tda_jobs`.
    var name: String
    var partitions: Int
    var replication: Int
    var config: [String: String]
    /// The contract's demands that this cluster's replication changes, in words.
    var notes: [String] = []
}
