/// What an ``InMemoryTransport`` guards with its lock. Continuations are resumed under the lock, which is safe: resuming
/// only makes a task ready to run.
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
    private(set) var entries: [InMemoryTransport.Entry] = []
    private(set) var parked: [Parked] = []
    private var waiters: [Waiter] = []
    /// Cancelled before they had come to wait.
    private var cancelledEarly: Set<UInt64> = []
    private var lastID: UInt64 = 0

    var startFailure: TransportError?
    /// How often to fail; `nil` is always.
    var failure: (error: TransportError, times: Int?)?
    var rejection: (error: TransportError, isRejected: @Sendable (Record) -> Bool)?
    /// Whether stalled sends ignore that they are cancelled; `nil` where nothing stalls.
    var stall: Bool?

    init(_ topics: TopicTable) {
        self.topics = topics
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
            send.continuation.resume(returning: .failure(TransportError(.notRunning, "shut down while it waited")))
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
            entries.append(InMemoryTransport.Entry(record: record, delivery: delivery))
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
            continuation.resume(returning: .failure(Self.cancelled))
        } else if phase != .running {
            continuation.resume(returning: .failure(TransportError(.notRunning, "shut down")))
        } else if stall == nil {
            continuation.resume(returning: deliver(record, at: time))
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
        parked.remove(at: position).continuation.resume(returning: .failure(Self.cancelled))
        resumeWaiters()
    }

    mutating func release(at time: Timestamp) {
        stall = nil
        let released = parked
        parked = []
        for send in released { send.continuation.resume(returning: deliver(send.record, at: time)) }
        resumeWaiters()
    }

    private static var cancelled: TransportError { TransportError(.cancelled, "cancelled while it waited") }

    // MARK: Waiting

    mutating func wait(until condition: Condition, id: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
        if holds(condition) {
            cancelledEarly.remove(id)
            continuation.resume(returning: true)
        } else if cancelledEarly.remove(id) != nil {
            continuation.resume(returning: false)
        } else {
            waiters.append(Waiter(id: id, condition: condition, continuation: continuation))
        }
    }

    mutating func cancelWait(_ id: UInt64) {
        guard let position = waiters.firstIndex(where: { $0.id == id }) else {
            cancelledEarly.insert(id)
            return
        }
        waiters.remove(at: position).continuation.resume(returning: false)
    }

    private mutating func resumeWaiters() {
        guard !waiters.isEmpty else { return }
        var others: [Waiter] = []
        for waiter in waiters {
            if holds(waiter.condition) { waiter.continuation.resume(returning: true) } else { others.append(waiter) }
        }
        waiters = others
    }

    private func holds(_ condition: Condition) -> Bool {
        switch condition {
        case .delivered(let count): entries.count >= count
        case .stalled(let count): parked.count >= count
        case .nothingStalled: parked.isEmpty
        }
    }
}
