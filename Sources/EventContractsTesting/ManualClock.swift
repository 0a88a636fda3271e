import EventContracts
import Locks

/// A clock whose time passes only when a test advances it.
///
/// ```swift
/// let clock = ManualClock()
/// let producer = Producer(
///     transport: transport, contracts: [TDA.self], context: MessageContext(service: "tda-backend"), clock: clock)
/// async let failure = producer.send(message, timeout: .seconds(5))
/// await clock.waitForSleeper(due: .seconds(5))
/// clock.advance(by: .seconds(5))
/// ```
public final class ManualClock: Clock {
    /// A time of a manual clock.
    public struct Instant: InstantProtocol {
        /// The time since the clock was created.
        public var offset: Duration

        /// Returns the time after a duration, clamped to a hundred years in either direction.
        public func advanced(by duration: Duration) -> Instant {
            let longest = Duration.seconds(Int64.max).bounded
            return Instant(offset: offset + min(max(duration, .zero - longest), longest))
        }
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        public static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
    }

    private struct Sleeper {
        let id: Int
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Sleeper] = []
        var cancelledEarly: Set<Int> = []
        var waiters = Waiters<Instant>()
        var lastID = 0
    }

    private let state = Lock(State())

    /// Creates a clock at an offset of zero.
    public init() {}

    public var now: Instant { state.withLock { $0.now } }
    public var minimumResolution: Duration { .nanoseconds(1) }

    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let woken = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
                    if state.cancelledEarly.remove(id) != nil {
                        continuation.resume(throwing: CancellationError())
                        return []
                    }
                    if deadline <= state.now {
                        continuation.resume()
                        return []
                    }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return state.waiters.remove { $0 == deadline }
                }
                for waiter in woken { waiter.resume(returning: true) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let position = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelledEarly.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: position)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Waits until a task sleeps whose deadline is this long after now.
    ///
    /// - Returns: `false` where the waiting task was cancelled first.
    @discardableResult
    public func waitForSleeper(due duration: Duration) async -> Bool {
        let id = state.withLock { $0.waiters.makeID() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state -> Bool? in
                    let due = state.now.advanced(by: duration)
                    if state.sleepers.contains(where: { $0.deadline == due }) { return true }
                    return state.waiters.add(continuation, id: id, for: due) ? nil : false
                }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            state.withLock { $0.waiters.cancel(id) }?.resume(returning: false)
        }
    }

    /// Advances the time, and wakes the tasks whose deadline has come, the earliest first.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.deadline <= state.now }.sorted { $0.deadline < $1.deadline }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}
