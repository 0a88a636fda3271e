import JSONTape

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
