/// The result of validating bytes against a contract.
public enum ContractVerdict: Hashable, Sendable {
    /// They are a valid message of this name.
    case valid(message: String)
    /// They break the contract. The message is the one that they say they are; `nil` where they name no event.
    case invalid(message: String?, [ValidationFailure])
    /// The bytes may be one of several messages, and the topic or the headers that identify them are missing.
    case ambiguous(messages: [String])
    /// They are JSON, but the contract does not have their event.
    case unknownEvent(UnknownEvent)
    /// They are not JSON.
    case malformed(JSONSyntaxError)

    public var isValid: Bool {
        if case .valid = self { true } else { false }
    }
}
