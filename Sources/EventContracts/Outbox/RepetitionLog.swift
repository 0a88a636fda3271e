import Locks

/// A log that sums up identical lines.
///
/// The first line of a kind is written at once. Those that follow within an interval are counted, and written as one line with
/// their number when it ends. An outage then costs a few lines for each interval.
package final class RepetitionLog<Key: Hashable & Sendable>: Sendable {
    /// A function that writes one line for several identical ones.
    ///
    /// - Parameters:
    ///   - key: The property that identical lines have in common.
    ///   - detail: The rest of the last line.
    ///   - count: The number of lines, at least 1.
    package typealias Write = @Sendable (_ key: Key, _ detail: String?, _ count: Int) -> Void

    private struct Repetition {
        /// The position among the kinds of the interval, for the order of the lines.
        let position: Int
        var count = 0
        var lastDetail: String?
    }

    private struct State {
        /// The lines of the current interval that have been written once, with those that followed.
        var repetitions: [Key: Repetition] = [:]
        var lastPosition = 0
        var timer: Task<Void, Never>?
    }

    /// The number of kinds for which lines are counted. Further kinds are written line by line.
    private static var maximumKinds: Int { 1_000 }

    private let interval: Duration
    private let clock: ElapsedClock
    private let write: Write
    private let state = Lock(State())

    /// - Parameter interval: The time for which identical lines are counted; zero writes each by itself.
    package convenience init(interval: Duration, clock: any Clock<Duration>, write: @escaping Write) {
        self.init(interval: interval, clock: ElapsedClock(clock), write: write)
    }

    init(interval: Duration, clock: ElapsedClock, write: @escaping Write) {
        self.interval = interval
        self.clock = clock
        self.write = write
    }

    deinit {
        state.withLock { $0.timer?.cancel() }
    }

    /// Writes a line, or counts it where an identical one has been written in the interval.
    package func report(_ key: Key, detail: String?) {
        let isFirst = interval <= .zero || state.withLock { count(key, detail, in: &$0) }
        if isFirst { write(key, detail, 1) }
    }

    /// - Returns: Whether the line is the first of its kind.
    private func count(_ key: Key, _ detail: String?, in state: inout State) -> Bool {
        guard state.repetitions[key] == nil else {
            state.repetitions[key]?.count += 1
            state.repetitions[key]?.lastDetail = detail
            return false
        }
        guard state.repetitions.count < Self.maximumKinds else { return true }
        state.lastPosition += 1
        state.repetitions[key] = Repetition(position: state.lastPosition)
        if state.timer == nil { state.timer = sleep() }
        return true
    }

    /// Writes lines for what has been counted since the last line of each kind.
    package func flush() {
        let (repetitions, timer) = state.withLock { state in
            defer { state = State() }
            return (state.repetitions, state.timer)
        }
        timer?.cancel()
        write(repetitions)
    }

    private func sleep() -> Task<Void, Never> {
        Task { [weak self, clock, interval] in
            do { try await clock.sleep(for: interval) } catch { return }
            self?.endInterval()
        }
    }

    /// Writes what was counted, and continues to count the kinds that were repeated.
    private func endInterval() {
        let ended = state.withLock { state in
            let ended = state.repetitions.filter { $0.value.count > 0 }
            state.repetitions = ended.mapValues { Repetition(position: $0.position) }
            state.timer = ended.isEmpty ? nil : sleep()
            return ended
        }
        write(ended)
    }

    private func write(_ repetitions: [Key: Repetition]) {
        for (key, repetition) in repetitions.sorted(by: { $0.value.position < $1.value.position })
        where repetition.count > 0 {
            write(key, repetition.lastDetail, repetition.count)
        }
    }
}
