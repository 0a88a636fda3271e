/// The receiver of a ``Producer``'s measurements. The metrics that a contract declares are generated to conform to this.
///
/// Every function may be called on any thread, and while a message is sent: it must be fast, and never block. The default
/// implementations do nothing.
public protocol ProducerMetrics: AnyObject, Sendable {
    /// Returns the labels of a message's event; `nil` where the contract of the metrics has no such message.
    ///
    /// The producer asks once for each event of its contracts, and again only for messages that go to another topic than
    /// their own.
    func labels<M: Message>(of message: M.Type, event: String, topic: Topic) -> MessageLabels?

    /// Reports that messages of one event have been delivered. Those of a batch come together.
    ///
    /// - Parameters:
    ///   - labels: The labels of their event.
    ///   - messages: Their number, their size, and the durations of their deliveries.
    ///   - time: When the report came.
    func delivered(_ labels: MessageLabels, _ messages: DeliveredMessages, at time: Timestamp)

    /// Reports that a message has not been delivered, or not been acknowledged
    /// (``ProducerError/Reason/outcomeUnknown``).
    ///
    /// - Parameters:
    ///   - labels: The labels of its event.
    ///   - reason: The reason in one word.
    ///   - duration: From hand-over to failure; `nil` where it was never handed to the transport.
    func failed(_ labels: MessageLabels, reason: ProducerError.Reason, duration: Duration?)

    /// Reports that a message violates its contract and is not sent.
    func broke(_ labels: MessageLabels, _ failures: [ValidationFailure])

    /// Reports that a message is sent again.
    func retried(_ labels: MessageLabels)

    /// Reports a change of the number of messages that the transport has and has not reported. Called while the outbox is locked:
    /// it must not call the producer.
    func inFlightChanged(by count: Int)

    /// Reports a change of the number of background messages that are not completed. Called in the order of the changes, while
    /// the outbox is locked: it must not call the producer.
    func queueChanged(depth: Int, capacity: Int)

    /// Reports that the connection of the transport was established or lost. Called in the order of the changes, while
    /// the outbox is locked: it must not call the producer.
    func connectionChanged(isUp: Bool)
}

extension ProducerMetrics {
    public func labels<M: Message>(of message: M.Type, event: String, topic: Topic) -> MessageLabels? { nil }
    public func delivered(_ labels: MessageLabels, _ messages: DeliveredMessages, at time: Timestamp) {}
    public func failed(_ labels: MessageLabels, reason: ProducerError.Reason, duration: Duration?) {}
    public func broke(_ labels: MessageLabels, _ failures: [ValidationFailure]) {}
    public func retried(_ labels: MessageLabels) {}
    public func inFlightChanged(by count: Int) {}
    public func queueChanged(depth: Int, capacity: Int) {}
    public func connectionChanged(isUp: Bool) {}
}

/// The numbers of an event's labels among those of its contract.
public struct MessageLabels: Hashable, Sendable {
    public var topic: Int
    public var message: Int
    public var event: Int

    public init(topic: Int, message: Int, event: Int) {
        self.topic = topic
        self.message = message
        self.event = event
    }
}
