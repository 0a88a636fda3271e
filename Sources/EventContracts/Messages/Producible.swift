/// A value that a producer can send: a ``Draft``, which the producer stamps, or a ``Message``, which has been stamped
/// already.
///
/// Generated code and the runtime conform to this; nothing else needs to.
public protocol Producible: Sendable {
    /// The message that is sent.
    associatedtype ProducedMessage: Message

    /// Returns the message to be sent.
    ///
    /// - Parameter context: The producer's context, from which a draft's envelope is filled.
    static func stamped(_ content: Self, in context: MessageContext) -> ProducedMessage

    /// Returns whether the value is known to be valid, so that its bytes need not be validated before they are sent.
    static func isProvenValid(_ content: Self) -> Bool
}
