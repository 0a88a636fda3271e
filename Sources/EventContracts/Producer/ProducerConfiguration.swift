/// How a producer behaves.
public struct ProducerConfiguration: Hashable, Sendable {
    /// How long a send may take in all, retries included, unless the call says otherwise.
    public var deliveryTimeout: Duration
    /// How often a record is tried again after a failure that may pass.
    public var retries: Int
    /// The wait before the first retry. It doubles with each further one.
    public var retryBackoff: Duration
    /// The longest wait between two tries.
    public var maximumRetryBackoff: Duration
    /// The largest value that is sent, in bytes.
    public var maximumValueSize: Int
    /// How many records may wait to be sent in the background.
    public var backgroundCapacity: Int
    /// How many of those are handed to the transport at once.
    public var backgroundBatchSize: Int
    /// How long ``Producer/shutdown(deadline:)`` waits for what is under way, unless the call says otherwise.
    public var shutdownDeadline: Duration

    public init(
        deliveryTimeout: Duration = .seconds(120), retries: Int = .max, retryBackoff: Duration = .milliseconds(100),
        maximumRetryBackoff: Duration = .seconds(1), maximumValueSize: Int = 1_048_576,
        backgroundCapacity: Int = 10_000, backgroundBatchSize: Int = 500, shutdownDeadline: Duration = .seconds(30)
    ) {
        self.deliveryTimeout = deliveryTimeout
        self.retries = retries
        self.retryBackoff = retryBackoff
        self.maximumRetryBackoff = maximumRetryBackoff
        self.maximumValueSize = maximumValueSize
        self.backgroundCapacity = backgroundCapacity
        self.backgroundBatchSize = backgroundBatchSize
        self.shutdownDeadline = shutdownDeadline
    }
}
