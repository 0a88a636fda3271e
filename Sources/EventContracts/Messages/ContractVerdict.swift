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

extension EventContract {
    /// Validates bytes as the message that they are. No typed value is made. Sensitive values must not be encrypted.
    ///
    /// - Parameters:
    ///   - bytes: A record's value.
    ///   - topic: The topic that the record was read from, as in ``read(_:from:headers:)``.
    ///   - headers: The record's headers.
    public static func validate(
        _ bytes: some Collection<UInt8>, from topic: Topic? = nil, headers: [RecordHeader] = []
    ) -> ContractVerdict {
        var tape = JSONTape()
        do { try tape.parse(value: bytes) } catch { return .malformed(error) }
        do throws(MessageError) {
            switch try messageIndex.find(in: tape, at: .root, from: topic, headers: headers, contract: contractName) {
            case .message(let position):
                let message = messages[position]
                let failures = message.validate(tape)
                return failures.isEmpty
                    ? .valid(message: message.messageName) : .invalid(message: message.messageName, failures)
            case .unknownEvent(let event):
                return .unknownEvent(event)
            }
        } catch {
            switch error {
            case .invalid(let failures): return .invalid(message: nil, failures)
            case .ambiguous(let messages): return .ambiguous(messages: messages)
            case .malformed, .unknownEvent, .unrepresentable, .undecryptable: return .invalid(message: nil, [])
            }
        }
    }
}
