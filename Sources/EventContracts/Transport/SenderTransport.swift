import Locks

/// A transport for a ``RecordSender``: runs its `async` function for several records at once, and keeps the order of each
/// key.
///
/// A record is sent after the outcome of the previous one with the same key, or the same explicit partition. Records of
/// different keys, and those without a key, are sent side by side.
public final class SenderTransport<Sender: RecordSender>: Transport {
    private struct State {
        var session: TransportSession?
        var gate = LaneGate()
        /// Records that may be sent, and wait for a task.
        var ready = RingBuffer<OutboundRecord>()
        var accepted = 0
        var isFull = false
        var tasks: [Int: Task<Void, Never>] = [:]
        var lastTask = 0
        var flushes: [UnsafeContinuation<Void, Never>] = []
        var isShutDown = false
    }

    /// The sender.
    public let sender: Sender
    private let concurrency: Int
    private let capacity: Int
    private let state = Lock(State())

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - sender: The sender.
    ///   - concurrency: How many records are sent at once, at most.
    ///   - capacity: How many records are accepted before the producer has to wait. By default there is no limit but those
    ///     of the producer: records of a key that waits then never keep others out.
    public init(_ sender: Sender, concurrency: Int = 64, capacity: Int = .max) {
        self.sender = sender
        self.concurrency = max(concurrency, 1)
        self.capacity = max(capacity, 1)
    }

    public func start(_ session: TransportSession) async throws(TransportError) {
        let other = state.withLock { $0.session }
        guard other == nil || other?.sink === session.sink else { throw .usedByAnotherProducer }
        try await sender.start()
        state.withLock { $0.session = session }
    }

    public func enqueue(_ records: [OutboundRecord]) -> Int {
        state.withLock { state in
            guard !state.isShutDown else { return 0 }
            let count = min(records.count, capacity - state.accepted)
            state.isFull = count < records.count
            state.accepted += count
            for record in records.prefix(count) where state.gate.enter(record) { makeReady(record, &state) }
            return count
        }
    }

    /// Gives a record to a task: a new one, as long as there may be more.
    private func makeReady(_ record: OutboundRecord, _ state: inout State) {
        state.ready.append(record)
        guard state.tasks.count < concurrency else { return }
        state.lastTask += 1
        let number = state.lastTask
        state.tasks[number] = Task { await self.sendReady(task: number) }
    }

    private func sendReady(task number: Int) async {
        while let record = next(for: number) {
            let outcome: DeliveryOutcome
            do throws(TransportError) {
                outcome = .delivered(try await sender.send(record.record))
            } catch {
                outcome = error.kind == .cancelled ? .unknown(error) : .failed(error)
            }
            complete(record, outcome)
        }
    }

    private func next(for task: Int) -> OutboundRecord? {
        state.withLock { state in
            if let record = state.ready.popFirst() { return record }
            state.tasks[task] = nil
            return nil
        }
    }

    private func complete(_ record: OutboundRecord, _ outcome: DeliveryOutcome) {
        let session = state.withLock { $0.session }
        // The record counts as accepted until it is reported, so that a flush waits for the report.
        session?.sink.complete([RecordOutcome(record.id, outcome)])
        let wasFull = state.withLock { state in
            if let next = state.gate.leave(record.id) { makeReady(next, &state) }
            defer { state.isFull = false }
            return state.isFull
        }
        end(1)
        if wasFull { session?.sink.ready() }
    }

    /// Records that records have been reported, and ends flushes where none is left.
    private func end(_ count: Int) {
        let flushes = state.withLock { state -> [UnsafeContinuation<Void, Never>] in
            state.accepted -= count
            guard state.accepted == 0 else { return [] }
            defer { state.flushes = [] }
            return state.flushes
        }
        for flush in flushes { flush.resume() }
    }

    public func flush() async throws(TransportError) {
        await withUnsafeContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.accepted > 0 { state.flushes.append(continuation) }
                return state.accepted == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    public func health() async -> TransportHealth {
        await sender.health()
    }

    /// Fails the records that have not been sent yet, cancels those that are being sent, and shuts the sender down.
    public func shutdown() async {
        let (session, waiting, tasks) = state.withLock { state in
            var waiting = state.gate.removeWaiting()
            while let record = state.ready.popFirst() { waiting.append(record) }
            state.isShutDown = true
            return (state.session, waiting, Array(state.tasks.values))
        }
        let error = TransportError(.notRunning, "shut down before it was sent")
        session?.sink.complete(waiting.map { RecordOutcome($0.id, .failed(error)) })
        end(waiting.count)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        await sender.shutdown()
        state.withLock { $0.session = nil }
    }
}
