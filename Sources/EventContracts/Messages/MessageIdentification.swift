/// How readers tell a message from the others of its contract.
public enum MessageIdentification: Hashable, Sendable {
    /// By a property that has one of these texts, such as the message's events.
    case property(JSONPointer, values: [String])
    /// By a record header that has one of these values.
    case header(String, values: [String])
    /// By the topic alone: a record of the topic that is no other of its messages.
    case topic
}
