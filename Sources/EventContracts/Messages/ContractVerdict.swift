/// The result of validating bytes against a contract.
public enum ContractVerdict: Hashable, Sendable {
    /// They are a valid message of this name.
    case valid(message: String)
    /// They break the contract. The message is the one that they say they are; `nil` where they name no event.
    case invalid(message: String?, [ValidationFailure])
    /// They are JSON, but the contract does not have their event.
    case unknownEvent(UnknownEvent)
    /// They are not JSON.
    case malformed(JSONSyntaxError)

    public var isValid: Bool {
        if case .valid = self { true } else { false }
    }
}

extension EventContract {
    /// Validates bytes as the message that their discriminator says they are. No typed value is made.
    ///
    /// The topic that the bytes were read from narrows down the message that an unknown event belongs to.
    public static func validate(_ bytes: some Collection<UInt8>, from topic: Topic? = nil) -> ContractVerdict {
        var tape = JSONTape()
        do { try tape.parse(bytes) } catch { return .malformed(error) }
        do throws(MessageError) {
            switch try messageIndex.find(in: tape, at: .root, from: topic, contract: contractName) {
            case .message(let position):
                let message = messages[position]
                let failures = message.validate(tape)
                return failures.isEmpty
                    ? .valid(message: message.messageName) : .invalid(message: message.messageName, failures)
            case .unknownEvent(let event):
                return .unknownEvent(event)
            }
        } catch {
            guard case .invalid(let failures) = error else { return .invalid(message: nil, []) }
            return .invalid(message: nil, failures)
        }
    }
}
