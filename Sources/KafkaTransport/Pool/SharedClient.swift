import EventContracts
import Locks

/// A transport that several producers share. It numbers records, and returns to each producer the outcomes of its own.
final class SharedClient: Sendable {
    /// One producer of the client.
    struct Member: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Slot: Sendable {
        let member: Member
        /// With the producer's number. Keeps the record in memory, also after its producer has given it up.
        let record: OutboundRecord
    }

    private struct MemberState {
        let sink: any DeliverySink
        var pending = 0
        /// Those that wait until nothing is pending, by their numbers.
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private struct State {
        var slots = SlotTable<Slot>()
        var members: [Member: MemberState] = [:]
        var lastNumber = 0

        /// Records that records of a member are no longer pending.
        ///
        /// - Returns: Those that waited for it.
        mutating func settle(_ count: Int, of member: Member) -> [CheckedContinuation<Void, Never>] {
            guard var settled = members[member] else { return [] }
            settled.pending -= count
            let waiters = settled.pending == 0 ? Array(settled.waiters.values) : []
            if settled.pending == 0 { settled.waiters = [:] }
            members[member] = settled
            return waiters
        }
    }

    private let transport: KafkaTransport
    private let state = Lock(State())

    init(_ transport: KafkaTransport) {
        self.transport = transport
    }

    /// - Parameter topics: The topics of the client's first producer, by their names on the broker.
    func start(topics: [String: Topic]) async -> Result<Void, TransportError> {
        do throws(TransportError) {
            return .success(try await transport.start(TransportSession(sink: self, topics: topics)))
        } catch {
            return .failure(error)
        }
    }

    /// Ends the client when all of its records have their outcomes, which librdkafka's delivery timeout limits.
    func close() async {
        // Fails only where the client did not start.
        try? await transport.flush()
        await transport.shutdown()
    }

    // MARK: Members

    func join(_ sink: any DeliverySink) -> Member {
        state.withLock { state in
            state.lastNumber += 1
            let member = Member(number: state.lastNumber)
            state.members[member] = MemberState(sink: sink)
            return member
        }
    }

    /// Ends a member. Its records without an outcome are reported as unknown; the client still sends them.
    func leave(_ member: Member) {
        let (left, pending) = state.withLock { state -> (MemberState?, [RecordID]) in
            let left = state.members.removeValue(forKey: member)
            let pending = state.slots.ids.compactMap { id -> RecordID? in
                guard let slot = state.slots[id], slot.member == member else { return nil }
                return slot.record.id
            }
            return (left, pending)
        }
        guard let left else { return }
        let error = TransportError(.notRunning, "the producer was shut down before the record was acknowledged")
        if !pending.isEmpty { left.sink.complete(pending.map { RecordOutcome($0, .unknown(error)) }) }
        for waiter in left.waiters.values { waiter.resume() }
    }

    /// Fetches the leaders of a member's topics.
    func prepare(topics: Set<String>) async throws(TransportError) {
        try await transport.prepare(topics: topics)
    }

    func enqueue(_ records: [OutboundRecord], of member: Member) -> Int {
        let renumbered: [OutboundRecord] = state.withLock { state in
            guard state.members[member] != nil else { return [] }
            state.members[member]?.pending += records.count
            return records.map { record in
                OutboundRecord(id: state.slots.insert(Slot(member: member, record: record)), of: record)
            }
        }
        guard !renumbered.isEmpty else { return 0 }
        let accepted = transport.enqueue(renumbered)
        if accepted < renumbered.count {
            let waiters = state.withLock { state in
                for record in renumbered[accepted...] { state.slots.remove(record.id) }
                return state.settle(renumbered.count - accepted, of: member)
            }
            for waiter in waiters { waiter.resume() }
        }
        return accepted
    }

    /// Waits until all records of a member have their outcomes, or the waiting task is cancelled.
    func flush(_ member: Member) async {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !Task.isCancelled, let pending = state.members[member]?.pending, pending > 0 else {
                        return true
                    }
                    state.members[member]?.waiters[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.members[member]?.waiters.removeValue(forKey: number) }?.resume()
        }
    }

    func health(of topics: Set<String>) async -> TransportHealth {
        var health = await transport.health(of: topics)
        health.details["producers_of_client"] = String(state.withLock { $0.members.count })
        return health
    }
}

extension SharedClient: DeliverySink {
    func complete(_ outcomes: [RecordOutcome]) {
        let reports = state.withLock { state in
            var reports: [Member: [RecordOutcome]] = [:]
            for outcome in outcomes {
                guard let slot = state.slots.remove(outcome.id), state.members[slot.member] != nil else { continue }
                reports[slot.member, default: []].append(RecordOutcome(slot.record.id, outcome.outcome))
            }
            return reports.compactMap { member, outcomes in
                state.members[member].map { (member: member, sink: $0.sink, outcomes: outcomes) }
            }
        }
        for report in reports { report.sink.complete(report.outcomes) }
        // Only now: a flush ends when the producer has its outcomes.
        let waiters = state.withLock { state in
            reports.flatMap { state.settle($0.outcomes.count, of: $0.member) }
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Does nothing: librdkafka retries by itself, and this is never called.
    func retrying(_ records: [RecordID], after error: TransportError) {}

    func ready() {
        for sink in sinks { sink.ready() }
    }

    func connectionChanged(isUp: Bool) {
        for sink in sinks { sink.connectionChanged(isUp: isUp) }
    }

    private var sinks: [any DeliverySink] {
        state.withLock { $0.members.values.map(\.sink) }
    }
}
