public import Logging
import Synchronization

/// Sends messages: encodes each, holds the bytes against its contract, and hands them to a transport.
///
/// Start a producer before sending, by ``start()`` or as a service, and shut it down to deliver what is under way:
///
/// ```swift
/// let producer = Producer(transport: transport, logger: logger)
/// try await producer.start()
/// try await producer.sendJobCompleted(jobID: "42", resultID: "r-7")
/// await producer.shutdown()
/// ```
///
/// A message that is not delivered is never passed over: its sender gets a ``ProducerError``, or, where nobody waits
/// for it, there is a line in the log, and in both cases ``statistics`` counts it.
public final class Producer: Sendable {
    /// What fills the envelope of messages that are sent by name.
    public let context: MessageContext
    public let configuration: ProducerConfiguration
    public let topicNames: TopicNames

    let transport: any Transport
    let clock: any Clock<Duration>
    let logger: Logger
    let queue: BackgroundQueue
    let state = Mutex(ProducerState())

    /// - Parameters:
    ///   - transport: What carries the records. The producer starts it and shuts it down.
    ///   - context: What fills the envelope of messages that are sent by name, such as `TDA.context`.
    ///   - topicNames: What topics are called on the broker.
    ///   - clock: The clock of timeouts and waits.
    public init(
        transport: any Transport,
        context: MessageContext,
        configuration: ProducerConfiguration = ProducerConfiguration(),
        topicNames: TopicNames = TopicNames(),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "event-contracts.producer")
    ) {
        self.transport = transport
        self.context = context
        self.configuration = configuration
        self.topicNames = topicNames
        self.clock = clock
        self.logger = logger
        queue = BackgroundQueue(capacity: configuration.backgroundCapacity)
    }

    /// What the producer has done so far.
    public var statistics: ProducerStatistics {
        var statistics = state.withLock { $0.statistics }
        statistics.backgroundQueued = queue.count
        return statistics
    }
}

/// What a producer knows of itself.
struct ProducerState {
    enum Phase {
        case new, running, draining, stopped
    }

    var phase = Phase.new
    var statistics = ProducerStatistics()
    /// Records being sent, by topic.
    var inFlight: [String: Int] = [:]
    /// Shutdowns that wait until nothing is being sent.
    var idleWaiters: [CheckedContinuation<Void, Never>] = []
    var worker: Task<Void, Never>?

    var acceptsMessages: Bool { phase == .running }
}
