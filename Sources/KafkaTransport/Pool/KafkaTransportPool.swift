public import EventContracts
public import Logging

/// A pool of Kafka clients, which producers with equal settings share.
///
/// ```swift
/// let pool = KafkaTransportPool(maximumClients: 4)
/// let orders = Producer(transport: try pool.transport(configuration), contracts: [Shop.self], context: context)
/// let payments = Producer(transport: try pool.transport(configuration), contracts: [Payments.self], context: context)
/// ```
///
/// - A client is created when the first producer with its settings starts. Settings are equal where all properties of
///   librdkafka are; a client with a `KafkaClientOptions.tokenProvider` is never shared.
/// - A client stays open after its last producer has shut down, for the next one. Where a further client would exceed the
///   limit, the idle client that was used least recently is closed: after its records have their outcomes, and never while a
///   producer uses it. Where no client is idle, the start of the producer fails.
/// - Producers of a client share its connections, its queue and its memory, and nothing else: each has its own outcomes. The
///   records that a producer gives up in its shutdown are reported as unknown: the client still sends them.
public final class KafkaTransportPool: Sendable {
    private let clients: PooledClients
    private let startTimeout: Duration
    private let logger: Logger

    /// Creates a pool without clients.
    ///
    /// - Parameters:
    ///   - maximumClients: The most clients at a time, at least 1.
    ///   - startTimeout: The time in which a client must reach a broker.
    ///   - logger: The receiver of librdkafka's log and of failures that belong to no record.
    public init(
        maximumClients: Int = 10, startTimeout: Duration = .seconds(30), logger: Logger = Logger(label: "kafka")
    ) {
        clients = PooledClients(maximum: max(maximumClients, 1))
        self.startTimeout = startTimeout
        self.logger = logger
    }

    /// Creates a transport for one producer, which shares its client with other transports of the pool.
    ///
    /// - Parameters:
    ///   - configuration: The cluster, its security, and the settings of the producer.
    ///   - options: Further properties of librdkafka.
    /// - Throws: All that is wrong with the configuration.
    public func transport(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions()
    ) throws(ConfigurationError) -> some Transport {
        let properties = try ClientProperties(producingTo: configuration, options: options)
        try properties.validate()
        return PooledTransport(clients: clients, identity: properties.identity) { [startTimeout, logger] in
            KafkaTransport(
                properties, metrics: nil, startTimeout: startTimeout, clock: ContinuousClock(), logger: logger)
        }
    }

    /// The number of open clients.
    public var count: Int {
        get async { await clients.count }
    }

    /// Closes all idle clients, and the others when their last producer has shut down. No further producer starts.
    public func shutdown() async {
        await clients.shutdown()
    }
}
