/// A Kafka topic as the contract declares it.
public struct Topic: Hashable, Sendable {
    /// The key in the manifest: `jobs`.
    public let key: String
    /// The prefix of its name, unless the environment overrides it: `tda_`.
    public let prefix: String
    /// The purpose in one sentence.
    public let purpose: String
    /// The number of partitions at creation.
    public let partitions: Int
    /// The number of brokers that store each partition.
    public let replication: Int
    /// The config that the topic is created with, by Kafka's keys: `retention.ms`.
    public let config: [String: String]
    /// The services that write to it.
    public let producers: [String]
    /// The services that read from it.
    public let consumers: [String]

    /// Creates a topic; generated code has one for each topic of the contract.
    public init(
        key: String, prefix: String, purpose: String, partitions: Int, replication: Int, config: [String: String],
        producers: [String], consumers: [String]
    ) {
        self.key = key
        self.prefix = prefix
        self.purpose = purpose
        self.partitions = partitions
        self.replication = replication
        self.config = config
        self.producers = producers
        self.consumers = consumers
    }

    /// The topic's name unless the environment replaces it: `tda_jobs`. ``TopicNames`` has the effective one.
    public var name: String { prefix + key }
}
