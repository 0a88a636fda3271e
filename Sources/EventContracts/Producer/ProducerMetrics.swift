/// Is told what happens in a ``Producer``. The metrics that a contract declares are generated to conform to this.
///
/// Every method may be called on any thread, and while a message is on its way: it must be quick, and never block. A
/// method that is not implemented does nothing.
public protocol ProducerMetrics: Sendable {
    /// What a message is counted by; `nil` where it is no message of the contract. Called once for each message.
    func labels<M: Message>(of message: M, topic: Topic) -> MessageLabels?

    /// What is to be counted, beside the rest, once this message has been delivered.
    func observation<M: Message>(of message: M) -> (@Sendable () -> Void)?

    /// A message has been delivered.
    ///
    /// - Parameters:
    ///   - labels: What it is counted by.
    ///   - bytes: The size of its value.
    ///   - duration: From hand-over to delivery.
    ///   - time: When that was heard of.
    func delivered(_ labels: MessageLabels, bytes: Int, duration: Duration, at time: Timestamp)

    /// A message has not been delivered.
    ///
    /// - Parameters:
    ///   - labels: What it is counted by.
    ///   - reason: Why, in one word.
    ///   - duration: From hand-over to failure; `nil` where it was never handed to the transport.
    func failed(_ labels: MessageLabels, reason: ProducerError.Reason, duration: Duration?)

    /// A message has been refused for breaking its contract.
    func broke(_ labels: MessageLabels, _ failures: [ValidationFailure])

    /// A message is handed to the transport once more.
    func retried(_ labels: MessageLabels)

    /// The number of messages that the transport has not answered for has changed by so many.
    func inFlightChanged(by count: Int)

    /// The number of messages that wait in the background has changed. Called in the order of the changes, while the queue
    /// is locked: it must not call the producer.
    func queueChanged(depth: Int, capacity: Int)

    /// Whether the transport can be reached, as far as the last that was heard of it tells; not after the producer has shut
    /// down. Called in order, while a lock is held: it must not call the producer.
    func connectionChanged(isUp: Bool)
}

extension ProducerMetrics {
    public func labels<M: Message>(of message: M, topic: Topic) -> MessageLabels? { nil }
    public func observation<M: Message>(of message: M) -> (@Sendable () -> Void)? { nil }
    public func delivered(_ labels: MessageLabels, bytes: Int, duration: Duration, at time: Timestamp) {}
    public func failed(_ labels: MessageLabels, reason: ProducerError.Reason, duration: Duration?) {}
    public func broke(_ labels: MessageLabels, _ failures: [ValidationFailure]) {}
    public func retried(_ labels: MessageLabels) {}
    public func inFlightChanged(by count: Int) {}
    public func queueChanged(depth: Int, capacity: Int) {}
    public func connectionChanged(isUp: Bool) {}
}

/// The numbers of a message's labels among those that its contract has.
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
