import Synchronization

/// Abandons flights whose time is up.
///
/// One sleeping task serves them all. A task that sleeps for each send would be simpler, but a cancelled sleep stays in the
/// runtime's timer queue until its time comes. 300 000 cancelled sleeps of two minutes were measured to hold 213 MB.
final class Deadlines: Sendable {
    private struct Entry: Sendable {
        let due: Duration
        let flight: UInt64
    }

    private struct State: Sendable {
        var pending: [UInt64: (flight: Flight, timeout: Duration)] = [:]
        /// By time. Entries of flights that have landed are dropped when they are most of it.
        var entries: [Entry] = []
        var sleeper: (due: Duration, task: Task<Void, Never>)?

        /// Where an entry of a time belongs: after all that are due by then.
        func position(of due: Duration) -> Int {
            // Most flights have the same timeout, so that the newest is due last.
            guard let last = entries.last, last.due > due else { return entries.endIndex }
            var (low, high) = (entries.startIndex, entries.endIndex - 1)
            while low < high {
                let middle = low + (high - low) / 2
                if entries[middle].due > due { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }

    private let clock: ElapsedClock
    private let state = Mutex(State())

    init(clock: ElapsedClock) {
        self.clock = clock
    }

    deinit {
        state.withLock { $0.sleeper?.task.cancel() }
    }

    /// Abandons a flight after a time, unless it is removed before.
    func add(_ flight: Flight, after timeout: Duration) {
        let due = clock.now + timeout
        let replaced = state.withLock { state -> Task<Void, Never>? in
            state.pending[flight.id] = (flight, timeout)
            state.entries.insert(Entry(due: due, flight: flight.id), at: state.position(of: due))
            let sleeper = state.sleeper
            if let sleeper, due >= sleeper.due { return nil }
            state.sleeper = (due, sleep(until: due))
            return sleeper?.task
        }
        // Outside of the lock: a cancelled sleep runs the clock's own code.
        replaced?.cancel()
    }

    func remove(_ flight: Flight) {
        state.withLock { state in
            state.pending[flight.id] = nil
            guard state.entries.count > 64, state.entries.count > 2 * state.pending.count else { return }
            state.entries.removeAll { state.pending[$0.flight] == nil }
        }
    }

    func cancelAll() {
        let sleeper = state.withLock { state in
            defer { state = State() }
            return state.sleeper?.task
        }
        sleeper?.cancel()
    }

    private func sleep(until due: Duration) -> Task<Void, Never> {
        Task { [weak self, clock] in
            do { try await clock.sleep(until: due) } catch { return }
            self?.abandonDue()
        }
    }

    private func abandonDue() {
        let now = clock.now
        let due = state.withLock { state in
            let entries = state.entries.prefix { $0.due <= now }
            state.entries.removeFirst(entries.count)
            state.entries.removeAll { state.pending[$0.flight] == nil }
            state.sleeper = state.entries.first.map { ($0.due, sleep(until: $0.due)) }
            return entries.compactMap { state.pending.removeValue(forKey: $0.flight) }
        }
        for (flight, timeout) in due { flight.abandon(.timedOut(after: timeout)) }
    }
}
