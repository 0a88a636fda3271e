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
