import EventContracts
import Locks

/// A transport that takes so many records at once, and delivers or fails them when the test says so.
final class BoundedTransport: Transport {
    private struct State {
        var session: TransportSession?
        var pending: [OutboundRecord] = []
        var delivered: [Record] = []
        var offers = 0
        var isFull = false
        var waiters: [(condition: @Sendable (State) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let capacity: Int
    private let state = Lock(State())
    let failuresAreFinal = true

    init(capacity: Int) {
        self.capacity = capacity
    }

    private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, ready) = state.withLock { state in
            let result = body(&state)
            let ready = state.waiters.filter { $0.condition(state) }.map(\.continuation)
            let snapshot = state
            state.waiters.removeAll { $0.condition(snapshot) }
            return (result, ready)
        }
        for waiter in ready { waiter.resume() }
        return result
    }

    private func wait(until condition: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let holds = state.withLock { state in
                if condition(state) { return true }
                state.waiters.append((condition, continuation))
                return false
            }
            if holds { continuation.resume() }
        }
    }

    /// The texts of what it has, and of what it has delivered, in order.
    var pending: [Record] { state.withLock { $0.pending.map(\.record) } }
    var delivered: [Record] { state.withLock { $0.delivered } }

    func waitForPending(_ count: Int) async { await wait { $0.pending.count >= count } }
    func waitForOffers(_ count: Int) async { await wait { $0.offers >= count } }

    /// Reports the first of the records that it has.
    func complete(_ count: Int = 1, _ outcome: (@Sendable (Record) -> DeliveryOutcome)? = nil) {
        let (session, outcomes, wasFull) = change { state in
            let records = state.pending.prefix(count)
            state.pending.removeFirst(records.count)
            let outcomes = records.map { outbound in
                let record = outbound.record
                let delivery = Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: Bench.time)
                let outcome = outcome?(record) ?? .delivered(delivery)
                if case .delivered = outcome { state.delivered.append(record) }
                return RecordOutcome(outbound.id, outcome)
            }
            defer { state.isFull = false }
            return (state.session, outcomes, state.isFull)
        }
        session?.sink.complete(outcomes)
        if wasFull { session?.sink.ready() }
    }

    func start(_ session: TransportSession) async throws(TransportError) {
        change { $0.session = session }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        change { state in
            let count = min(records.count, capacity - state.pending.count)
            state.offers += records.count
            state.isFull = count < records.count
            state.pending += records.prefix(count)
            return count
        }
    }

    func flush() async throws(TransportError) {
        await wait { $0.pending.isEmpty }
    }

    func health() async -> TransportHealth { TransportHealth(.healthy) }

    func shutdown() async {
        complete(.max) { _ in .failed(TransportError(.notRunning, "shut down")) }
    }
}
