/// The place of a value. A token of AES-GCM is authentic only there.
public struct ValuePlace: Hashable, Sendable {
    /// The contract's name.
    public var contract: String
    /// The key of the topic in its contract, whatever the topic's name on the broker.
    public var topic: String
    /// The message type's name.
    public var message: String
    /// The JSON Pointer (RFC 6901) of the value in its message.
    public var field: String
    /// The ID of the message that holds the value; empty where the message has none.
    public var messageID: String

    public init(contract: String, topic: String, message: String, field: String, messageID: String) {
        self.contract = contract
        self.topic = topic
        self.message = message
        self.field = field
        self.messageID = messageID
    }
}
