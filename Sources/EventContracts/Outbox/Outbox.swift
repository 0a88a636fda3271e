import Locks

/// The messages of a producer between their acceptance and their outcome.
///
/// There is one queue for all ways of sending, in the order of acceptance: this is what keeps the order of calls for each
/// key. Whoever adds to the queue offers its front to the transport, on the same thread, unless another thread is just
/// doing so, which then takes the new messages as well. Outcomes are counted under the same lock, once for each report of
/// the transport; tasks are resumed after it, and only where one waits.
final class Outbox: Sendable {
    /// After so many offers in a row, a sender leaves the rest to a task, so that it is not held up by the others.
    private static let mostOffersInARow = 64
    /// The number of background messages that are offered together while more come, and how long fewer wait for that.
    private static let backgroundOffer = 64
    private static let backgroundLinger = Duration.milliseconds(1)

    private struct Guarded: Sendable {
        var state: OutboxState
        var timer: (due: Duration, task: Task<Void, Never>)?
        /// Whether a task offers the queue to the transport soon.
        var isLingering = false
        /// Memory for the next settlement.
        var settlement = Settlement()
    }

    let recorder: DeliveryRecorder
    private let transport: any Transport
    private let clock: ElapsedClock
    private let now: @Sendable () -> Timestamp
    /// Whether background messages wait for others, to be offered together.
    private let lingers: Bool
    private let guarded: Lock<Guarded>

    init(
        transport: any Transport, limits: OutboxState.Load, recorder: DeliveryRecorder, clock: ElapsedClock,
        now: @escaping @Sendable () -> Timestamp, lingers: Bool
    ) {
        self.transport = transport
        self.recorder = recorder
        self.clock = clock
        self.now = now
        self.lingers = lingers
        guarded = Lock(Guarded(state: OutboxState(limits: limits, metrics: recorder.metrics)))
    }

    deinit {
        guarded.withLock { $0.timer?.task.cancel() }
    }

    /// Runs a body under the lock.
    func withState<Result: Sendable>(_ body: (inout OutboxState) -> Result) -> Result {
        guarded.withLock { body(&$0.state) }
    }

    var statistics: ProducerStatistics {
        withState { state in
            var statistics = state.statistics
            statistics.backgroundQueued = state.background.messages
            return statistics
        }
    }

    // MARK: Acceptance

    /// Accepts messages, sets the timer, and offers the queue to the transport.
    ///
    /// - Parameter body: Accepts under the lock; returns `nil` where it does not.
    func accept<Accepted: Sendable>(_ body: (inout OutboxState) -> Accepted?) -> Accepted? {
        var offer: [OutboundRecord] = []
        let (accepted, replaced) = guarded.withLock { guarded -> (Accepted?, Task<Void, Never>?) in
            guard guarded.state.gate.accepts, let accepted = body(&guarded.state) else { return (nil, nil) }
            offer = guarded.state.takeOffer()
            return (accepted, setTimer(&guarded))
        }
        // Outside of the lock: a cancelled sleep runs the clock's own code.
        replaced?.cancel()
        handOver(offer)
        return accepted
    }

    /// Accepts a message of the background.
    ///
    /// Nobody waits for it, so that it may linger where the transport makes batches too: messages that come fast are offered
    /// many at once. A message that its sender waits for makes the whole queue be offered.
    ///
    /// - Parameters:
    ///   - isPatient: Whether the message would wait for room, behind others that do.
    ///   - room: The continuation to resume once a message without room has some; without one, such a message is not
    ///     accepted.
    /// - Returns: `nil` where nothing is accepted.
    func acceptInBackground(
        _ message: OutgoingMessage, isPatient: Bool, whenRoom room: UnsafeContinuation<ProducerError?, Never>? = nil
    ) -> OutboxState.BackgroundAcceptance? {
        var offer: [OutboundRecord] = []
        var (beginsToLinger, replaced): (Bool, Task<Void, Never>?) = (false, nil)
        let accepted = guarded.withLock { guarded -> OutboxState.BackgroundAcceptance? in
            guard guarded.state.gate.accepts else { return nil }
            let accepted = guarded.state.acceptInBackground(message, isPatient: isPatient, whenRoom: room)
            if lingers, case .queued = accepted, guarded.state.queued < Self.backgroundOffer {
                beginsToLinger = !guarded.isLingering
                guarded.isLingering = true
            } else {
                guarded.state.reportBackground()
                offer = guarded.state.takeOffer()
            }
            replaced = setTimer(&guarded)
            return accepted
        }
        replaced?.cancel()
        if beginsToLinger { linger() }
        handOver(offer)
        return accepted
    }

    /// Offers the queue to the transport in a while. Keeps the outbox in memory until then.
    private func linger() {
        Task {
            // Never cancelled.
            try? await Task.sleep(for: Self.backgroundLinger)
            handOver(
                guarded.withLock { guarded in
                    guarded.isLingering = false
                    guarded.state.reportBackground()
                    return guarded.state.takeOffer()
                })
        }
    }

    // MARK: Hand-over

    /// Offers records to the transport until it takes no more or the queue is empty.
    private func handOver(_ first: consuming [OutboundRecord]) {
        var offer = first
        for _ in 0..<Self.mostOffersInARow {
            if offer.isEmpty { return }
            let accepted = transport.enqueue(offer)
            var idle: [UnsafeContinuation<Void, Never>] = []
            guarded.withLock { guarded in
                guarded.state.endOffer(&offer, accepted: accepted)
                offer = guarded.state.takeOffer()
                if offer.isEmpty { idle = guarded.state.takeIdleWaiters() }
            }
            for continuation in idle { continuation.resume() }
        }
        let rest = offer
        if !rest.isEmpty { Task { self.handOver(rest) } }
    }

    /// Begins to send: what was accepted before goes first.
    func open() {
        resumeHandOver { $0.gate = .open }
    }

    private func resumeHandOver(_ change: (inout OutboxState) -> Void) {
        handOver(
            guarded.withLock { guarded in
                change(&guarded.state)
                return guarded.state.takeOffer()
            })
    }

    // MARK: Outcomes

    /// Settles messages under the lock, and does afterwards what follows from it: metrics, log lines, resumed tasks.
    func settle(time: Timestamp? = nil, _ body: (inout OutboxState, inout Settlement) -> Void) {
        var settlement = Settlement()
        var offer: [OutboundRecord] = []
        guarded.withLock { guarded in
            swap(&settlement, &guarded.settlement)
            body(&guarded.state, &settlement)
            guarded.state.recording += 1
            offer = guarded.state.takeOffer()
        }
        recorder.record(settlement, at: time)
        for resumption in settlement.resumptions { resumption.resume() }
        settlement.removeAll()
        let idle = guarded.withLock { guarded in
            guarded.state.recording -= 1
            swap(&settlement, &guarded.settlement)
            return guarded.state.takeIdleWaiters()
        }
        for continuation in idle { continuation.resume() }
        handOver(offer)
    }

    func abandon(_ ids: [RecordID], _ reason: GiveUp) {
        let now = clock.now
        settle { state, settlement in
            for id in ids { state.abandon(id, reason, at: now, &settlement) }
        }
    }

    /// Ends the wait of all senders.
    func abandonAll(_ reason: GiveUp) {
        let now = clock.now
        let task = guarded.withLock { guarded in
            guarded.state.gate = .shut
            defer { guarded.timer = nil }
            return guarded.timer?.task
        }
        task?.cancel()
        settle { state, settlement in
            for id in state.slots.ids { state.abandon(id, reason, at: now, &settlement) }
        }
    }

    // MARK: Timeouts

    /// Makes the timer end when the first message gives up.
    ///
    /// One sleeping task serves all messages. A task for each would be simpler, but a cancelled sleep stays in the
    /// runtime's timer queue until its time comes: 300,000 cancelled sleeps of two minutes were measured to hold 213 MB.
    ///
    /// - Returns: The task that is no longer needed.
    private func setTimer(_ guarded: inout Guarded) -> Task<Void, Never>? {
        guard let due = guarded.state.deadlines.earliest else { return nil }
        if let earlier = guarded.timer?.due, earlier <= due { return nil }
        let replaced = guarded.timer?.task
        guarded.timer = (due, sleep(until: due))
        return replaced
    }

    private func sleep(until due: Duration) -> Task<Void, Never> {
        Task { [weak self, clock] in
            do { try await clock.sleep(until: due) } catch { return }
            self?.abandonDue()
        }
    }

    private func abandonDue() {
        let now = clock.now
        settle { state, settlement in
            state.abandonDue(at: now, &settlement)
        }
        guarded.withLock { guarded in
            // Another timer may have been set since this one ended.
            if let due = guarded.timer?.due, due > now { return }
            guarded.timer = nil
            _ = setTimer(&guarded)
        }
    }
}

extension Outbox: DeliverySink {
    func complete(_ outcomes: [RecordOutcome]) {
        guard !outcomes.isEmpty else { return }
        let (elapsed, time) = (clock.now, now())
        var unexpected = 0
        settle(time: time) { state, settlement in
            var isUp: Bool?
            for outcome in outcomes {
                if !state.report(outcome, at: elapsed, time: time, &settlement) { unexpected += 1 }
                if isUp != true { isUp = outcome.outcome.connectionIsUp ?? isUp }
            }
            state.changeInFlight(by: unexpected - outcomes.count)
            state.reportBackground()
            if let isUp { state.noteConnection(isUp: isUp) }
            state.admitHeld(&settlement)
        }
        if unexpected > 0 { recorder.reportedTwice(unexpected) }
    }

    func retrying(_ records: [RecordID], after error: TransportError) {
        let messages = withState { state in
            state.statistics.retries += records.count
            if error.kind == .unavailable { state.noteConnection(isUp: false) }
            return records.compactMap { state.slots[$0]?.message }
        }
        recorder.retried(messages, after: error)
    }

    func ready() {
        resumeHandOver { state in
            state.isBlocked = false
            state.wasReady = true
        }
    }

    func connectionChanged(isUp: Bool) {
        withState { $0.noteConnection(isUp: isUp) }
    }
}

extension DeliveryOutcome {
    /// Updates the state of the connection from an outcome: it is up after any delivery, and down if the transport
    /// can't reach the receiver.
    fileprivate var connectionIsUp: Bool? {
        switch self {
        case .delivered: true
        case .failed(let error), .unknown(let error):
            error.kind == .unavailable || error.kind == .notAuthorized ? false : nil
        }
    }
}
