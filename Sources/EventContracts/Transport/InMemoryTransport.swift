import Synchronization

/// Keeps records in memory: for tests, and for programs that run without a broker.
///
/// Records go to partitions as with Kafka. Tests look at what has arrived with ``records(in:)``, wait for it with
/// ``waitForRecords(_:)``, and bring about faults with ``behavior``.
///
/// ```swift
/// let transport = InMemoryTransport(topics: TDA.topics)
/// transport.behavior = .fail(TransportError(.unavailable, "no broker"))
/// ```
public final class InMemoryTransport: Transport {
    /// What becomes of the records that are sent.
    public enum Behavior: Sendable {
        case deliver
        /// Every record fails.
        case fail(TransportError)
        /// So many records fail, and those after them are delivered.
        case failNext(Int, TransportError)
        /// Records wait until the behavior changes, their task is cancelled, or the transport is shut down.
        case stall
        /// Records for which this is true are rejected; others are delivered.
        case reject(@Sendable (Record) -> Bool)
    }

    /// A record, and where it came to lie.
    public struct Stored: Hashable, Sendable {
        public let record: Record
        public let delivery: Delivery
    }

    private struct State {
        var log: PartitionLog
        var stored: [Stored] = []
        var behavior = Behavior.deliver
        var isRunning = false
        var nextWaiter = 0
        /// Sends that wait for the behavior to change.
        var stalled: [Int: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<Int> = []
        /// Tests that wait for a count of stored records, or of stalled sends.
        var storedWaiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var stalledWaiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - topics: The topics that there are, under the names that the contract gives them.
    ///   - defaultPartitionCount: How many partitions any other topic has; `nil` refuses other topics.
    ///   - now: The clock that deliveries are stamped with.
    public init(
        topics: [Topic], defaultPartitionCount: Int? = nil, now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        let counts = Dictionary(topics.map { ($0.name, $0.partitions) }, uniquingKeysWith: max)
        state = Mutex(State(log: PartitionLog(partitionCounts: counts, defaultPartitionCount: defaultPartitionCount)))
        self.now = now
    }

    // MARK: What tests see and set

    /// What becomes of records from now on. A change lets stalled sends go on, each by the new behavior.
    public var behavior: Behavior {
        get { state.withLock { $0.behavior } }
        set {
            let stalled = state.withLock { state in
                state.behavior = newValue
                defer { state.stalled = [:] }
                return state.stalled.values.map { $0 }
            }
            stalled.forEach { $0.resume() }
        }
    }

    /// Every record delivered, in the order of delivery.
    public var records: [Stored] { state.withLock { $0.stored } }

    /// The records of one topic, in the order of delivery.
    public func records(in topic: String) -> [Stored] {
        records.filter { $0.record.topic == topic }
    }

    /// Forgets what has been delivered. Offsets go on.
    public func removeAll() {
        state.withLock { $0.stored = [] }
    }

    /// Returns when so many records have been delivered in all.
    public func waitForRecords(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.stored.count >= count { return true }
                state.storedWaiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Returns when so many sends are stalled.
    public func waitForStalledSends(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.stalled.count >= count { return true }
                state.stalledWaiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    // MARK: Transport

    public func start() async throws(TransportError) {
        state.withLock { $0.isRunning = true }
    }

    public func send(_ record: Record) async throws(TransportError) -> Delivery {
        while true {
            if let delivery = try deliver(record) { return delivery }
            await stall()
            if Task.isCancelled { throw TransportError(.cancelled, "the waiting task was cancelled") }
        }
    }

    public func flush() async throws(TransportError) {}

    public func health() async -> TransportHealth {
        state.withLock { state in
            TransportHealth(
                state.isRunning ? .healthy : .unhealthy,
                details: ["transport": "memory", "records": String(state.stored.count)])
        }
    }

    public func shutdown() async {
        let stalled = state.withLock { state in
            state.isRunning = false
            defer { state.stalled = [:] }
            return state.stalled.values.map { $0 }
        }
        stalled.forEach { $0.resume() }
    }

    /// Delivers or fails a record at once; `nil` where it must wait.
    private func deliver(_ record: Record) throws(TransportError) -> Delivery? {
        let timestamp = now()
        let (result, woken) = state.withLock { state in
            let result = Self.attempt(record, timestamp, &state)
            let count = state.stored.count
            let woken = state.storedWaiters.filter { $0.count <= count }.map(\.continuation)
            state.storedWaiters.removeAll { $0.count <= count }
            return (result, woken)
        }
        woken.forEach { $0.resume() }
        return try result.get()
    }

    private static func attempt(
        _ record: Record, _ timestamp: Timestamp, _ state: inout State
    ) -> Result<Delivery?, TransportError> {
        guard state.isRunning else {
            return .failure(TransportError(.notRunning, "the transport is not running"))
        }
        switch state.behavior {
        case .deliver: break
        case .fail(let error): return .failure(error)
        case .failNext(let count, let error):
            state.behavior = count > 1 ? .failNext(count - 1, error) : .deliver
            if count > 0 { return .failure(error) }
        case .stall: return .success(nil)
        case .reject(let isRejected):
            if isRejected(record) { return .failure(TransportError(.rejected, "the record was rejected")) }
        }
        do throws(TransportError) {
            let (partition, offset) = try state.log.place(record)
            let delivery = Delivery(
                topic: record.topic, partition: partition, offset: offset, timestamp: timestamp)
            state.stored.append(Stored(record: record, delivery: delivery))
            return .success(delivery)
        } catch {
            return .failure(error)
        }
    }

    /// Waits until the behavior changes or the task is cancelled.
    private func stall() async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (goesOn, woken) = state.withLock { state in
                    var isStalling = false
                    if case .stall = state.behavior { isStalling = state.isRunning }
                    // What was cancelled, or let go, before it came to wait must not wait.
                    guard isStalling, state.cancelled.remove(id) == nil else {
                        return (true, [CheckedContinuation<Void, Never>]())
                    }
                    state.stalled[id] = continuation
                    let count = state.stalled.count
                    let woken = state.stalledWaiters.filter { $0.count <= count }.map(\.continuation)
                    state.stalledWaiters.removeAll { $0.count <= count }
                    return (false, woken)
                }
                woken.forEach { $0.resume() }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.stalled.removeValue(forKey: id)
                if waiting == nil { state.cancelled.insert(id) }
                return waiting
            }
            waiting?.resume()
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }
}
