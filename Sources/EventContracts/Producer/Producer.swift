public import Logging
import Locks

/// A producer of a contract's messages. It encodes each message, validates exactly the bytes that it sends, and passes them
/// to a transport.
///
/// ```swift
/// let producer = Producer(
///     transport: transport, contracts: [TDA.self],
///     context: MessageContext(service: "tda-backend"), metrics: [metrics], logger: logger)
/// try await producer.start()
/// try await producer.send(JobMessage.completed(jobID: "42", resultID: "r-7"))
/// await producer.shutdown()
/// ```
///
/// It sends drafts, which the factories of generated messages return and whose envelopes it fills from its ``context``, and
/// messages that have been stamped already.
///
/// It is also a `Service` for a `ServiceGroup`. Messages that are sent before the producer has started wait for it, at most
/// for their timeout.
///
/// Every message that is not delivered has an error or a ``BackgroundSend/refused(_:)`` for its sender, is counted in
/// ``statistics`` and metrics, and is logged; repeated failures of a kind are logged as one line with their number.
///
/// ## Order
///
/// Messages with equal keys reach their topic in the order of the calls that sent them, whether these are `send`,
/// `send(batch:)` or `sendInBackground`, and whether or not a record has to be sent again. A call comes before another where
/// it was made before: calls that different tasks make at the same time have no order, except that each is as if made at
/// once. A message that waits for room in the background keeps its place: later messages of its key wait behind it.
public final class Producer: Sendable {
    let transport: any Transport
    let configuration: ProducerConfiguration
    /// The clock, source of ids and service name that drafts are stamped with.
    public let context: MessageContext
    /// The names of topics on the broker.
    public let topicNames: TopicNames
    package let logger: Logger
    let clock: ElapsedClock

    let outbox: Outbox
    let lifecycle = Lock(Lifecycle())
    let contracts: [any EventContract.Type]
    let topics: DeclaredTopics
    let cipher: (any ValueCipher)?
    let encryptionRules: [EncryptionRule]
    let encoders: EncoderPool
    private let routes: [ObjectIdentifier: Route]
    private let metrics: [any ProducerMetrics]
    private let marks: SchemaMarks?

    /// Creates a producer.
    ///
    /// - Parameters:
    ///   - transport: The destination of the records.
    ///   - contracts: The contracts whose messages are sent. The transport gets their topics.
    ///   - configuration: Retries, timeouts and limits.
    ///   - context: The service name, clock and source of ids that drafts are stamped with. A contract may be shared by many
    ///     services, so each states its own name.
    ///   - topicNames: The names of topics on the broker.
    ///   - cipher: Encrypts the sensitive values of contracts with `encryption`.
    ///   - metrics: The metrics of the contracts. A message is counted by the first that have it; the producer itself, its
    ///     queue and its connection are measured by all.
    ///   - schemaMarks: The ids by which records name their schemas in a registry; `nil` leaves records plain.
    ///   - clock: The clock for timeouts and backoffs. Tests use their own.
    ///   - logger: Receives failures, start and shutdown.
    public init(
        transport: any Transport, contracts: [any EventContract.Type],
        configuration: ProducerConfiguration = ProducerConfiguration(), context: MessageContext,
        topicNames: TopicNames = TopicNames(), cipher: (any ValueCipher)? = nil, metrics: [any ProducerMetrics] = [],
        schemaMarks: SchemaMarks? = nil, clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "event-contracts.producer")
    ) {
        let clock = ElapsedClock(clock)
        self.transport =
            transport.failuresAreFinal || configuration.maximumRetries <= 0
            ? transport
            : RetryingTransport(
                transport, maximumRetries: configuration.maximumRetries, backoff: configuration.backoff, clock: clock)
        self.configuration = configuration
        self.context = context
        self.topicNames = topicNames
        self.metrics = metrics
        marks = schemaMarks
        self.logger = logger
        self.clock = clock
        self.cipher = cipher
        encryptionRules = contracts.flatMap { $0.encryptionRules }
        encoders = EncoderPool(maximumRecordSize: configuration.maximumRecordSize, cipher: cipher)
        routes = Route.table(of: contracts, names: topicNames, metrics: metrics, marks: schemaMarks)
        self.contracts = contracts
        topics = DeclaredTopics(contracts.flatMap { $0.topics }, names: topicNames)
        let limits = OutboxState.Load(
            messages: max(configuration.backgroundCapacity, 0), bytes: max(configuration.backgroundByteCapacity, 0))
        outbox = Outbox(
            transport: self.transport, limits: limits,
            recorder: DeliveryRecorder(
                metrics: metrics,
                log: FailureLog(logger: logger, interval: configuration.failureLogInterval, clock: clock)),
            clock: clock, now: context.now, lingers: transport.failuresAreFinal)
        for metrics in metrics { metrics.queueChanged(depth: 0, capacity: limits.messages) }
    }

    /// The counts of everything sent so far.
    public var statistics: ProducerStatistics { outbox.statistics }

    /// Sends a draft or a message, and waits until the transport has delivered it.
    ///
    /// - Parameters:
    ///   - content: The draft, which is stamped now, or a stamped message, which is sent as it is.
    ///   - topic: Another topic than the message's own.
    ///   - key: Another key than the message's own.
    ///   - partition: The partition, whatever the key.
    ///   - headers: More headers. One that has the name of one of the message's takes its place.
    ///   - timestamp: The record's timestamp; `nil` leaves it to the transport.
    ///   - timeout: How long it may take, with all retries; `nil` leaves it to the configuration.
    /// - Returns: The place of the record.
    /// - Throws: ``ProducerError``. After ``ProducerError/unknown(_:)`` the record may have been delivered, or may still be;
    ///   after all other errors it will not be.
    @discardableResult
    public func send<Content: Producible>(
        _ content: consuming Content, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = [], timestamp: Timestamp? = nil, timeout: Duration? = nil
    ) async throws(ProducerError) -> Delivery {
        let address = Address(topic: topic, key: key, partition: partition, headers: headers, timestamp: timestamp)
        let outgoing = try prepare(&content, address, timeout: timeout, isInBackground: false)
        if Task.isCancelled { throw outbox.refuse(outgoing, .cancelled) }
        return try await outbox.send(outgoing).get()
    }

    /// Makes a draft or a message ready for the transport: stamps, encodes and validates it. One that is refused is counted
    /// and logged here.
    ///
    /// - Parameter content: The draft or message, which is consumed.
    func prepare<Content: Producible>(
        _ content: inout Content, _ address: Address, timeout: Duration?, isInBackground: Bool
    ) throws(ProducerError) -> OutgoingMessage {
        let submitted = clock.now
        return try encoders.withEncoder { encoder throws(ProducerError) in
            try prepare(
                &content, address, timeout: timeout, submitted: submitted, isInBackground: isInBackground,
                with: &encoder)
        }
    }

    /// - Parameter submitted: When the sender's call came.
    func prepare<Content: Producible>(
        _ content: inout Content, _ address: Address, timeout: Duration?, submitted: Duration, isInBackground: Bool,
        with encoder: inout MessageEncoder
    ) throws(ProducerError) -> OutgoingMessage {
        let type = address.topic == nil ? ObjectIdentifier(Content.ProducedMessage.self) : nil
        var topicError: ProducerError?
        if type.map({ encoder.isOnRoute(of: $0) }) != true {
            let route: Route
            (route, topicError) = self.route(of: Content.ProducedMessage.self, to: address.topic)
            encoder.change(to: route, of: topicError == nil ? type : nil, measuredBy: metrics)
        }
        do throws(MessageRefusal) {
            encoder.encode(&content, in: context)
            return try encoder.outgoing(
                Content.ProducedMessage.self, to: address, addedHeaders: context.headers?() ?? [],
                topicError: topicError, timeout: timeout ?? configuration.timeout, submitted: submitted,
                isInBackground: isInBackground)
        } catch {
            outbox.refuse(error.event, error.reason, isInBackground: isInBackground)
            throw error.reason
        }
    }

    /// Returns the route of a message, and an error for a topic of a contract that the producer does not have where another
    /// topic has its name.
    private func route<M: Message>(of message: M.Type, to topic: Topic?) -> (Route, ProducerError?) {
        if topic == nil, let route = routes[ObjectIdentifier(message)] { return (route, nil) }
        let topic = topic ?? M.topic
        let route = Route(message, to: topic, names: topicNames, metrics: metrics, marks: marks)
        return (route, topics.conflict(with: topic).map { .transport($0) })
    }
}

/// The destination of one message, as far as its sender gives it.
struct Address: Sendable {
    var topic: Topic?
    var key: String?
    var partition: Int32?
    var headers: [RecordHeader] = []
    var timestamp: Timestamp?
}
