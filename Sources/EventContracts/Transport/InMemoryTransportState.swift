/// The state of an ``InMemoryTransport``, guarded by its lock.
///
/// Nothing is reported or resumed under the lock: a task that is resumed while it is cancelled blocks the resuming thread,
/// and its cancellation handler waits for the lock. Outcomes and continuations are therefore stored in ``reports``, and the
/// holder of the lock delivers them after releasing it.
struct InMemoryTransportState: Sendable {
    enum Phase: Sendable {
        case created, running, stopped
    }

    enum Condition: Sendable {
        case delivered(Int)
        case stalled(Int)
        case nothingStalled
    }

    /// Outcomes to be reported, and tasks to be resumed.
    struct Reports: Sendable {
        fileprivate var session: TransportSession?
        fileprivate var outcomes: [RecordOutcome] = []
        fileprivate var waits: [(continuation: CheckedContinuation<Bool, Never>, hasCome: Bool)] = []

        func deliver() {
            if !outcomes.isEmpty { session?.sink.complete(outcomes) }
            for wait in waits { wait.continuation.resume(returning: wait.hasCome) }
        }
    }

    struct Waiter: Sendable {
        let id: UInt64
        let condition: Condition
        let continuation: CheckedContinuation<Bool, Never>
    }

    private(set) var phase = Phase.created
    private(set) var topics: TopicTable
    private(set) var declarations = InMemoryTransport.Declarations()
    private let capacity: Int?
    /// The entries kept, and before `firstKept` some that are not any more: they are removed many at a time.
    private var storage: [InMemoryTransport.Entry] = []
    private var firstKept = 0
    private(set) var deliveredCount = 0
    private(set) var stalled: [OutboundRecord] = []
    private var waiters: [Waiter] = []
    private var reports = Reports()
    /// Cancelled before they had come to wait.
    private var cancelledEarly: Set<UInt64> = []
    private var lastID: UInt64 = 0

    var startFailure: TransportError?
    /// The error to fail with, and how often; `nil` is always.
    var failure: (error: TransportError, times: Int?)?
    var rejection: (error: TransportError, isRejected: @Sendable (Record) -> Bool)?
    var isStalling = false

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

    /// Removes and returns the reports, which are delivered after the lock is released.
    mutating func takeReports() -> Reports {
        defer {
            reports = Reports(session: phase == .stopped ? nil : reports.session)
        }
        return reports
    }

    mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    mutating func start(_ session: TransportSession) -> TransportError? {
        if let error = startFailure {
            startFailure = nil
            return error
        }
        guard phase != .stopped else { return TransportError(.notRunning, "shut down") }
        guard reports.session == nil || reports.session?.sink === session.sink else { return .usedByAnotherProducer }
        phase = .running
        topics.declare(session.topics)
        declarations = InMemoryTransport.Declarations(topics: session.topics, contracts: session.contracts)
        reports.session = session
        return nil
    }

    mutating func stop() {
        phase = .stopped
        let error = TransportError(.notRunning, "shut down while it was stalled")
        reports.outcomes += stalled.map { RecordOutcome($0.id, .failed(error)) }
        stalled = []
        resumeWaiters()
    }

    // MARK: Records

    /// Delivers a record, fails it, or keeps it back.
    mutating func take(_ record: OutboundRecord, refusal: TransportError?, at time: Timestamp) {
        if let (error, times) = failure {
            if let times { failure = times > 1 ? (error, times - 1) : nil }
            report(record, .failed(error))
        } else if let refusal {
            report(record, .failed(refusal))
        } else if isStalling {
            stalled.append(record)
            resumeWaiters()
        } else {
            deliver(record, at: time)
        }
    }

    private mutating func deliver(_ outbound: OutboundRecord, at time: Timestamp) {
        let record = outbound.record
        do throws(TransportError) {
            let place = try topics.place(record)
            let delivery = Delivery(
                topic: record.topic, partition: place.partition, offset: place.offset,
                timestamp: record.timestamp ?? time)
            keep(InMemoryTransport.Entry(record: record, delivery: delivery))
            report(outbound, .delivered(delivery))
            resumeWaiters()
        } catch {
            report(outbound, .failed(error))
        }
    }

    private mutating func report(_ record: OutboundRecord, _ outcome: DeliveryOutcome) {
        reports.outcomes.append(RecordOutcome(record.id, outcome))
    }

    mutating func release(at time: Timestamp) {
        isStalling = false
        let released = stalled
        stalled = []
        for record in released { deliver(record, at: time) }
        resumeWaiters()
    }

    // MARK: Waiting

    mutating func wait(until condition: Condition, id: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
        if holds(condition) {
            cancelledEarly.remove(id)
            reports.waits.append((continuation, true))
        } else if cancelledEarly.remove(id) != nil {
            reports.waits.append((continuation, false))
        } else {
            waiters.append(Waiter(id: id, condition: condition, continuation: continuation))
        }
    }

    mutating func cancelWait(_ id: UInt64) {
        guard let position = waiters.firstIndex(where: { $0.id == id }) else {
            cancelledEarly.insert(id)
            return
        }
        reports.waits.append((waiters.remove(at: position).continuation, false))
    }

    private mutating func resumeWaiters() {
        guard !waiters.isEmpty else { return }
        var others: [Waiter] = []
        for waiter in waiters {
            if holds(waiter.condition) {
                reports.waits.append((waiter.continuation, true))
            } else {
                others.append(waiter)
            }
        }
        waiters = others
    }

    private func holds(_ condition: Condition) -> Bool {
        switch condition {
        case .delivered(let count): deliveredCount >= count
        case .stalled(let count): stalled.count >= count
        case .nothingStalled: stalled.isEmpty
        }
    }
}
