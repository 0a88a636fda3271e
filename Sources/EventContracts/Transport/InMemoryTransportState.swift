/// What an ``InMemoryTransport`` guards with its lock.
///
/// Nobody is woken under the lock: a task that is woken while it is cancelled holds up who wakes it, and its cancellation
/// handler waits for the lock. So continuations are put aside in ``wakeups`` for whoever holds the lock to resume after it.
struct InMemoryTransportState: Sendable {
    typealias Outcome = Result<Delivery, TransportError>

    enum Phase: Sendable {
        case created, running, stopped
    }

    enum Condition: Sendable {
        case delivered(Int)
        case stalled(Int)
        case nothingStalled
    }

    /// Tasks to be woken, each with what it is told.
    struct Wakeups: Sendable {
        fileprivate var sends: [(continuation: CheckedContinuation<Outcome, Never>, outcome: Outcome)] = []
        fileprivate var waits: [(continuation: CheckedContinuation<Bool, Never>, hasCome: Bool)] = []

        func resume() {
            for send in sends { send.continuation.resume(returning: send.outcome) }
            for wait in waits { wait.continuation.resume(returning: wait.hasCome) }
        }
    }

    struct Parked: Sendable {
        let id: UInt64
        let record: Record
        let continuation: CheckedContinuation<Outcome, Never>
    }

    struct Waiter: Sendable {
        let id: UInt64
        let condition: Condition
        let continuation: CheckedContinuation<Bool, Never>
    }

    private(set) var phase = Phase.created
    private(set) var topics: TopicTable
    private let capacity: Int?
    /// The entries kept, and before `firstKept` some that are not any more: they are removed many at a time.
    private var storage: [InMemoryTransport.Entry] = []
    private var firstKept = 0
    private(set) var deliveredCount = 0
    private(set) var parked: [Parked] = []
    private var waiters: [Waiter] = []
    private var wakeups = Wakeups()
    /// Cancelled before they had come to wait.
    private var cancelledEarly: Set<UInt64> = []
    private var lastID: UInt64 = 0

    var startFailure: TransportError?
    /// How often to fail; `nil` is always.
    var failure: (error: TransportError, times: Int?)?
    var rejection: (error: TransportError, isRejected: @Sendable (Record) -> Bool)?
    /// Whether stalled sends ignore that they are cancelled; `nil` where nothing stalls.
    var stall: Bool?

    /// - Parameter capacity: The number of entries to keep; `nil` keeps all.
    init(_ topics: TopicTable, capacity: Int?) {
        self.topics = topics
        self.capacity = capacity.map { max($0, 0) }
    }

    var entries: [InMemoryTransport.Entry] { firstKept == 0 ? storage : Array(storage[firstKept...]) }

    private mutating func keep(_ entry: InMemoryTransport.Entry) {
        deliveredCount += 1
        storage.append(entry)
        guard let capacity, storage.count - firstKept > capacity else { return }
        firstKept += 1
        guard firstKept > capacity else { return }
        storage.removeFirst(firstKept)
        firstKept = 0
    }

    mutating func removeEntries() {
        storage = []
        firstKept = 0
    }

    /// The tasks to be woken once the lock is let go.
    mutating func takeWakeups() -> Wakeups {
        defer { wakeups = Wakeups() }
        return wakeups
    }

    mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    mutating func start() -> TransportError? {
        if let error = startFailure {
            startFailure = nil
            return error
        }
        guard phase != .stopped else { return TransportError(.notRunning, "it has been shut down") }
        phase = .running
        return nil
    }

    mutating func stop() {
        phase = .stopped
        for send in parked {
            wake(send.continuation, with: .failure(TransportError(.notRunning, "shut down while it waited")))
        }
        parked = []
        resumeWaiters()
    }

    // MARK: Sends

    /// A record's outcome; `nil` where it has to wait.
    mutating func attempt(_ record: Record, refusal: TransportError?, at time: Timestamp) -> Outcome? {
        guard phase == .running else {
            return .failure(TransportError(.notRunning, phase == .created ? "not started" : "shut down"))
        }
        if let (error, times) = failure {
            if let times { failure = times > 1 ? (error, times - 1) : nil }
            return .failure(error)
        }
        if let refusal { return .failure(refusal) }
        guard stall == nil else { return nil }
        return deliver(record, at: time)
    }

    private mutating func deliver(_ record: Record, at time: Timestamp) -> Outcome {
        do throws(TransportError) {
            let place = try topics.place(record)
            let delivery = Delivery(
                topic: record.topic, partition: place.partition, offset: place.offset, timestamp: time)
            keep(InMemoryTransport.Entry(record: record, delivery: delivery))
            resumeWaiters()
            return .success(delivery)
        } catch {
            return .failure(error)
        }
    }

    mutating func park(
        _ record: Record, id: UInt64, at time: Timestamp, _ continuation: CheckedContinuation<Outcome, Never>
    ) {
        let isCancelled = cancelledEarly.remove(id) != nil
        if isCancelled, stall != true {
            wake(continuation, with: .failure(Self.cancelled))
        } else if phase != .running {
            wake(continuation, with: .failure(TransportError(.notRunning, "shut down")))
        } else if stall == nil {
            wake(continuation, with: deliver(record, at: time))
        } else {
            parked.append(Parked(id: id, record: record, continuation: continuation))
            resumeWaiters()
        }
    }

    mutating func cancelParked(_ id: UInt64) {
        guard let position = parked.firstIndex(where: { $0.id == id }) else {
            cancelledEarly.insert(id)
            return
        }
        guard stall != true else { return }
        wake(parked.remove(at: position).continuation, with: .failure(Self.cancelled))
        resumeWaiters()
    }

    mutating func release(at time: Timestamp) {
        stall = nil
        let released = parked
        parked = []
        for send in released { wake(send.continuation, with: deliver(send.record, at: time)) }
        resumeWaiters()
    }

    private mutating func wake(_ continuation: CheckedContinuation<Outcome, Never>, with outcome: Outcome) {
        wakeups.sends.append((continuation, outcome))
    }

    private static var cancelled: TransportError { TransportError(.cancelled, "cancelled while it waited") }

    // MARK: Waiting

    mutating func wait(until condition: Condition, id: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
        if holds(condition) {
            cancelledEarly.remove(id)
            wakeups.waits.append((continuation, true))
        } else if cancelledEarly.remove(id) != nil {
            wakeups.waits.append((continuation, false))
        } else {
            waiters.append(Waiter(id: id, condition: condition, continuation: continuation))
        }
    }

    mutating func cancelWait(_ id: UInt64) {
        guard let position = waiters.firstIndex(where: { $0.id == id }) else {
            cancelledEarly.insert(id)
            return
        }
        wakeups.waits.append((waiters.remove(at: position).continuation, false))
    }

    private mutating func resumeWaiters() {
        guard !waiters.isEmpty else { return }
        var others: [Waiter] = []
        for waiter in waiters {
            if holds(waiter.condition) {
                wakeups.waits.append((waiter.continuation, true))
            } else {
                others.append(waiter)
            }
        }
        waiters = others
    }

    private func holds(_ condition: Condition) -> Bool {
        switch condition {
        case .delivered(let count): deliveredCount >= count
        case .stalled(let count): parked.count >= count
        case .nothingStalled: parked.isEmpty
        }
    }
}
