/// The end of a key in a compacted topic: a record with a key and no value.
///
/// Kafka deletes the earlier records of the key when it compacts the topic, and later the tombstone itself. Messages that are
/// sent to a compacted topic, and have a key, have a generated function that makes it:
///
/// ```swift
/// try await producer.send(CustomerMessage.tombstone(customerID: "c-7"))
/// ```
///
/// A tombstone has a place in the order of its key like any message. It has no event and no content: a contract's metrics do
/// not count it, while ``ProducerStatistics`` does, with no bytes.
public struct Tombstone<M: Message>: Hashable, Sendable {
    /// The record's key.
    public let key: String

    /// Creates a tombstone. Generated functions call this; they ask for the key by the name and type that it has in the
    /// message.
    public init(key: String) {
        self.key = key
    }
}

extension Tombstone: Producible {
    public typealias ProducedMessage = M

    public static func produce(_ tombstone: inout Self, in context: MessageContext, into production: inout Production) {
        production.end(key: tombstone.key)
    }
}
