public import Logging
import Synchronization

/// Sends a contract's messages: encodes each, validates exactly the bytes that it sends, and hands them to a transport,
/// with retries and a timeout.
///
/// ```swift
/// let producer = Producer(transport: transport, context: MessageContext(service: "tda-backend"), logger: logger)
/// try await producer.start()
/// try await producer.send(JobMessage.completed(jobID: "42", resultID: "r-7"))
/// await producer.shutdown()
/// ```
///
/// It sends drafts, which the factories of generated messages return and whose envelopes it fills from its ``context``, and
/// messages that have been stamped already.
///
/// It is also a `Service` for a `ServiceGroup`. Every message that is not delivered has an error or a
/// ``BackgroundSend/refused(_:)`` for its sender, a line in the log, and a place in ``statistics``.
///
/// A producer that has been started must be shut down: until then its background worker keeps it alive.
public final class Producer: Sendable {
    let transport: any Transport
    let configuration: ProducerConfiguration
    /// The clock, source of ids and service name that drafts are stamped with.
    public let context: MessageContext
    /// What topics are called on the broker.
    public let topicNames: TopicNames
    package let logger: Logger
    let clock: ElapsedClock

    let accounts: Accounts
    let flights = FlightTable()
    let deadlines: Deadlines
    let background: BackgroundQueue
    let lifecycle = Mutex(Lifecycle())

    /// - Parameters:
    ///   - transport: What carries the records.
    ///   - configuration: How to retry, how long to wait, and how much to hold.
    ///   - metrics: What measures the producer, such as the metrics generated from its contract.
    ///   - context: The clock of messages, the source of ids, and the service's name.
    ///   - topicNames: What topics are called on the broker.
    ///   - clock: What timeouts and backoffs are measured by. Tests give their own.
    ///   - logger: Told of what is not delivered, and of start and shutdown.
    public init(
        transport: any Transport, configuration: ProducerConfiguration = ProducerConfiguration(),
        context: MessageContext, topicNames: TopicNames = TopicNames(), metrics: (any ProducerMetrics)? = nil,
        clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "event-contracts.producer")
    ) {
        self.transport = transport
        self.configuration = configuration
        self.context = context
        self.topicNames = topicNames
        self.logger = logger
        self.clock = ElapsedClock(clock)
        accounts = Accounts(logger: logger, metrics: metrics, now: context.now)
        deadlines = Deadlines(clock: self.clock)
        let capacity = max(configuration.backgroundCapacity, 0)
        background = BackgroundQueue(capacity: capacity) { metrics?.queueChanged(depth: $0, capacity: capacity) }
        metrics?.queueChanged(depth: 0, capacity: capacity)
    }

    /// What has become of the messages so far.
    public var statistics: ProducerStatistics {
        var statistics = accounts.statistics
        statistics.backgroundQueued = background.count
        return statistics
    }

    /// Sends a draft or a message, and waits until the transport has delivered it.
    ///
    /// - Parameters:
    ///   - content: The draft, which is stamped now, or a stamped message, which is sent as it is.
    ///   - topic: Where to, if not to the message's own topic.
    ///   - key: What decides the partition, if not the message's own key.
    ///   - partition: The partition to go to, whatever the key.
    ///   - headers: More headers. One that has the name of one of the message's takes its place.
    ///   - timeout: How long it may take, with all retries; `nil` leaves it to the configuration.
    /// - Returns: Where the record lies.
    /// - Throws: ``ProducerError``. After ``ProducerError/timedOut(after:)`` and ``ProducerError/cancelled`` the record may
    ///   still arrive; if it does, that is logged and counted.
    @discardableResult
    public func send<Content: Producible>(
        _ content: Content, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = [], timeout: Duration? = nil
    ) async throws(ProducerError) -> Delivery {
        var encoder = MessageEncoder(maximumRecordSize: configuration.maximumRecordSize)
        let outgoing = try prepare(
            content, topic: topic, key: key, partition: partition, headers: headers, with: &encoder,
            inBackground: false)
        return try await deliver([outgoing], timeout: timeout ?? configuration.timeout)[0].get()
    }

    /// Makes a draft or a message ready for the transport: stamps, encodes and validates it. What is refused is counted and
    /// logged here.
    func prepare<Content: Producible>(
        _ content: Content, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = [], with encoder: inout MessageEncoder, inBackground: Bool
    ) throws(ProducerError) -> OutgoingMessage {
        try prepare(
            Content.stamped(content, in: context), isProvenValid: Content.isProvenValid(content),
            route(
                Content.ProducedMessage.self, topic: topic, key: key, partition: partition, headers: headers),
            with: &encoder, inBackground: inBackground)
    }

    private func prepare<M: Message>(
        _ message: M, isProvenValid: Bool, _ route: Route, with encoder: inout MessageEncoder, inBackground: Bool
    ) throws(ProducerError) -> OutgoingMessage {
        do throws(ProducerError) {
            guard flights.isOpen else { throw .notRunning }
            var outgoing = try encoder.encode(message, isProvenValid: isProvenValid, route: route)
            if let metrics = accounts.metrics {
                outgoing.labels = metrics.labels(of: message, topic: route.contractTopic)
                outgoing.observation = metrics.observation(of: message)
            }
            return outgoing
        } catch {
            let refused = RefusedMessage(
                name: M.messageName, event: message.messageType.rawValue, topic: route.topic,
                labels: accounts.metrics?.labels(of: message, topic: route.contractTopic))
            accounts.refused(refused, error: error, inBackground: inBackground)
            throw error
        }
    }

    private func route<M: Message>(
        _ message: M.Type, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = []
    ) -> Route {
        let topic = topic ?? M.topic
        return Route(
            topic: topicNames.name(of: topic), contractTopic: topic, key: key, partition: partition, headers: headers)
    }
}
