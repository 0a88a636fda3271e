/// A message whose event is not in the contract, usually because a newer version of the contract declares it.
///
/// It differs from a corrupt message: the JSON is valid, and the property or header that identifies messages has a
/// text that no message declares.
public struct UnknownEvent: Hashable, Sendable {
    /// The text of the discriminator, or of the property or header that identifies messages: `order.refunded`.
    public let name: String
    /// The message that the event would belong to, if only one message of the contract, or of the topic, is identified
    /// by this discriminator.
    public let messageName: String?
    /// The topic that the message was read from, or that all messages with this discriminator are sent to.
    public let topic: Topic?

    /// Creates an unknown event.
    public init(name: String, messageName: String?, topic: Topic?) {
        self.name = name
        self.messageName = messageName
        self.topic = topic
    }
}

extension UnknownEvent: CustomStringConvertible {
    public var description: String {
        "the event '\(name)' is not in the contract"
            + (messageName.map { "; it may be a newer event of \($0)" } ?? "")
    }
}
