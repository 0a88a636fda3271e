import Synchronization

/// Messages that wait to be sent in the background: bounded, first in, first out, for one worker.
final class BackgroundQueue: Sendable {
    enum Offer: Hashable, Sendable {
        case queued, full, closed
    }

    private struct State: Sendable {
        var messages: [OutgoingMessage] = []
        /// Where the queue begins: what lies before has been taken, and is cut off a batch at a time.
        var head = 0
        var isOpen = false
        var isFinished = false
        var worker: CheckedContinuation<Void, Never>?

        var count: Int { messages.count - head }
    }

    let capacity: Int
    private let state = Mutex(State())
    private let onChange: @Sendable (_ depth: Int) -> Void

    /// - Parameter onChange: Is told how many messages wait whenever that changes: under the lock, so that the last that
    ///   it hears is how things stand.
    init(capacity: Int, onChange: @escaping @Sendable (_ depth: Int) -> Void) {
        self.capacity = capacity
        self.onChange = onChange
    }

    var count: Int { state.withLock { $0.count } }

    func open() {
        state.withLock { $0.isOpen = !$0.isFinished }
    }

    func offer(_ message: OutgoingMessage) -> Offer {
        let (offer, worker) = state.withLock { state -> (Offer, CheckedContinuation<Void, Never>?) in
            guard state.isOpen else { return (.closed, nil) }
            guard state.count < capacity else { return (.full, nil) }
            state.messages.append(message)
            onChange(state.count)
            defer { state.worker = nil }
            return (.queued, state.worker)
        }
        worker?.resume()
        return offer
    }

    /// Waits for messages and takes up to so many; `nil` when the queue is closed and empty.
    func take(upTo count: Int) async -> [OutgoingMessage]? {
        while true {
            let batch = state.withLock { state -> [OutgoingMessage]? in
                guard state.count > 0 else { return state.isFinished ? nil : [] }
                let end = state.head + min(max(count, 1), state.count)
                let batch = Array(state.messages[state.head..<end])
                state.head = end
                if state.head * 2 >= state.messages.count {
                    state.messages.removeFirst(state.head)
                    state.head = 0
                }
                onChange(state.count)
                return batch
            }
            guard let batch else { return nil }
            if !batch.isEmpty { return batch }
            await waitForChange()
        }
    }

    private func waitForChange() async {
        await withCheckedContinuation { continuation in
            let isChanged = state.withLock { state in
                if state.count > 0 || state.isFinished { return true }
                state.worker = continuation
                return false
            }
            if isChanged { continuation.resume() }
        }
    }

    /// Takes no more messages; those in the queue can still be taken out.
    func close() {
        let worker = state.withLock { state in
            state.isOpen = false
            state.isFinished = true
            defer { state.worker = nil }
            return state.worker
        }
        worker?.resume()
    }

    /// Takes out everything at once.
    func removeAll() -> [OutgoingMessage] {
        state.withLock { state in
            defer {
                state.messages = []
                state.head = 0
                onChange(0)
            }
            return Array(state.messages[state.head...])
        }
    }
}
