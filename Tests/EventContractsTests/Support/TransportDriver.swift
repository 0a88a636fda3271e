import EventContracts
import Locks

/// Sends records on a transport as a producer does, and waits for their outcomes.
final class TransportDriver: DeliverySink {
    typealias Outcome = Result<Delivery, TransportError>

    private struct State {
        var lastID: UInt64 = 0
        var waiting: [RecordID: CheckedContinuation<Outcome, Never>] = [:]
        /// Outcomes that came before their senders waited.
        var early: [RecordID: Outcome] = [:]
        var isReady = false
        var blocked: [CheckedContinuation<Void, Never>] = []
    }

    let transport: any Transport
    private let state = Lock(State())

    init(_ transport: any Transport) {
        self.transport = transport
    }

    func start(topics: [Topic] = []) async throws(TransportError) {
        try await transport.start(
            TransportSession(sink: self, topics: Dictionary(uniqueKeysWithValues: topics.map { ($0.name, $0) })))
    }

    @discardableResult
    func send(_ record: Record) async throws(TransportError) -> Delivery {
        let results = await send(batch: [record])
        return try results[0].get()
    }

    func send(batch records: [Record]) async -> [Outcome] {
        var rest = records.map { OutboundRecord(id: nextID(), record: $0) }
        let ids = rest.map(\.id)
        while !rest.isEmpty {
            state.withLock { $0.isReady = false }
            rest.removeFirst(transport.enqueue(rest))
            if !rest.isEmpty { await waitUntilReady() }
        }
        var outcomes: [Outcome] = []
        for id in ids { outcomes.append(await outcome(of: id)) }
        return outcomes
    }

    private func nextID() -> RecordID {
        state.withLock { state in
            state.lastID += 1
            return RecordID(rawValue: state.lastID)
        }
    }

    private func waitUntilReady() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if !state.isReady { state.blocked.append(continuation) }
                return state.isReady
            }
            if isReady { continuation.resume() }
        }
    }

    private func outcome(of id: RecordID) async -> Outcome {
        await withCheckedContinuation { continuation in
            let early = state.withLock { state in
                let early = state.early.removeValue(forKey: id)
                if early == nil { state.waiting[id] = continuation }
                return early
            }
            if let early { continuation.resume(returning: early) }
        }
    }

    func complete(_ outcomes: [RecordOutcome]) {
        for outcome in outcomes {
            let result: Outcome =
                switch outcome.outcome {
                case .delivered(let delivery): .success(delivery)
                case .failed(let error), .unknown(let error): .failure(error)
                }
            let continuation = state.withLock { state in
                let continuation = state.waiting.removeValue(forKey: outcome.id)
                if continuation == nil { state.early[outcome.id] = result }
                return continuation
            }
            continuation?.resume(returning: result)
        }
    }

    func ready() {
        let blocked = state.withLock { state in
            state.isReady = true
            defer { state.blocked = [] }
            return state.blocked
        }
        for continuation in blocked { continuation.resume() }
    }

    func retrying(_ records: [RecordID], after error: TransportError) {}
    func connectionChanged(isUp: Bool) {}
}
