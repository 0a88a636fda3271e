/// A contract as a whole. Generated code conforms to this, in an `enum` of the contract's name.
public protocol EventContract {
    /// The contract's name: `TDA`.
    static var contractName: String { get }

    /// The contract's version (Semantic Versioning 2.0.0).
    static var version: String { get }

    /// Every topic, in the manifest's order.
    static var topics: [Topic] { get }

    /// Every message, in the manifest's order.
    static var messages: [any Message.Type] { get }

    /// The name of the service that the contract belongs to: `tda-backend`. A service that shares the contract with others
    /// names itself in its ``MessageContext``.
    static var service: String { get }

    /// The message that the value at a tape's root says it is; `nil` where the contract has no such event.
    static func message(on tape: borrowing JSONTape) -> (any Message.Type)?
}

/// What a contract says of some bytes.
public enum ContractVerdict: Hashable, Sendable {
    /// They are the message of this name, and all is as the contract says.
    case valid(message: String)
    /// They say that they are the message of this name, but break the contract.
    case invalid(message: String, [ValidationFailure])
    /// They are JSON, but name no event that the contract has.
    case unknownMessageType
    /// They are no JSON text.
    case malformed(JSONSyntaxError)

    public var isValid: Bool {
        if case .valid = self { true } else { false }
    }
}

extension EventContract {
    /// Holds bytes against the schema of the message that they say they are.
    public static func validate(_ bytes: some Collection<UInt8>) -> ContractVerdict {
        var tape = JSONTape()
        do { try tape.parse(bytes) } catch { return .malformed(error) }
        guard let message = message(on: tape) else { return .unknownMessageType }
        let failures = message.validate(tape)
        return failures.isEmpty
            ? .valid(message: message.messageName) : .invalid(message: message.messageName, failures)
    }

    /// Reads bytes as the message that they say they are; `nil` where the contract has no such event.
    public static func read(_ bytes: some Collection<UInt8>) throws(MessageError) -> (any Message)? {
        var tape = JSONTape()
        do { try tape.parse(bytes) } catch { throw .malformed(error) }
        guard let message = message(on: tape) else { return nil }
        return try read(message, from: tape)
    }

    private static func read<M: Message>(
        _ message: M.Type, from tape: borrowing JSONTape
    ) throws(MessageError) -> any Message {
        try M(validated: tape)
    }
}
