/// A contract as a whole. Generated code conforms to this, in an `enum` of the contract's name.
public protocol EventContract: SendableMetatype {
    /// A message of the contract as it is read: a case for each message, and one for events that the contract does not have.
    associatedtype ReceivedMessage: ReadableMessage

    /// The contract's metrics.
    associatedtype Metrics: ContractMetrics = NoMetrics

    /// The contract's name: `TDA`.
    static var contractName: String { get }

    /// The contract's version (Semantic Versioning 2.0.0).
    static var version: String { get }

    /// The name of the service that the contract belongs to: `tda-backend`. A service that shares the contract with others
    /// names itself in its ``MessageContext``.
    static var service: String { get }

    /// Every topic, in the manifest's order.
    static var topics: [Topic] { get }

    /// Every message, in the manifest's order.
    static var messages: [any Message.Type] { get }

    /// The schemas as a registry has them; `nil` where the contract uses none.
    static var registrySchemas: ContractSchemas? { get }

    /// The messages, by what identifies them.
    static var messageIndex: MessageIndex { get }
}

/// The type of a contract's messages as they are read. Generated code conforms to this, in an `enum` within the contract.
public protocol ReadableMessage: Hashable, Sendable {
    /// Returns a message whose event the contract does not have.
    static func unknownEvent(_ event: UnknownEvent) -> Self

    /// Reads the contract's message at a position from a value on a tape.
    ///
    /// - Throws: ``MessageError/invalid(_:)`` or ``MessageError/unrepresentable(_:)``.
    init(position: Int, tape: borrowing JSONTape, node: JSONTape.Index) throws(MessageError)
}

extension EventContract {
    public static var registrySchemas: ContractSchemas? { nil }
}

extension EventContract {
    /// Reads bytes as the message that they are.
    ///
    /// ```swift
    /// guard let value = record.value else { return forget(record.key) } // a tombstone
    /// switch try Shop.read(value, from: Shop.Topics.orders) {
    /// case .orderMessage(let order):
    ///     switch order.messageType {
    ///     case .orderPlaced: reserve(order)
    ///     case .orderShipped: notify(order)
    ///     case .orderCancelled: release(order)
    ///     }
    /// case .unknownEvent(let event):
    ///     logger.info("\(event)")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - bytes: A record's value. A schema's id at its beginning is left out: see ``RecordSchema``.
    ///   - topic: The topic that the record was read from. It identifies messages that nothing else does, and narrows down
    ///     the message that an unknown event belongs to. ``TopicNames/topic(named:among:)`` finds it by its name.
    ///   - headers: The record's headers, for messages that a header identifies.
    /// - Throws: ``MessageError`` where the bytes are corrupt: not JSON, without the name of an event, or a message that
    ///   breaks the contract. An event that the contract does not have is a result. A message with encrypted values is
    ///   read by ``read(_:decryptedBy:from:headers:)``.
    public static func read(
        _ bytes: some Collection<UInt8>, from topic: Topic? = nil, headers: [RecordHeader] = []
    ) throws(MessageError) -> ReceivedMessage {
        var tape = JSONTape()
        return try read(bytes, with: &tape, from: topic, headers: headers)
    }

    /// Reads bytes as ``read(_:from:headers:)`` does, with a tape that is used again and again.
    public static func read(
        _ bytes: some Collection<UInt8>, with tape: inout JSONTape, from topic: Topic? = nil,
        headers: [RecordHeader] = []
    ) throws(MessageError) -> ReceivedMessage {
        do { try tape.parse(value: bytes) } catch { throw .malformed(error) }
        let finding = try messageIndex.find(in: tape, at: .root, from: topic, headers: headers, contract: contractName)
        // A token would be read as the value.
        if case .message(let position) = finding, messages[position].protection?.encrypts == true {
            throw .undecryptable(.noCipher)
        }
        return try read(finding, tape, at: .root)
    }

    /// Reads a value on a tape as ``read(_:from:headers:)`` does, for messages that are parsed already or are inside another
    /// value. Sensitive values must not be encrypted.
    public static func read(
        _ tape: borrowing JSONTape, at node: JSONTape.Index = .root, from topic: Topic? = nil,
        headers: [RecordHeader] = []
    ) throws(MessageError) -> ReceivedMessage {
        try read(
            try messageIndex.find(in: tape, at: node, from: topic, headers: headers, contract: contractName), tape,
            at: node)
    }

    private static func read(
        _ finding: MessageIndex.Finding, _ tape: borrowing JSONTape, at node: JSONTape.Index
    ) throws(MessageError) -> ReceivedMessage {
        switch finding {
        case .message(let position): try ReceivedMessage(position: position, tape: tape, node: node)
        case .unknownEvent(let event): .unknownEvent(event)
        }
    }
}
