/// The form in which readers identify a message among the others of its contract.
public enum MessageIdentification: Hashable, Sendable {
    /// By a property that has one of these strings, such as the message's events.
    case property(JSONPointer, values: [String])
    /// By a record header that has one of these values.
    case header(String, values: [String])
    /// By the topic alone: a record of the topic that matches none of its other messages.
    case topic
}
