import Synchronization

/// The flights that are not settled yet. Admits none before the producer runs or when it shuts down.
final class FlightTable: Sendable {
    /// Who may still take off.
    private enum Gate: Sendable {
        /// Nobody: not running yet, or everything has been abandoned.
        case shut
        /// Only what was accepted earlier: the background queue.
        case draining
        case open
    }

    private struct State: Sendable {
        var gate = Gate.shut
        var flights: [UInt64: Flight] = [:]
        var lastID: UInt64 = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var isOpen: Bool { state.withLock { $0.gate == .open } }

    func open() {
        state.withLock { $0.gate = .open }
    }

    /// Refuses what was not accepted earlier.
    func close() {
        state.withLock { state in
            if state.gate == .open { state.gate = .draining }
        }
    }

    /// Refuses everything, and returns the flights that are still up.
    func shut() -> [Flight] {
        state.withLock { state in
            state.gate = .shut
            return state.flights.values.sorted { $0.id < $1.id }
        }
    }

    /// Enters a flight, or returns `nil` where it must not take off.
    func admit(
        _ messages: [OutgoingMessage], acceptedEarlier: Bool,
        onOutcomes: @escaping @Sendable (Flight, Flight.Outcomes) -> Void, onEnd: @escaping @Sendable (Flight) -> Void
    ) -> Flight? {
        state.withLock { state in
            switch state.gate {
            case .open: break
            case .draining where acceptedEarlier: break
            case .draining, .shut: return nil
            }
            state.lastID += 1
            let flight = Flight(id: state.lastID, messages: messages, onOutcomes: onOutcomes, onEnd: onEnd)
            state.flights[flight.id] = flight
            return flight
        }
    }

    func remove(_ flight: Flight) {
        let resumed = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.flights[flight.id] = nil
            guard state.flights.isEmpty else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in resumed { continuation.resume() }
    }

    /// Waits until no flight is up.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.flights.isEmpty { state.waiting.append(continuation) }
                return state.flights.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }
}
