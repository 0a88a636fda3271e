/// The retries, timeouts and limits of a ``Producer``.
public struct ProducerConfiguration: Hashable, Sendable {
    /// The number of times that a record is sent again after a retriable error. The timeout ends it in any case.
    ///
    /// This and the backoff apply to transports without retries of their own (``Transport/failuresAreFinal``).
    public var maximumRetries: Int
    /// The wait before the first retry. It doubles with each further one.
    public var retryBackoff: Duration
    /// The longest wait before a retry.
    public var maximumRetryBackoff: Duration
    /// The part of a wait, 0 to 1, by which chance makes it longer or shorter.
    public var retryJitter: Double
    /// The default timeout of a send, including all retries.
    public var timeout: Duration
    /// The largest record, in bytes of key, value and headers, that is handed to the transport.
    public var maximumRecordSize: Int
    /// The maximum number of background messages without an outcome.
    public var backgroundCapacity: Int
    /// The maximum number of bytes of key, value and headers that these messages have together.
    public var backgroundByteCapacity: Int
    /// The time for which identical failures are counted before they are logged as one line; the first is logged at once. Zero
    /// logs each by itself.
    public var failureLogInterval: Duration
    /// The default deadline of a shutdown.
    public var shutdownDeadline: Duration

    /// Creates a configuration whose defaults are Kafka's own: 100 ms of backoff up to 1 s, two minutes for a delivery, 1 MiB for
    /// a record.
    public init(
        maximumRetries: Int = Int(Int32.max), retryBackoff: Duration = .milliseconds(100),
        maximumRetryBackoff: Duration = .seconds(1), retryJitter: Double = 0.2, timeout: Duration = .seconds(120),
        maximumRecordSize: Int = 1_048_576, backgroundCapacity: Int = 10_000,
        backgroundByteCapacity: Int = 67_108_864, failureLogInterval: Duration = .seconds(10),
        shutdownDeadline: Duration = .seconds(30)
    ) {
        self.maximumRetries = maximumRetries
        self.retryBackoff = retryBackoff
        self.maximumRetryBackoff = maximumRetryBackoff
        self.retryJitter = retryJitter
        self.timeout = timeout
        self.maximumRecordSize = maximumRecordSize
        self.backgroundCapacity = backgroundCapacity
        self.backgroundByteCapacity = backgroundByteCapacity
        self.failureLogInterval = failureLogInterval
        self.shutdownDeadline = shutdownDeadline
    }

    var backoff: Backoff {
        Backoff(initial: retryBackoff, maximum: max(retryBackoff, maximumRetryBackoff), jitter: retryJitter)
    }
}
