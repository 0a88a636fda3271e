/// The losses of a ``Producer`` at its shutdown.
public struct ShutdownReport: Hashable, Sendable {
    /// Messages that failed after the shutdown had begun, by the name of their topic on the broker. Each has been logged,
    /// and counted as failed.
    public var undelivered: [String: Int]
    /// Messages that the transport had and did not acknowledge by the deadline, by topic: they may have been delivered.
    public var unknown: [String: Int]
    /// Whether the deadline came before every message had its outcome.
    public var reachedDeadline: Bool
    /// The reason why the transport could not be flushed; `nil` if it was.
    public var flushFailure: TransportError?

    /// Creates a report; without arguments, one of no losses.
    public init(
        undelivered: [String: Int] = [:], unknown: [String: Int] = [:], reachedDeadline: Bool = false,
        flushFailure: TransportError? = nil
    ) {
        self.undelivered = undelivered
        self.unknown = unknown
        self.reachedDeadline = reachedDeadline
        self.flushFailure = flushFailure
    }

    /// Whether nothing was lost.
    public var isClean: Bool { undelivered.isEmpty && unknown.isEmpty && !reachedDeadline && flushFailure == nil }
}

extension ShutdownReport: CustomStringConvertible {
    public var description: String {
        guard !isClean else { return "everything was delivered" }
        var parts = undelivered.sorted { $0.key < $1.key }.map { "\($0.value) not delivered to \($0.key)" }
        parts += unknown.sorted { $0.key < $1.key }.map { "\($0.value) not acknowledged by \($0.key)" }
        if reachedDeadline { parts.append("the deadline was reached") }
        if let flushFailure { parts.append("the flush failed: \(flushFailure)") }
        return parts.joined(separator: ", ")
    }
}
