/// Where Kafka and the schema registry are, what topics are called, and how to send. The library
/// `EventContractsConfiguration` reads it from the environment and a `.env` file.
///
/// The variables have the reference document's names: `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_TOPIC_PREFIX`, a
/// `KAFKA_<KEY>_TOPIC` for each topic of the contract (`KAFKA_JOBS_TOPIC`), `SCHEMA_REGISTRY_URL`,
/// `KAFKA_SECURITY_PROTOCOL`, `KAFKA_SASL_MECHANISM`, `KAFKA_SASL_USERNAME`, `KAFKA_SASL_PASSWORD`, `KAFKA_SSL_CAFILE`,
/// `KAFKA_SSL_CERTFILE`, `KAFKA_SSL_KEYFILE`, and those that ``KafkaProducerSettings`` names.
///
/// The reference has two defaults for the brokers; the one that stands beside the variable, `localhost:9092`, is taken.
public struct KafkaConfiguration: Hashable, Sendable {
    /// Brokers to ask first, as `host:port`.
    public var bootstrapServers = ["localhost:9092"]
    /// What topics are called on the brokers.
    public var topicNames = TopicNames()
    /// Where the schema registry is. Has no user name and no password in it.
    public var schemaRegistryURL = "http://localhost:8081"
    /// How a client shows who it is, and whom it trusts.
    public var security = KafkaSecurity()
    /// How a client sends.
    public var producer: KafkaProducerSettings

    /// The defaults.
    ///
    /// - Parameter service: The service's name, for the client's id.
    public init(service: String) {
        producer = KafkaProducerSettings(clientID: service + "-producer")
    }
}
