public import EventContracts
public import Logging
import Locks

/// A transport that sends records to Kafka through the system's librdkafka.
///
/// ```swift
/// let configuration = try KafkaConfiguration(service: "shop", topics: Shop.topics)
/// let transport = try KafkaTransport(configuration)
/// let producer = Producer(transport: transport, contracts: [Shop.self], context: MessageContext(service: "shop"), topicNames: configuration.topicNames)
/// ```
///
/// - **Order and retries** are librdkafka's: with idempotence, which is the default, records of a partition keep their order
///   and are written once, however often they are sent again.
/// - **Outcomes.** A record is delivered when the brokers that `KafkaProducerSettings.acknowledgements` names have it. It has
///   failed when it is certain not to be in its topic; `DeliveryOutcome.unknown` is everything else. Each error has a
///   description and advice, as the page "Kafka's errors" in the documentation of `EventContracts` lists them.
/// - **Memory.** Values are not copied. The queue is bounded by `KafkaProducerSettings.bufferMemory`; a full one accepts no
///   more records until there is room.
/// - **Topics** are not created by a record, whatever the brokers' `auto.create.topics.enable`: a topic that the brokers create
///   has their number of partitions and configs, not the contract's. Create topics by `event-contracts-deploy topics apply` or
///   ``TopicAdmin/ensureTopics(_:replication:)``.
/// - **Fatal errors**, such as a lost guarantee of order, end librdkafka's producer. The transport then fails the records
///   in flight, reports them, and continues with a new producer.
public final class KafkaTransport: Transport {
    /// librdkafka retries by itself.
    public var failuresAreFinal: Bool { true }

    private enum Phase {
        case idle
        case starting
        case running(KafkaSession)
        /// After a fatal error; the old producer's records get their outcomes.
        case replacing(KafkaError)
        case stopped
    }

    private let properties: ClientProperties
    private let startTimeout: Duration
    private let metrics: KafkaMetrics?
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let phase = Lock(Phase.idle)
    private let pauses = Lock(ReplacementPauses())

    /// Creates a transport. Nothing connects before ``start(_:)``.
    ///
    /// - Parameters:
    ///   - configuration: The cluster, its security, and the settings of the producer.
    ///   - options: Further properties of librdkafka.
    ///   - metrics: Metrics of the client: its queue, and its connections to brokers.
    ///   - startTimeout: The time in which ``start(_:)`` must reach a broker.
    ///   - clock: The clock for the pauses between attempts to replace a producer, and for the intervals in which identical log
    ///     lines are summed up. Tests use their own.
    ///   - logger: The receiver of librdkafka's log and of failures that belong to no record.
    /// - Throws: All that is wrong with the configuration.
    public convenience init(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions(),
        metrics: KafkaMetrics? = nil, startTimeout: Duration = .seconds(30),
        clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "kafka")
    ) throws(ConfigurationError) {
        let properties = try ClientProperties(producingTo: configuration, options: options)
        try properties.validate()
        self.init(properties, metrics: metrics, startTimeout: startTimeout, clock: clock, logger: logger)
    }

    /// - Parameter properties: Properties that the library accepts.
    init(
        _ properties: ClientProperties, metrics: KafkaMetrics?, startTimeout: Duration, clock: any Clock<Duration>,
        logger: Logger
    ) {
        self.properties = properties
        self.metrics = metrics
        self.startTimeout = startTimeout
        self.clock = clock
        self.logger = logger
        if properties.usesSCRAM, KafkaLibrary.current.sendsNonceTwice { logger.warning("\(KafkaError.nonceSentTwice)") }
    }

    // MARK: Start

    public func start(_ session: TransportSession) async throws(TransportError) {
        let mayStart = phase.withLock { phase in
            guard case .idle = phase else { return false }
            phase = .starting
            return true
        }
        guard mayStart else { throw TransportError(.notRunning, "started already, or shut down") }
        do throws(KafkaError) {
            let kafka = try await connect(session)
            guard become(.running(kafka), from: { if case .starting = $0 { true } else { false } }) else {
                await kafka.end()
                throw KafkaError(stoppedWhile: "it started")
            }
            await replaceIfFatal(kafka)
        } catch {
            // Stopped or not, a start that failed leaves nothing behind.
            _ = become(.idle) { if case .starting = $0 { true } else { false } }
            throw TransportError(error)
        }
    }

    /// - Returns: Whether the phase was changed.
    private func become(_ new: Phase, from isExpected: (Phase) -> Bool) -> Bool {
        phase.withLock { phase in
            guard isExpected(phase) else { return false }
            phase = new
            return true
        }
    }

    /// Connects, and waits until a broker has answered.
    private func connect(_ session: TransportSession) async throws(KafkaError) -> KafkaSession {
        let kafka: KafkaSession
        do throws(ConfigurationError) {
            let log = ClientLog(logger, clock: clock)
            kafka = try KafkaSession(properties, session, metrics: metrics, log: log) { [weak self] error in
                self?.replace(after: error)
            }
        } catch {
            throw KafkaError(invalid: error)
        }
        do throws(KafkaError) {
            try await kafka.waitForBroker(topics: Set(session.topics.keys), timeout: startTimeout)
            if let error = try await kafka.fatalError() { throw error }
        } catch {
            await kafka.end()
            throw error
        }
        return kafka
    }

    // MARK: Records

    public func enqueue(_ records: [OutboundRecord]) -> Int {
        // Taken out of the lock: outcomes that are known at once are reported inside of this call, and may lead to others.
        let kafka: KafkaSession? = phase.withLock { if case .running(let kafka) = $0 { kafka } else { nil } }
        return kafka?.enqueue(records) ?? 0
    }

    public func flush() async throws(TransportError) {
        guard case .running(let kafka) = phase.withLock({ $0 }) else {
            throw TransportError(.notRunning, "not started, or shut down")
        }
        do throws(KafkaError) { try await kafka.flush() } catch { throw TransportError(error) }
    }

    /// Waits until a broker has answered, and fetches the leaders of further topics.
    func prepare(topics: Set<String>) async throws(TransportError) {
        guard case .running(let kafka) = phase.withLock({ $0 }) else {
            throw TransportError(.notRunning, "not started, or shut down")
        }
        do throws(KafkaError) {
            try await kafka.waitForBroker(topics: topics, timeout: startTimeout)
        } catch {
            throw TransportError(error)
        }
    }

    // MARK: Fatal errors

    /// Goes on with a new producer after a fatal error.
    private func replace(after error: KafkaError) {
        let old: KafkaSession? = phase.withLock { phase in
            guard case .running(let kafka) = phase else { return nil }
            phase = .replacing(error)
            return kafka
        }
        guard let old else { return }
        logger.error("the Kafka producer is replaced", metadata: ["error": "\(error)"])
        Task {
            await old.end()
            // A refusal that lasts ends each new producer too.
            if old.hasDelivered { pauses.withLock { $0.reset() } } else { await pause() }
            await reconnect(old.session)
        }
    }

    /// Replaces a producer whose fatal error came before it was in use.
    private func replaceIfFatal(_ kafka: KafkaSession) async {
        if let error = try? await kafka.fatalError() { replace(after: error) }
    }

    /// Waits after a useless attempt to replace a producer.
    private func pause() async {
        try? await clock.sleep(for: pauses.withLock { $0.next() })
    }

    /// Tries to connect until it succeeds or the transport is shut down.
    private func reconnect(_ session: TransportSession) async {
        while case .replacing = phase.withLock({ $0 }) {
            do throws(KafkaError) {
                let kafka = try await connect(session)
                if become(.running(kafka), from: { if case .replacing = $0 { true } else { false } }) {
                    await replaceIfFatal(kafka)
                    session.sink.ready()
                } else {
                    await kafka.end()
                }
                return
            } catch {
                logger.error("the Kafka producer could not be replaced yet", metadata: ["error": "\(error)"])
                await pause()
            }
        }
    }

    // MARK: Health and end

    public func health() async -> TransportHealth {
        await health(of: nil)
    }

    /// - Parameter topics: The topics that there must be; `nil` for those of the producer.
    func health(of topics: Set<String>?) async -> TransportHealth {
        switch phase.withLock({ $0 }) {
        case .running(let kafka): return await kafka.health(of: topics ?? Set(kafka.session.topics.keys))
        case .idle: return TransportHealth(.unhealthy, details: ["state": "not started"])
        case .starting: return TransportHealth(.unhealthy, details: ["state": "starting"])
        case .replacing(let error):
            return TransportHealth(
                .unhealthy, details: ["state": "replacing the producer", "error": error.description])
        case .stopped: return TransportHealth(.unhealthy, details: ["state": "shut down"])
        }
    }

    public func shutdown() async {
        let running: KafkaSession? = phase.withLock { phase in
            defer { phase = .stopped }
            return if case .running(let kafka) = phase { kafka } else { nil }
        }
        await running?.end()
    }
}
