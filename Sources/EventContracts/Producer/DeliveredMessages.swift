/// Messages of one event that were delivered together, for ``ProducerMetrics``.
public struct DeliveredMessages: Sendable {
    /// The time of each message from hand-over to delivery; at least one.
    public let durations: ArraySlice<Duration>
    /// The size of their values.
    public let bytes: Int

    /// The number of messages.
    public var count: Int { durations.count }
}
