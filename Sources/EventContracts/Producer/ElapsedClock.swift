/// A clock of any kind, read as the time since this value was made.
///
/// `any Clock` can't compare its instants; durations since one origin can be compared, added and kept in tables.
struct ElapsedClock: Sendable {
    private let read: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void

    init<Source: Clock<Duration>>(_ clock: Source) {
        let origin = clock.now
        if let start = origin as? ContinuousClock.Instant, clock is ContinuousClock {
            // The usual clock, without a call by way of its protocol.
            read = { start.duration(to: ContinuousClock().now) }
        } else {
            read = { origin.duration(to: clock.now) }
        }
        wait = { try await clock.sleep(until: origin.advanced(by: $0.bounded), tolerance: nil) }
    }

    var now: Duration { read() }

    /// Sleeps until a time; throws where the task is cancelled first.
    func sleep(until time: Duration) async throws {
        try await wait(time)
    }

    func sleep(for duration: Duration) async throws {
        try await wait(now + duration.bounded)
    }
}
