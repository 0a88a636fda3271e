import JSONTape
import Locks

/// Makes records of messages: encodes, and validates exactly the bytes that will be sent. Its memory serves message after
/// message.
struct MessageEncoder: ~Copyable {
    private var production = Production()
    private var tape = JSONTape()
    private let maximumRecordSize: Int
    private let cipher: (any ValueCipher)?

    init(maximumRecordSize: Int, cipher: (any ValueCipher)?) {
        self.maximumRecordSize = maximumRecordSize
        self.cipher = cipher
    }

    /// Stamps and encodes a message.
    mutating func encode<Content: Producible>(
        _ content: Content, in context: MessageContext, on route: Route, measuredBy metrics: [any ProducerMetrics]
    ) {
        production.begin(on: route, measuredBy: metrics)
        Content.produce(content, in: context, into: &production)
    }

    /// Validates what was encoded, and makes a record of it.
    ///
    /// - Parameters:
    ///   - topic: The topic's name on the broker.
    ///   - topicError: The reason why the topic is refused, if it is.
    mutating func outgoing<M: Message>(
        _ message: M.Type, to topic: String, _ address: Address, topicError: ProducerError?, timeout: Duration,
        submitted: Duration, isInBackground: Bool
    ) throws(MessageRefusal) -> OutgoingMessage {
        do throws(ProducerError) {
            if let topicError { throw topicError }
            let record = Record(
                topic: topic, key: (address.key ?? production.key).map { Array($0.utf8) },
                value: try value(of: message), headers: production.takeHeaders(replacedBy: address.headers),
                partition: address.partition, timestamp: address.timestamp)
            let size = record.size
            guard size <= maximumRecordSize else { throw .tooLarge(size: size, maximum: maximumRecordSize) }
            return OutgoingMessage(
                record: record, size: size, name: M.messageName, event: production.event,
                measurement: production.measurement, timeout: timeout, submitted: submitted,
                isInBackground: isInBackground)
        } catch {
            throw MessageRefusal(
                message: RefusedMessage(
                    name: M.messageName, event: production.event, topic: topic,
                    labels: production.measurement.map { ($0.metrics, $0.labels) }),
                reason: error)
        }
    }

    private mutating func value<M: Message>(of message: M.Type) throws(ProducerError) -> [UInt8]? {
        if production.isTombstone { return nil }
        let value: [UInt8]
        do { value = try production.writer.text() } catch { throw .encoding(error, at: placeOfFailure(in: M.self)) }
        if !production.isProvenValid { try validate(as: M.self) }
        guard let protection = M.protection, protection.encrypts else { return value }
        return try encrypt(value, by: protection)
    }

    private mutating func encrypt(
        _ value: [UInt8], by protection: MessageProtection
    ) throws(ProducerError) -> [UInt8] {
        guard let cipher else { throw .encryption(.noCipher) }
        if production.isProvenValid {
            do { try tape.parse(production.writer) } catch { throw .malformed(error) }
        }
        do { return try protection.encrypted(value, on: tape, by: cipher) } catch { throw .encryption(error) }
    }

    /// The place of the value that could not be written, and that `null` was written for.
    private mutating func placeOfFailure<M: Message>(in message: M.Type) -> String? {
        guard (try? tape.parse(production.writer)) != nil else { return nil }
        let offset = production.writer.failureOffset
        return M.validate(tape).first { $0.offset == offset }?.path
    }

    private mutating func validate<M: Message>(as message: M.Type) throws(ProducerError) {
        do { try tape.parse(production.writer) } catch { throw .malformed(error) }
        let failures = M.validate(tape)
        guard failures.isEmpty else { throw .invalid(failures) }
    }
}

extension Production {
    /// Returns the message's headers and those that its sender gives, which take the place of those of the same name.
    fileprivate mutating func takeHeaders(replacedBy given: [RecordHeader]) -> [RecordHeader] {
        let own = headers
        headers = []
        guard !given.isEmpty else { return own }
        return own.filter { header in !given.contains { $0.name == header.name } } + given
    }
}

/// A message that is refused before it is queued.
struct MessageRefusal: Error {
    let message: RefusedMessage
    let reason: ProducerError
}

/// Encoders for the threads that send at the same time, with their memory.
///
/// A thread takes the first encoder that no other uses. Where all are in use, which includes a message whose encoding sends
/// another, it makes one of its own.
struct EncoderPool: Sendable {
    private final class Entry: Sendable {
        let encoder: Lock<MessageEncoder>

        init(maximumRecordSize: Int, cipher: (any ValueCipher)?) {
            encoder = Lock(MessageEncoder(maximumRecordSize: maximumRecordSize, cipher: cipher))
        }
    }

    private let entries: [Entry]
    private let maximumRecordSize: Int
    private let cipher: (any ValueCipher)?

    init(maximumRecordSize: Int, cipher: (any ValueCipher)? = nil, count: Int = 8) {
        self.maximumRecordSize = maximumRecordSize
        self.cipher = cipher
        entries = (0..<count).map { _ in Entry(maximumRecordSize: maximumRecordSize, cipher: cipher) }
    }

    func withEncoder(
        _ body: (inout MessageEncoder) throws(MessageRefusal) -> OutgoingMessage
    ) throws(MessageRefusal) -> OutgoingMessage {
        for entry in entries {
            let message = try entry.encoder.withLockIfAvailable { encoder throws(MessageRefusal) in
                try body(&encoder)
            }
            if let message { return message }
        }
        var encoder = MessageEncoder(maximumRecordSize: maximumRecordSize, cipher: cipher)
        return try body(&encoder)
    }
}
