public import KafkaSettings

/// The addresses of Kafka and of the schema registry, the names of topics, and the settings of clients.
///
/// The library `EventContractsConfiguration` reads it from environment variables and a `.env` file:
/// `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_TOPIC_PREFIX`, a `KAFKA_<KEY>_TOPIC` for each topic of the contract
/// (`KAFKA_JOBS_TOPIC`), and so on. `event-contracts environment CONTRACT` lists all of them.
public struct KafkaConfiguration: Hashable, Sendable {
    /// Brokers to connect to first, as `host:port`.
    public var bootstrapServers = [KafkaAddresses.broker]
    /// The names of topics on the brokers.
    public var topicNames = TopicNames()
    /// The addresses of the schema registry and its credentials.
    public var schemaRegistry = SchemaRegistrySettings()
    /// The encryption and authentication of connections.
    public var security = KafkaSecurity()
    /// The settings of producers.
    public var producer: KafkaProducerSettings

    /// Creates the default configuration.
    ///
    /// - Parameter service: The service's name, for the client's id.
    public init(service: String) {
        producer = KafkaProducerSettings(service: service)
    }
}
