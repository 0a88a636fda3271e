/// The state of a ``RetryingTransport``, guarded by its lock.
struct RetryState: Sendable {
    struct Attempt: Sendable {
        let record: OutboundRecord
        /// The number of times that the record was sent again.
        var retries = 0
        /// The reason for the next attempt, while the record waits for it.
        var error: TransportError?
    }

    var session: TransportSession?
    /// Records that the transport has, or that wait to be sent again.
    private(set) var attempts: [RecordID: Attempt] = [:]
    private(set) var backoffs = DeadlineQueue<RecordID>()
    var timer: (due: Duration, task: Task<Void, Never>)?
    /// The number of records that were accepted and not reported.
    private(set) var open = 0
    var flushes: [UnsafeContinuation<Void, Never>] = []

    var isBlocked = false
    /// Whether the transport has reported room during the current offer.
    var wasReady = false

    private var gate = LaneGate()
    /// Records for the transport, in order.
    private var queue = RingBuffer<OutboundRecord>()
    private var isPumping = false
    private var isShutDown = false

    // MARK: Hand-over

    /// Accepts records without a limit: the producer keeps them in memory in any case, and a key that waits must not keep
    /// the others out.
    mutating func accept(_ records: [OutboundRecord]) -> Int {
        guard !isShutDown else { return 0 }
        open += records.count
        for record in records where gate.enter(record) { queue.append(record) }
        return records.count
    }

    /// Takes the next records for the transport. Those whose senders no longer wait are taken out as failed.
    mutating func takeOffer(into offer: inout [OutboundRecord], expired: inout [RecordOutcome], at now: Duration) {
        guard !isPumping, !isBlocked else { return }
        while let record = queue.popFirst() {
            guard record.message.due > now else {
                expired.append(RecordOutcome(record.id, .failed(.notSentInTime)))
                letNextThrough(after: record.id)
                continue
            }
            if attempts[record.id] == nil { attempts[record.id] = Attempt(record: record) }
            offer.append(record)
        }
        guard !offer.isEmpty else { return }
        isPumping = true
        wasReady = false
    }

    /// Notes how many records of an offer the transport has accepted.
    ///
    /// - Returns: The others, as failed, after a shutdown.
    mutating func endOffer(_ offer: [OutboundRecord], accepted: Int) -> [RecordOutcome] {
        isPumping = false
        let rest = offer[min(max(accepted, 0), offer.count)...]
        guard !rest.isEmpty else { return [] }
        isBlocked = !wasReady
        for record in rest.reversed() { queue.prepend(record) }
        return isShutDown ? shutDown() : []
    }

    // MARK: Outcomes

    /// Records that a record has its outcome, and lets the next of its key through.
    mutating func letNextThrough(after id: RecordID) {
        attempts[id] = nil
        if let next = gate.leave(id) { queue.append(next) }
    }

    /// Records that records have been reported.
    ///
    /// - Returns: The tasks that wait for a flush, if that is over.
    mutating func end(_ count: Int) -> [UnsafeContinuation<Void, Never>] {
        open -= count
        guard open == 0 else { return [] }
        defer { flushes = [] }
        return flushes
    }

    // MARK: Retries

    /// Records that a record is to be sent again.
    ///
    /// - Returns: Whether it is; not after a shutdown.
    mutating func retry(_ id: RecordID, _ error: TransportError, at due: Duration) -> Bool {
        guard !isShutDown, attempts[id] != nil else { return false }
        attempts[id]?.retries += 1
        attempts[id]?.error = error
        backoffs.insert(id, due: due)
        return true
    }

    /// Puts records into the queue whose wait is over.
    mutating func endBackoffs(at now: Duration) -> [(id: RecordID, error: TransportError)] {
        var retried: [(id: RecordID, error: TransportError)] = []
        while let id = backoffs.popDue(at: now) {
            guard let attempt = attempts[id], let error = attempt.error else { continue }
            attempts[id]?.error = nil
            queue.append(attempt.record)
            retried.append((id, error))
        }
        return retried
    }

    /// Takes out everything that the transport does not have, as failed.
    mutating func shutDown() -> [RecordOutcome] {
        isShutDown = true
        let error = TransportError(.notRunning, "shut down before it was sent")
        var failed = gate.removeWaiting().map { RecordOutcome($0.id, .failed(error)) }
        while let record = queue.popFirst() {
            attempts[record.id] = nil
            failed.append(RecordOutcome(record.id, .failed(error)))
        }
        for (id, attempt) in attempts {
            guard let error = attempt.error else { continue }
            attempts[id] = nil
            failed.append(RecordOutcome(id, .failed(error)))
        }
        backoffs = DeadlineQueue<RecordID>()
        return failed
    }
}
