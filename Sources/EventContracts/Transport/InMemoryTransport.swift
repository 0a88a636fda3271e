public import JSONTape
import Locks

/// A broker in memory: for tests, and for running a service without Kafka.
///
/// It partitions as Kafka does, counts offsets, and keeps every record for a test to inspect. It can be made to fail, to
/// stall, and to reject records, and a test can wait for what happens without sleeping:
///
/// ```swift
/// let transport = InMemoryTransport()
/// let producer = Producer(
///     transport: transport, contracts: [TDA.self], context: MessageContext(service: "tda-backend"))
/// try await producer.start()
/// transport.fail(with: TransportError(.unavailable, "no route"), times: 2)
/// try await producer.send(message)
/// transport.records(in: "tda_jobs").count // 1
/// ```
///
/// Without a capacity, memory grows with each record. A service that runs for long on this transport should state one.
public final class InMemoryTransport: Transport {
    /// A record and the place that it got.
    public struct Entry: Hashable, Sendable {
        /// The record.
        public let record: Record
        /// The partition, offset and timestamp.
        public let delivery: Delivery
    }

    /// The topics and contracts of the producer that uses the transport.
    package struct Declarations: Sendable {
        /// By the topics' names on the broker.
        package var topics: [String: Topic] = [:]
        package var contracts: [any EventContract.Type] = []
    }

    private let state: Lock<InMemoryTransportState>
    private let now: @Sendable () -> Timestamp

    /// Creates a broker. It has the topics of the producer's contracts, once the producer has started it.
    ///
    /// - Parameters:
    ///   - partitions: Further topics, by name, and their numbers of partitions, from one to a million.
    ///   - unknownTopics: The answer to records for other topics.
    ///   - capacity: The number of records to keep, the latest ones; `nil` keeps all.
    ///   - now: The clock for the timestamps of deliveries.
    public init(
        partitions: [String: Int] = [:], unknownTopics: UnknownTopics = .refused, capacity: Int? = nil,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        state = Lock(
            InMemoryTransportState(
                TopicTable(partitions: partitions, unknown: unknownTopics), capacity: capacity))
        self.now = now
    }

    /// Reads the state or changes it, and delivers the reports that follow from the change.
    private func change<Result: Sendable>(_ body: (inout InMemoryTransportState) -> Result) -> Result {
        let (result, reports) = state.withLock { state in (body(&state), state.takeReports()) }
        reports.deliver()
        return result
    }

    // MARK: Transport

    public func start(_ session: TransportSession) async throws(TransportError) {
        let failure = change { $0.start(session) }
        if let failure { throw failure }
    }

    public func enqueue(_ records: [OutboundRecord]) -> Int {
        // Called outside of the lock: the rule is the test's own code.
        let rejection = change { $0.rejection }
        let refusals = rejection.map { rejection in
            records.map { rejection.isRejected($0.record) ? rejection.error : nil }
        }
        let time = now()
        return change { state in
            guard state.phase == .running else { return 0 }
            for (position, record) in records.enumerated() {
                state.take(record, refusal: refusals?[position], at: time)
            }
            return records.count
        }
    }

    public func flush() async throws(TransportError) {
        guard await wait(until: .nothingStalled) else {
            throw TransportError(.cancelled, "the wait for stalled records was cancelled")
        }
    }

    public func health() async -> TransportHealth {
        change { state in
            let details = [
                "records": String(state.deliveredCount), "stalled": String(state.stalled.count),
                "topics": String(state.topics.names.count),
            ]
            guard state.phase == .running else { return TransportHealth(.unhealthy, details: details) }
            let isTroubled = state.failure != nil || state.isStalling
            return TransportHealth(isTroubled ? .degraded : .healthy, details: details)
        }
    }

    public func shutdown() async {
        change { $0.stop() }
    }

    // MARK: Records

    /// The records delivered and kept, in the order of arrival.
    public var records: [Entry] {
        change { $0.entries }
    }

    /// The declarations of the producer; none before it has started the transport.
    package var declarations: Declarations {
        change { $0.declarations }
    }

    /// Removes the records kept so far. Offsets continue, and ``waitForDeliveries(_:)`` continues counting.
    public func removeRecords() {
        change { $0.removeEntries() }
    }

    /// Returns the records delivered to a topic of this name, in the order of arrival.
    public func records(in topic: String) -> [Entry] {
        records.filter { $0.delivery.topic == topic }
    }

    /// Waits until a number of records in all have been delivered, kept or not.
    ///
    /// - Returns: Whether they have; `false` where the waiting task was cancelled first.
    @discardableResult
    public func waitForDeliveries(_ count: Int) async -> Bool {
        await wait(until: .delivered(count))
    }

    /// Waits until a number of records are stalled at once.
    ///
    /// - Returns: Whether they are; `false` where the waiting task was cancelled first.
    @discardableResult
    public func waitForStalledRecords(_ count: Int) async -> Bool {
        await wait(until: .stalled(count))
    }

    private func wait(until condition: InMemoryTransportState.Condition) async -> Bool {
        let id = change { $0.nextID() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                change { $0.wait(until: condition, id: id, continuation) }
            }
        } onCancel: {
            change { $0.cancelWait(id) }
        }
    }

    // MARK: Trouble

    /// Makes the next sends fail: a number of them, or all until ``recover()``.
    public func fail(with error: TransportError, times: Int? = nil) {
        change { $0.failure = (times ?? 1) > 0 ? (error, times) : nil }
    }

    /// Makes ``start(_:)`` fail, once.
    public func failStart(with error: TransportError) {
        change { $0.startFailure = error }
    }

    /// Keeps records back until ``release()``.
    public func stall() {
        change { $0.isStalling = true }
    }

    /// Ends a stall: what has waited is delivered, in the order in which it came.
    public func release() {
        change { $0.release(at: now()) }
    }

    /// Refuses the records that a predicate picks, until ``recover()``.
    public func reject(
        with error: TransportError = TransportError(.rejected, "rejected by a rule of the test"),
        where isRejected: @escaping @Sendable (Record) -> Bool
    ) {
        change { $0.rejection = (error, isRejected) }
    }

    /// Ends all trouble: no failures, no rejections, no stall.
    public func recover() {
        change { state in
            state.failure = nil
            state.rejection = nil
            state.release(at: now())
        }
    }
}
