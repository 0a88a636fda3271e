import Locks

/// Measures how many of something run at once, in all and for each key.
final class ConcurrencyGauge: Sendable {
    private struct State {
        var running: [String: Int] = [:]
        var most = (inAll: 0, ofOneKey: 0)
    }

    private let state = Lock(State())

    var most: (inAll: Int, ofOneKey: Int) { state.withLock { $0.most } }

    func enter(_ key: String) {
        state.withLock { state in
            state.running[key, default: 0] += 1
            state.most.ofOneKey = max(state.most.ofOneKey, state.running[key, default: 0])
            state.most.inAll = max(state.most.inAll, state.running.values.reduce(0, +))
        }
    }

    func leave(_ key: String) {
        state.withLock { $0.running[key, default: 0] -= 1 }
    }
}
