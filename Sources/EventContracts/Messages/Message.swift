/// A message of a contract. Generated code conforms to this; nothing else needs to.
///
/// A message codes itself in two ways that write the same JSON: through `Codable`, for any encoder, and directly, through
/// `encode(into:)` and `init(json:at:)`, which is many times as fast. Reading checks what the Swift type needs;
/// ``isValid(_:at:allowsUnknownValues:)`` checks the schema, and refuses duplicate members, of which reading takes the last.
public protocol Message: Producible, Hashable, JSONCodable where ProducedMessage == Self {
    /// The message's events: the values of its discriminator, or the only event of a message without one.
    associatedtype MessageType: RawRepresentable<String>, CaseIterable, Hashable, Sendable

    /// The name that the contract gives the message: `JobMessage`.
    static var messageName: String { get }

    /// The property whose value names the event: `/metadata/message_type`. `nil` for a message with one event.
    static var discriminator: JSONPointer? { get }

    /// The form in which readers identify the message among the others of its contract. By default by the discriminator, which
    /// then has one of the message's events, and without a discriminator by the topic.
    static var identification: MessageIdentification { get }

    /// The topic of its records.
    static var topic: Topic { get }

    /// Whether every value of this type is valid, so that there is nothing to check before it is sent.
    static var isValidByConstruction: Bool { get }

    /// The message's sensitive values, and how they are encrypted; `nil` where it has none.
    static var protection: MessageProtection? { get }

    /// Fills the message's envelope, as the contract's patterns say.
    static func stamp(_ message: inout Self, with stamp: MessageStamp)

    /// Fills a draft's envelope, and writes the message's bytes, key, headers and event.
    ///
    /// A requirement, so that a producer calls the code that the compiler made for the message's own type. The default does
    /// all that is needed.
    static func produce(_ draft: inout Draft<Self>, in context: MessageContext, into production: inout Production)

    /// The event of the message.
    var messageType: MessageType { get }

    /// The record key, which decides the partition; `nil` if the contract has no key.
    var recordKey: String? { get }

    /// Adds the record's headers.
    func addHeaders(to headers: inout RecordHeaders)

    /// Whether the record has headers that depend on when and where the message is sent.
    static var hasStampedHeaders: Bool { get }

    /// Adds the headers that depend on when and where the message is sent, such as the attributes of a CloudEvent.
    static func addStampedHeaders(of message: Self, with stamp: MessageStamp, to headers: inout RecordHeaders)

    /// Returns a function that counts a message's content in its contract's metrics, to be called once the message has been
    /// delivered; `nil` where these metrics measure no content of the message.
    static func observation(of message: Self, by metrics: any ProducerMetrics) -> (@Sendable () -> Void)?

    /// Returns whether a value on a tape is valid by the schema and the rules of its event.
    static func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool
    ) -> Bool

    /// Adds all violations of the schema and the event's rules by a value to a report, and returns whether its limit has
    /// not been reached.
    static func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) -> Bool
}

/// The reason why bytes are not a valid message.
///
/// Descriptions contain nothing from the message, so that they can be logged. The associated values have the details.
public enum MessageError: Error, Hashable, Sendable {
    /// The bytes are not valid JSON.
    case malformed(JSONSyntaxError)
    /// The text is JSON, but breaks the contract.
    case invalid([ValidationFailure])
    /// The value may be one of several messages, and the topic or the headers that identify them are missing.
    case ambiguous(messages: [String])
    /// The text may be valid by a newer version of the contract: its event is not in this one.
    case unknownEvent(UnknownEvent)
    /// The text is valid, but a Swift type can't hold one of its values: a whole number beyond `Int`.
    case unrepresentable(JSONDecodingError)
    /// A sensitive value can't be decrypted, or is not encrypted.
    case undecryptable(EncryptionError)
}

extension MessageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let error): "malformed JSON: \(error)"
        case .invalid(let failures): "invalid: " + failures.map(\.description).joined(separator: "; ")
        case .ambiguous(let messages):
            "ambiguous: the value may be one of \(messages.joined(separator: ", ")); give the topic and the headers that it "
                + "was read with"
        case .unknownEvent(let event): "\(event)"
        case .unrepresentable(let error):
            "a value that its Swift type cannot represent: \(error)"
        case .undecryptable(let error): "a sensitive value can't be decrypted: \(error)"
        }
    }
}

extension Message {
    public static var hasStampedHeaders: Bool { false }

    public static var protection: MessageProtection? { nil }

    public static func addStampedHeaders(
        of message: Self, with stamp: MessageStamp, to headers: inout RecordHeaders
    ) {}

    public static func observation(of message: Self, by metrics: any ProducerMetrics) -> (@Sendable () -> Void)? { nil }

    /// The record's headers, but for those that depend on when and where the message is sent.
    public var recordHeaders: [RecordHeader] {
        var headers = RecordHeaders()
        addHeaders(to: &headers)
        return headers.all
    }

    public static var identification: MessageIdentification {
        discriminator.map { .property($0, values: MessageType.allCases.map(\.rawValue)) } ?? .topic
    }
}

extension Message {
    /// Reads a message from any decoder.
    ///
    /// - Throws: `DecodingError`, without anything from sensitive values.
    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, redactedBy: Self.protection?.fields)
    }
}

extension Message {
    /// Returns the message as JSON.
    ///
    /// - Throws: ``JSONEncodingError`` where it holds a number that JSON can't write, or a value that nests too deep for
    ///   any reader.
    public func encoded() throws(JSONEncodingError) -> [UInt8] {
        var writer = JSONWriter()
        encode(into: &writer)
        return try writer.finish()
    }

    /// Reads a message: parses the bytes, validates them, and makes the typed value, in one parse.
    ///
    /// Values that an open enum does not name are read as its `unknown` case. A message with encrypted values is read by
    /// ``init(validating:decryptedBy:from:)``.
    public init(validating bytes: some Collection<UInt8>) throws(MessageError) {
        var tape = JSONTape()
        self = try Self.read(bytes, with: &tape)
    }

    /// Reads a message as ``init(validating:)`` does, with a tape that is used again and again.
    public static func read(
        _ bytes: some Collection<UInt8>, with tape: inout JSONTape
    ) throws(MessageError) -> Self {
        // A token would be read as the value.
        if let protection, protection.encrypts { throw .undecryptable(.noCipher) }
        do { try tape.parse(value: bytes) } catch { throw .malformed(error) }
        return try Self(validating: tape)
    }

    /// Reads a message from a value on a tape, for messages that are parsed already or are inside another value, and whose
    /// sensitive values are not encrypted.
    ///
    /// - Throws: ``MessageError/unknownEvent(_:)`` where the value's event is not one of the message's, and other cases of
    ///   ``MessageError`` where the value is corrupt.
    public init(validating tape: borrowing JSONTape, at node: JSONTape.Index = .root) throws(MessageError) {
        let failures = Self.validate(tape, at: node, allowsUnknownValues: true)
        guard failures.isEmpty else {
            if let event = Self.unknownEvent(on: tape, at: node) { throw .unknownEvent(event) }
            throw .invalid(failures)
        }
        do { self = try Self(json: tape, at: node) } catch {
            throw .unrepresentable(
                Self.protection?.fields.redacted(error, below: tape.pointer(to: node).tokens.count) ?? error)
        }
    }

    /// Returns the event of a value that is not an event of the message.
    private static func unknownEvent(on tape: borrowing JSONTape, at node: JSONTape.Index) -> UnknownEvent? {
        guard let discriminator, let event = tape.find(discriminator, from: node), tape.kind(at: event) == .string
        else { return nil }
        let name = tape.string(at: event)
        guard MessageType(rawValue: name) == nil else { return nil }
        return UnknownEvent(name: name, messageName: messageName, topic: topic)
    }

    /// Returns all violations of the contract by a value on a tape: a fast pass that answers yes or no, and only on no a
    /// second one that names every failure.
    public static func validate(
        _ tape: borrowing JSONTape, at node: JSONTape.Index = .root, allowsUnknownValues: Bool = false
    ) -> [ValidationFailure] {
        if isValid(tape, at: node, allowsUnknownValues: allowsUnknownValues) { return [] }
        var all = AllFailures(allowsUnknownValues: allowsUnknownValues)
        _ = explain(tape, at: node, &all)
        guard let protection else { return all.failures }
        return protection.fields.redacted(all.failures, below: tape.pointer(to: node).tokens.count)
    }
}
