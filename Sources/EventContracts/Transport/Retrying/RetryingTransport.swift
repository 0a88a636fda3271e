import Locks

/// A transport that adds retries to one that has none of its own: with backoff, until the sender's timeout, and without
/// a change of order.
///
/// One record of each key, or explicit partition, is with the transport at a time. So a record that is sent again holds up
/// later records of its key, and no others.
final class RetryingTransport: Transport {
    private let base: any Transport
    private let maximumRetries: Int
    private let backoff: Backoff
    private let clock: ElapsedClock
    private let state = Lock(RetryState())

    init(_ base: any Transport, maximumRetries: Int, backoff: Backoff, clock: ElapsedClock) {
        self.base = base
        self.maximumRetries = maximumRetries
        self.backoff = backoff
        self.clock = clock
    }

    var failuresAreFinal: Bool { true }

    func start(_ session: TransportSession) async throws(TransportError) {
        state.withLock { $0.session = session }
        try await base.start(TransportSession(sink: self, topics: session.topics, contracts: session.contracts))
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        let count = state.withLock { $0.accept(records) }
        handOver()
        return count
    }

    /// Offers records to the transport until it takes no more or none is left, unless another thread does so already.
    private func handOver() {
        var offer: [OutboundRecord] = []
        while true {
            var expired: [RecordOutcome] = []
            let now = clock.now
            state.withLock { $0.takeOffer(into: &offer, expired: &expired, at: now) }
            report(expired)
            if offer.isEmpty { return }
            let accepted = base.enqueue(offer)
            report(state.withLock { $0.endOffer(offer, accepted: accepted) })
            offer.removeAll(keepingCapacity: true)
        }
    }

    func flush() async throws(TransportError) {
        try await base.flush()
        await withUnsafeContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.open > 0 { state.flushes.append(continuation) }
                return state.open == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    func health() async -> TransportHealth {
        await base.health()
    }

    func shutdown() async {
        let (failed, timer) = state.withLock { state in
            defer { state.timer = nil }
            return (state.shutDown(), state.timer?.task)
        }
        timer?.cancel()
        report(failed)
        await base.shutdown()
    }

    // MARK: Timer

    /// Sends records again whose wait is over. One sleeping task serves all.
    private func setTimer(_ state: inout RetryState) -> Task<Void, Never>? {
        guard let due = state.backoffs.earliest else { return nil }
        let timer = state.timer
        if let timer, timer.due <= due { return nil }
        let task = Task { [weak self, clock] in
            do { try await clock.sleep(until: due) } catch { return }
            self?.endBackoffs()
        }
        state.timer = (due, task)
        return timer?.task
    }

    private func endBackoffs() {
        let now = clock.now
        let (retried, session) = state.withLock { state in
            if let due = state.timer?.due, due <= now { state.timer = nil }
            defer { _ = setTimer(&state) }
            return (state.endBackoffs(at: now), state.session)
        }
        for (error, ids) in Dictionary(grouping: retried, by: \.error) {
            session?.sink.retrying(ids.map(\.id), after: error)
        }
        handOver()
    }

    private func report(_ outcomes: [RecordOutcome]) {
        guard !outcomes.isEmpty else { return }
        let session = state.withLock { $0.session }
        session?.sink.complete(outcomes)
        // A record counts as open until it is reported, so that a flush waits for the report.
        let flushes = state.withLock { $0.end(outcomes.count) }
        for flush in flushes { flush.resume() }
    }
}

extension RetryingTransport: DeliverySink {
    func complete(_ outcomes: [RecordOutcome]) {
        let chance = Double.random(in: 0...1)
        var final: [RecordOutcome] = []
        let (replaced, session, isUnavailable) = state.withLock { state in
            var isUnavailable = false
            for outcome in outcomes {
                if case .failed(let error) = outcome.outcome, error.isRetriable,
                    retry(outcome.id, error, chance: chance, &state)
                {
                    isUnavailable = isUnavailable || error.kind == .unavailable
                } else {
                    final.append(outcome)
                    state.letNextThrough(after: outcome.id)
                }
            }
            return (setTimer(&state), state.session, isUnavailable)
        }
        replaced?.cancel()
        if isUnavailable { session?.sink.connectionChanged(isUp: false) }
        report(final)
        handOver()
    }

    /// Sends a record again after a wait, unless its retries or its time are used up by then.
    private func retry(_ id: RecordID, _ error: TransportError, chance: Double, _ state: inout RetryState) -> Bool {
        guard let attempt = state.attempts[id], attempt.retries < maximumRetries else { return false }
        let due = clock.now + backoff.delay(beforeRetry: attempt.retries + 1, chance: chance)
        guard due < attempt.record.message.due else { return false }
        return state.retry(id, error, at: due)
    }

    func retrying(_ records: [RecordID], after error: TransportError) {
        state.withLock { $0.session }?.sink.retrying(records, after: error)
    }

    func ready() {
        state.withLock { state in
            state.isBlocked = false
            state.wasReady = true
        }
        handOver()
    }

    func connectionChanged(isUp: Bool) {
        state.withLock { $0.session }?.sink.connectionChanged(isUp: isUp)
    }
}
