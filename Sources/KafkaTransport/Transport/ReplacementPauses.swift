import EventContracts

/// The pauses between attempts to replace a producer, which grow with each useless attempt: a connection that failed, or a
/// producer that ended before it delivered a record.
struct ReplacementPauses: Sendable {
    private static let backoff = Backoff(initial: .seconds(1), maximum: .seconds(10), jitter: 0)
    private var uselessAttempts = 0

    /// Counts a useless attempt.
    ///
    /// - Returns: The pause before the next attempt.
    mutating func next() -> Duration {
        uselessAttempts += 1
        return Self.backoff.delay(beforeRetry: uselessAttempts, chance: 0)
    }

    /// Makes the pauses short again: a producer has delivered a record.
    mutating func reset() {
        uselessAttempts = 0
    }
}
