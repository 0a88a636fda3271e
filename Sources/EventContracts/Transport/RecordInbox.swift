import Locks

/// The records that a transport has accepted, and that its own thread takes together as soon as it is ready for them.
final class RecordInbox: Sendable {
    private struct State {
        var sink: (any DeliverySink)?
        var records: [OutboundRecord] = []
        /// Whether the thread has been scheduled.
        var isScheduled = false
        var isFull = false
    }

    private let capacity: Int
    private let state = Lock(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Accepts records from now on, whose outcomes are reported to a sink.
    func open(_ sink: any DeliverySink) {
        state.withLock { $0.sink = sink }
    }

    /// Returns whether outcomes are reported to a sink.
    func isOpen(to sink: any DeliverySink) -> Bool {
        state.withLock { $0.sink === sink }
    }

    /// Adds records.
    ///
    /// - Parameter schedule: Has ``drain(_:)`` called on the transport's thread.
    /// - Returns: How many there was room for.
    func add(_ records: [OutboundRecord], schedule: () -> Void) -> Int {
        let (count, isFirst) = state.withLock { state in
            guard state.sink != nil else { return (0, false) }
            let count = min(records.count, capacity - state.records.count)
            state.isFull = count < records.count
            state.records += records.prefix(count)
            defer { state.isScheduled = state.isScheduled || count > 0 }
            return (count, count > 0 && !state.isScheduled)
        }
        if isFirst { schedule() }
        return count
    }

    /// Takes out all records, and reports their outcomes.
    func drain(_ send: ([OutboundRecord]) -> [Result<Delivery, TransportError>]) {
        while true {
            let (records, sink, wasFull) = state.withLock { state in
                defer {
                    state.isScheduled = !state.records.isEmpty
                    state.records = []
                    state.isFull = false
                }
                return (state.records, state.sink, state.isFull)
            }
            if wasFull { sink?.ready() }
            guard !records.isEmpty else { return }
            let outcomes = zip(records, send(records)).map { record, result in
                switch result {
                case .success(let delivery): RecordOutcome(record.id, .delivered(delivery))
                case .failure(let error): RecordOutcome(record.id, .failed(error))
                }
            }
            sink?.complete(outcomes)
        }
    }

    /// Fails the remaining records, and accepts no more.
    func close() {
        let (records, sink) = state.withLock { state in
            defer {
                state.records = []
                state.sink = nil
            }
            return (state.records, state.sink)
        }
        guard !records.isEmpty else { return }
        let error = TransportError(.notRunning, "shut down before it was written")
        sink?.complete(records.map { RecordOutcome($0.id, .failed(error)) })
    }
}
