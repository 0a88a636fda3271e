/// A destination for records, such as Kafka, memory or a file.
///
/// This protocol works on batches and completions: a ``Producer`` hands over records with ``enqueue(_:)``, which returns at
/// once, and the transport reports the outcome of each record later to the ``DeliverySink`` that it got in
/// ``start(_:)``. A transport that has one `async` function for one record conforms to ``RecordSender`` instead, and is
/// used through ``SenderTransport``.
///
/// ## Rules
///
/// - **Every accepted record has exactly one outcome.** A transport reports each record that ``enqueue(_:)`` accepted once,
///   at the latest before ``shutdown()`` returns. A report may come from any thread, also inside of ``enqueue(_:)``.
/// - **Order.** Records are handed over in the order of the producer's calls. A transport delivers those of one partition
///   (with equal keys, or an equal explicit partition) in this order.
/// - **No waiting.** ``enqueue(_:)`` runs on the sender's thread: it must not block, and must not wait for the network or a
///   disk. It is never called by two threads at once.
/// - **Back-pressure.** A transport without room accepts fewer records than it is offered, and calls
///   ``DeliverySink/ready()`` when it has room again. A slow partition should not keep records of other partitions out.
/// - **Memory.** The producer keeps an accepted record until its outcome is reported. A transport may keep it as well.
public protocol Transport: Sendable {
    /// Whether a failure that this transport reports is final.
    ///
    /// `true` for a transport that retries by itself while it keeps the order of each partition, such as a Kafka client, or
    /// for which a retry is never useful. For all others (`false`, the default), the producer retries failures for which
    /// ``TransportError/isRetriable`` is `true`, with the backoff of its configuration: it then hands over a record only
    /// after the previous one with the same key has its outcome.
    var failuresAreFinal: Bool { get }

    /// Prepares the transport for one producer. Called before anything else; after an error, it may be called again. A shutdown that comes
    /// while it waits cancels its task.
    func start(_ session: TransportSession) async throws(TransportError)

    /// Takes records for delivery, and returns how many of them, from the first, it has accepted.
    ///
    /// Records that are not accepted are offered again after the next ``DeliverySink/ready()``. A record that can't be
    /// delivered at all is accepted, and reported as failed.
    func enqueue(_ records: [OutboundRecord]) -> Int

    /// Sends what has been accepted without further delay, and returns when all of it has an outcome.
    func flush() async throws(TransportError)

    /// Returns the current health of the transport.
    func health() async -> TransportHealth

    /// Releases all resources soon. Pending records fail, or are reported as ``DeliveryOutcome/unknown(_:)`` where they may
    /// have been delivered. May be called more than once, and again when a start ends that it interrupted.
    func shutdown() async
}

extension Transport {
    public var failuresAreFinal: Bool { false }
}

/// The context that a transport receives from its producer at the start.
public struct TransportSession: Sendable {
    /// Receives the outcomes of records.
    public let sink: any DeliverySink
    /// The topics of the producer's contracts, by their names on the broker.
    public let topics: [String: Topic]
    /// The producer's contracts. A transport that wraps another passes them on.
    public let contracts: [any EventContract.Type]

    /// Creates a session; a producer does, and so do tests of a transport.
    public init(
        sink: any DeliverySink, topics: [String: Topic] = [:], contracts: [any EventContract.Type] = []
    ) {
        self.sink = sink
        self.topics = topics
        self.contracts = contracts
    }
}
