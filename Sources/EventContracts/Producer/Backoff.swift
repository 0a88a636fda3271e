/// The time to wait before a retry: it doubles each time, up to a maximum, with random jitter so that many producers do not retry
/// at the same moment.
package struct Backoff: Hashable, Sendable {
    var initial: Duration
    var maximum: Duration
    /// The part of the delay, 0 to 1, by which chance may make it longer or shorter.
    var jitter: Double

    package init(initial: Duration, maximum: Duration, jitter: Double) {
        self.initial = initial.bounded
        self.maximum = maximum.bounded
        self.jitter = jitter
    }

    /// - Parameters:
    ///   - retry: The number of the retry, from 1.
    ///   - chance: The position of the delay in its range, from 0 to 1.
    package func delay(beforeRetry retry: Int, chance: Double) -> Duration {
        let doublings = min(max(retry - 1, 0), 62)
        var delay = initial
        for _ in 0..<doublings where delay < maximum { delay = delay * 2 }
        delay = min(delay, maximum)
        // A jitter that is not a number counts as none.
        let spread = jitter > 0 ? min(jitter, 1) : 0
        return delay * (1 - spread + 2 * spread * chance)
    }
}
