import Synchronization

/// What has become, so far, of records that are delivered together.
final class DeliveryProgress: Sendable {
    private struct State {
        /// The last outcome of each record.
        var latest: [Result<Delivery, TransportError>?]
        /// Records whose outcome is final.
        var settled: Set<Int> = []
        /// Records whose outcome was told when the time was up.
        var told: Set<Int> = []
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(latest: Array(repeating: nil, count: count)))
    }

    /// Records that are not settled: not tried yet, or to be tried again.
    var open: [Int] {
        state.withLock { state in state.latest.indices.filter { !state.settled.contains($0) } }
    }

    /// The outcome of each record; `nil` where it is not final.
    var results: [Result<Delivery, TransportError>?] {
        state.withLock { Self.results(of: $0) }
    }

    var told: Set<Int> { state.withLock { $0.told } }

    /// Takes the outcomes of a try. A failure that may pass is final only in the last.
    func settle(_ results: [Result<Delivery, TransportError>], at indices: [Int], isLast: Bool) {
        state.withLock { state in
            for (index, result) in zip(indices, results) {
                state.latest[index] = result
                if case .failure(let error) = result, error.isRetriable, !isLast { continue }
                state.settled.insert(index)
            }
        }
    }

    /// Makes every last outcome final: nothing is tried again.
    func settleAll() {
        state.withLock { state in
            for (index, result) in state.latest.enumerated() where result != nil { state.settled.insert(index) }
        }
    }

    /// The final outcomes at the moment when the time is up.
    func tell() -> [Result<Delivery, TransportError>?] {
        state.withLock { state in
            state.told = state.settled
            return Self.results(of: state)
        }
    }

    private static func results(of state: State) -> [Result<Delivery, TransportError>?] {
        state.latest.enumerated().map { index, result in state.settled.contains(index) ? result : nil }
    }
}
