/// A value that a producer can send: a ``Draft``, which the producer stamps, a ``Message``, which has been stamped already, or
/// a ``Tombstone``.
///
/// Generated code and the runtime conform to this; nothing else needs to.
public protocol Producible: Sendable {
    /// The message whose topic, key and name the record has.
    associatedtype ProducedMessage: Message

    /// Returns the content of the record to be sent. A draft's envelope is filled from the producer's context.
    static func production(of content: Self, in context: MessageContext) -> Production<ProducedMessage>
}

/// The content of a record to be sent.
public enum Production<M: Message>: Sendable {
    /// A message. Where it is proven valid, its bytes are not validated.
    case message(M, isProvenValid: Bool)
    /// The end of a key in a compacted topic: a record without a value.
    case tombstone(key: String)
}
