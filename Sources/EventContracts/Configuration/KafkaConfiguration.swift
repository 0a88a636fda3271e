/// How to reach Kafka and how to send to it, from the environment.
///
/// | variable | meaning | default |
/// | --- | --- | --- |
/// | `KAFKA_BOOTSTRAP_SERVERS` | the brokers asked first, with commas between them | `localhost:9092` |
/// | `KAFKA_CLIENT_ID` | the name that brokers log | the service's name |
/// | `KAFKA_TOPIC_PREFIX` | what topics' names start with | the contract's |
/// | `KAFKA_JOBS_TOPIC` and so on | one topic's whole name, for each topic of the contract | |
/// | `SCHEMA_REGISTRY_URL` | the schema registry | `http://localhost:8081` |
/// | `KAFKA_SECURITY_PROTOCOL` | `PLAINTEXT`, `SSL`, `SASL_PLAINTEXT`, `SASL_SSL` | `PLAINTEXT` |
/// | `KAFKA_SASL_MECHANISM` | `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512`, `OAUTHBEARER`, `GSSAPI` | `PLAIN` |
/// | `KAFKA_SASL_USERNAME`, `KAFKA_SASL_PASSWORD` | the credentials; the password is a secret | |
/// | `KAFKA_SSL_CAFILE`, `KAFKA_SSL_CERTFILE`, `KAFKA_SSL_KEYFILE` | paths of PEM files | |
/// | `KAFKA_ACKS` | `all`, `1` or `0` | `all` |
/// | `KAFKA_RETRIES` | tries after the first | 2147483647 |
/// | `KAFKA_RETRY_BACKOFF_MS`, `KAFKA_REQUEST_TIMEOUT_MS`, `KAFKA_DELIVERY_TIMEOUT_MS` | milliseconds | 100, 30000, 120000 |
/// | `KAFKA_BATCH_SIZE`, `KAFKA_LINGER_MS`, `KAFKA_BUFFER_MEMORY`, `KAFKA_MAX_REQUEST_SIZE` | batching | 65536, 10, 33554432, 1048576 |
/// | `KAFKA_COMPRESSION_TYPE` | `none`, `gzip`, `snappy`, `lz4`, `zstd` | `lz4` |
/// | `KAFKA_ENABLE_IDEMPOTENCE` | `true` or `false` | `true` |
/// | `KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION` | requests under way at once | 5 |
///
/// The names are the reference architecture's. It has 1 request in flight in one place and 5 in another: with
/// idempotence, Kafka keeps the order with up to 5, so 5 it is.
public struct KafkaConfiguration: Hashable, Sendable {
    public enum SecurityProtocol: String, CaseIterable, Sendable {
        case plaintext = "PLAINTEXT"
        case ssl = "SSL"
        case saslPlaintext = "SASL_PLAINTEXT"
        case saslSSL = "SASL_SSL"

        public var usesSASL: Bool { self == .saslPlaintext || self == .saslSSL }
    }

    public enum SASLMechanism: String, CaseIterable, Sendable {
        case plain = "PLAIN"
        case scramSHA256 = "SCRAM-SHA-256"
        case scramSHA512 = "SCRAM-SHA-512"
        case oauthBearer = "OAUTHBEARER"
        case gssapi = "GSSAPI"

        public var usesPassword: Bool { self == .plain || self == .scramSHA256 || self == .scramSHA512 }
    }

    public enum Acknowledgements: String, CaseIterable, Sendable {
        case all, leader = "1", none = "0"
    }

    public enum Compression: String, CaseIterable, Sendable {
        case none, gzip, snappy, lz4, zstd
    }

    public var bootstrapServers = ["localhost:9092"]
    public var clientID: String?
    public var topicNames = TopicNames()
    public var schemaRegistryURL = "http://localhost:8081"

    public var securityProtocol = SecurityProtocol.plaintext
    public var saslMechanism = SASLMechanism.plain
    public var saslUsername: String?
    public var saslPassword: Secret?
    public var sslCAFile: String?
    public var sslCertificateFile: String?
    public var sslKeyFile: String?

    public var acknowledgements = Acknowledgements.all
    public var retries = Int(Int32.max)
    public var retryBackoff = Duration.milliseconds(100)
    public var requestTimeout = Duration.seconds(30)
    public var deliveryTimeout = Duration.seconds(120)
    /// Bytes.
    public var batchSize = 65_536
    public var linger = Duration.milliseconds(10)
    /// Bytes.
    public var bufferMemory = 33_554_432
    /// Bytes.
    public var maximumRequestSize = 1_048_576
    public var compression = Compression.lz4
    public var isIdempotent = true
    public var maximumInFlightRequests = 5

    public init() {}

    /// The part that a ``Producer`` goes by, whatever the transport.
    public var producer: ProducerConfiguration {
        ProducerConfiguration(
            deliveryTimeout: deliveryTimeout, retries: retries, retryBackoff: retryBackoff,
            maximumValueSize: maximumRequestSize)
    }
}
