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

extension ContractVerdict: CustomStringConvertible {
    /// The result in words, with nothing from the message, so that it can be logged.
    public var description: String {
        switch self {
        case .valid(let message): "valid \(message)"
        case .invalid(let message?, let failures): "invalid \(message): \(Self.list(failures))"
        case .invalid(nil, let failures): "unknown message: \(Self.list(failures))"
        case .ambiguous(let messages): MessageError.ambiguous(messages: messages).description
        case .unknownEvent(let event): event.description
        case .malformed(let error): MessageError.malformed(error).description
        }
    }

    private static func list(_ failures: [ValidationFailure]) -> String {
        failures.map(\.description).joined(separator: "; ")
    }
}
