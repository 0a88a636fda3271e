import EventContracts
import Locks

/// Keeps a transport's reports, and wakes a test that waits for them.
final class RecordingSink: DeliverySink {
    private struct State {
        var outcomes: [UInt64: DeliveryOutcome] = [:]
        var reports = 0
        var readies = 0
        var isConnectionLost = false
        var waiters: [(isDone: @Sendable (State) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Lock(State())

    /// The outcomes by the records' ids.
    var outcomes: [UInt64: DeliveryOutcome] { state.withLock { $0.outcomes } }
    /// The number of reports, of which each record should have one.
    var reports: Int { state.withLock { $0.reports } }

    private func change(_ body: (inout State) -> Void) {
        let done = state.withLock { state in
            body(&state)
            let done = state.waiters.filter { $0.isDone(state) }
            let copy = state
            state.waiters.removeAll { $0.isDone(copy) }
            return done.map(\.continuation)
        }
        for continuation in done { continuation.resume() }
    }

    private func wait(until isDone: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in change { $0.waiters.append((isDone, continuation)) } }
    }

    /// Waits until so many records have an outcome.
    func waitForOutcomes(_ count: Int) async { await wait { $0.outcomes.count >= count } }

    /// Waits until there was room again so many times in all.
    func waitForRoom(_ count: Int) async { await wait { $0.readies >= count } }

    /// Waits until the transport has noticed that no broker is connected. What brokers sent before has been read then.
    func waitForLossOfConnection() async { await wait { $0.isConnectionLost } }

    func complete(_ outcomes: [RecordOutcome]) {
        change { state in
            for outcome in outcomes { state.outcomes[outcome.id.rawValue] = outcome.outcome }
            state.reports += outcomes.count
        }
    }

    func retrying(_ records: [RecordID], after error: TransportError) {}
    func ready() { change { $0.readies += 1 } }
    func connectionChanged(isUp: Bool) { change { $0.isConnectionLost = !isUp } }
}

extension KafkaConfigurationForTests {
    /// Sends records, and offers the rest again whenever there is room.
    static func enqueueAll(
        _ records: [OutboundRecord], on transport: some Transport, _ sink: RecordingSink
    ) async {
        var rest = records[...]
        var rooms = 0
        while !rest.isEmpty {
            rest = rest.dropFirst(transport.enqueue(Array(rest)))
            guard !rest.isEmpty else { return }
            rooms += 1
            await sink.waitForRoom(rooms)
        }
    }
}

/// Configurations that tests begin with.
enum KafkaConfigurationForTests {
    static func make(_ address: String) -> KafkaConfiguration {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.bootstrapServers = [address]
        configuration.producer.linger = .zero
        return configuration
    }
}
