import Synchronization

/// Records that wait to be sent: bounded, and never waited for by who adds to it.
final class BackgroundQueue: Sendable {
    private struct State {
        var records: [Record] = []
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { state.withLock { $0.records.count } }

    enum Refusal {
        case full
        case closed
    }

    /// Adds a record at once, or says why not.
    func add(_ record: Record) -> Refusal? {
        let (refusal, waiter) = state.withLock { state in
            guard !state.isClosed else { return (Refusal?.some(.closed), CheckedContinuation<Void, Never>?.none) }
            guard state.records.count < capacity else { return (.full, nil) }
            state.records.append(record)
            defer { state.waiter = nil }
            return (nil, state.waiter)
        }
        waiter?.resume()
        return refusal
    }

    /// The next records, in order, when there are any; `nil` when the queue is closed and empty. For one reader.
    func next(atMost maximum: Int) async -> [Record]? {
        while true {
            let (records, isOver) = state.withLock { state in
                let records = Array(state.records.prefix(maximum))
                state.records.removeFirst(records.count)
                return (records, records.isEmpty && state.isClosed)
            }
            if isOver { return nil }
            if !records.isEmpty { return records }
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if !state.records.isEmpty || state.isClosed { return true }
                    state.waiter = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        }
    }

    /// Takes no more records. What is there can still be read.
    func close() {
        let waiter = state.withLock { state in
            state.isClosed = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Takes out what has not been read.
    func removeAll() -> [Record] {
        state.withLock { state in
            defer { state.records = [] }
            return state.records
        }
    }
}
