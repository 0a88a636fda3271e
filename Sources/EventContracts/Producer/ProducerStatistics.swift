/// What a producer has done so far.
public struct ProducerStatistics: Hashable, Sendable {
    /// Messages delivered.
    public internal(set) var messagesSent = 0
    /// Messages that were not delivered, for whatever reason.
    public internal(set) var messagesFailed = 0
    /// The bytes of the values delivered.
    public internal(set) var bytesSent = 0
    /// The time that deliveries took, added up.
    public internal(set) var sendDurationTotal = Duration.zero
    /// When a message was last delivered.
    public internal(set) var lastSendTime: Timestamp?
    /// Failures by ``ProducerError/kind``.
    public internal(set) var errorsByType: [String: Int] = [:]
    /// Tries after the first.
    public internal(set) var retries = 0
    /// Messages that are being sent now.
    public internal(set) var inFlight = 0
    /// Messages that wait to be sent in the background.
    public internal(set) var backgroundQueued = 0
    /// Messages that were delivered after their sender had been told that the time was up. They count as failed.
    public internal(set) var deliveredLate = 0

    mutating func fail(_ error: ProducerError, count: Int = 1) {
        messagesFailed += count
        errorsByType[error.kind, default: 0] += count
    }
}
