/// The producer settings of a Kafka client. Each property names its environment variable and its default.
public struct KafkaProducerSettings: Hashable, Sendable {
    /// `KAFKA_ACKS`: the brokers that must have a record before it counts as delivered.
    public enum Acknowledgements: String, Hashable, Sendable, CaseIterable {
        /// All in-sync replicas; written `all` or `-1`.
        case all
        /// The partition's leader; written `1`.
        case leader = "1"
        /// None: a record counts as delivered once it is sent; written `0`.
        case none = "0"

        /// The words of the environment variable. The first word of each case is the one that is written.
        package static let words: [(word: String, value: Acknowledgements)] = [
            ("all", .all), ("-1", .all), ("1", .leader), ("0", .none),
        ]
    }

    /// `KAFKA_COMPRESSION_TYPE`.
    public enum Compression: String, Hashable, Sendable, CaseIterable {
        case none, gzip, snappy, lz4, zstd
    }

    /// `KAFKA_CLIENT_ID`: the service's name and `-producer`, unless set.
    public var clientID: String
    /// `KAFKA_ACKS`: all.
    public var acknowledgements = Acknowledgements.all
    /// `KAFKA_RETRIES`: 2147483647, which leaves the end to the delivery timeout.
    public var retries = Int(Int32.max)
    /// `KAFKA_RETRY_BACKOFF_MS`: 100 ms.
    public var retryBackoff = Duration.milliseconds(100)
    /// `KAFKA_REQUEST_TIMEOUT_MS`: 30 s for a broker's answer to one request.
    public var requestTimeout = Duration.seconds(30)
    /// `KAFKA_DELIVERY_TIMEOUT_MS`: 120 s from send to delivery, retries and all.
    public var deliveryTimeout = Duration.seconds(120)
    /// `KAFKA_BATCH_SIZE`: 65536 bytes.
    public var batchSize = 65_536
    /// `KAFKA_LINGER_MS`: up to 10 ms of waiting for a batch to fill.
    public var linger = Duration.milliseconds(10)
    /// `KAFKA_BUFFER_MEMORY`: 33554432 bytes of records that wait to be sent.
    public var bufferMemory = 33_554_432
    /// `KAFKA_MAX_REQUEST_SIZE`: 1048576 bytes.
    public var maximumRequestSize = 1_048_576
    /// `KAFKA_COMPRESSION_TYPE`: lz4.
    public var compression = Compression.lz4
    /// `KAFKA_ENABLE_IDEMPOTENCE`: whether brokers drop the duplicates that retries cause, and keep the order. True.
    ///
    /// This is exactly-once for one partition and one lifetime of a producer, no further.
    public var enablesIdempotence = true
    /// `KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION`: 5.
    ///
    /// With idempotence, Kafka keeps the order with up to 5.
    public var maximumInFlightRequests = 5

    /// Creates the default settings for a client of this id.
    public init(clientID: String) {
        self.clientID = clientID
    }

    /// Creates the default settings for a client of a service: its id is the service's name and `-producer`.
    public init(service: String) {
        self.init(clientID: service + "-producer")
    }
}
