/// Messages of one event that were delivered together, for ``ProducerMetrics``.
public struct DeliveredMessages: Sendable {
    private let messages: ArraySlice<Settlement.Delivered>
    /// The size of their values.
    public let bytes: Int

    init(_ messages: ArraySlice<Settlement.Delivered>) {
        self.messages = messages
        bytes = messages.reduce(0) { $0 + $1.message.valueSize }
    }

    /// The number of messages, at least 1.
    public var count: Int { messages.count }

    /// Calls a closure with the time of each message from hand-over to delivery.
    public func forEachDuration(_ body: (Duration) -> Void) {
        for message in messages { body(message.duration) }
    }
}
