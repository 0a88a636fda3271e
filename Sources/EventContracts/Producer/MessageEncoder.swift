import JSONTape
import Locks
import Synchronization

/// An encoder of messages as records. It validates exactly the bytes that will be sent, and uses its memory for one message
/// after another.
struct MessageEncoder: ~Copyable {
    private var production = Production()
    private var tape = JSONTape()
    private let maximumRecordSize: Int
    private let cipher: (any ValueCipher)?

    init(maximumRecordSize: Int, cipher: (any ValueCipher)?) {
        self.maximumRecordSize = maximumRecordSize
        self.cipher = cipher
    }

    /// Returns whether the route is that of all messages of a type, so that none has to be found.
    func isOnRoute(of type: ObjectIdentifier) -> Bool { production.isOnRoute(of: type) }

    /// Sets the route of the next messages.
    ///
    /// - Parameter type: The messages' type, where the route is that of all its messages.
    mutating func change(to route: Route, of type: ObjectIdentifier?, measuredBy metrics: [any ProducerMetrics]) {
        production.change(to: route, of: type, measuredBy: metrics)
    }

    /// Stamps and encodes a message.
    mutating func encode<Content: Producible>(_ content: inout Content, in context: MessageContext) {
        production.begin()
        Content.produce(&content, in: context, into: &production)
    }

    /// Validates what was encoded, and makes a record of it.
    ///
    /// - Parameters:
    ///   - addedHeaders: Headers that take the place of the message's own of the same name, and give way to the sender's.
    ///   - topicError: The reason why the topic is refused, if it is.
    mutating func outgoing<M: Message>(
        _ message: M.Type, to address: Address, addedHeaders: [RecordHeader],
        topicError: ProducerError?, timeout: Duration, submitted: Duration, isInBackground: Bool
    ) throws(MessageRefusal) -> OutgoingMessage {
        let encrypted: [UInt8]?
        do throws(ProducerError) {
            if let topicError { throw topicError }
            encrypted = try prepared(as: M.self, replacing: addedHeaders, address.headers)
        } catch {
            throw MessageRefusal(event: production.takeEvent(), reason: error)
        }
        var properties: OutgoingMessage.Properties? = OutgoingMessage.Properties(
            event: production.takeEvent(), partition: address.partition, timestamp: address.timestamp,
            observation: production.takeObservation(), timeout: timeout, submitted: submitted,
            isInBackground: isInBackground)
        let outgoing = production.outgoing(
            &properties, prefix: production.mark.prefix, key: address.key ?? production.key, encrypted: encrypted)
        let size = outgoing.size
        guard size <= maximumRecordSize else {
            throw MessageRefusal(event: outgoing.event, reason: .tooLarge(size: size, maximum: maximumRecordSize))
        }
        return outgoing
    }

    /// Adds headers, and validates what was encoded.
    ///
    /// - Returns: The message's text with encrypted values; `nil` where it is sent as it was written.
    private mutating func prepared<M: Message>(
        as message: M.Type, replacing added: [RecordHeader], _ own: [RecordHeader]
    ) throws(ProducerError) -> [UInt8]? {
        if !added.isEmpty { production.headers.replace(by: added) }
        if !own.isEmpty { production.headers.replace(by: own) }
        guard !production.isTombstone else { return nil }
        try validate(as: M.self)
        if !production.mark.header.isEmpty { production.headers.append(written: production.mark.header) }
        return try encrypted(as: M.self, to: production.topicKey)
    }

    /// Returns the message's text with encrypted values; `nil` where it is sent as it was written.
    private mutating func encrypted<M: Message>(as message: M.Type, to topic: String) throws(ProducerError) -> [UInt8]?
    {
        guard let protection = M.protection, protection.encrypts else { return nil }
        guard let cipher else { throw .encryption(.noCipher) }
        if production.isProvenValid {
            do { try tape.parse(production.writer) } catch { throw .malformed(error) }
        }
        let text: [UInt8]
        do { text = try production.writer.text() } catch { throw .encoding(error, at: nil) }
        do { return try protection.encrypted(text, on: tape, to: topic, by: cipher) } catch { throw .encryption(error) }
    }

    /// Returns the place of the value that could not be written, and that `null` was written for.
    private mutating func placeOfFailure<M: Message>(in message: M.Type) -> String? {
        guard (try? tape.parse(production.writer)) != nil else { return nil }
        let offset = production.writer.failureOffset
        return M.validate(tape).first { $0.offset == offset }?.path
    }

    private mutating func validate<M: Message>(as message: M.Type) throws(ProducerError) {
        if let error = production.writer.error { throw .encoding(error, at: placeOfFailure(in: M.self)) }
        guard !production.isProvenValid else { return }
        do { try tape.parse(production.writer) } catch { throw .malformed(error) }
        let failures = M.validate(tape)
        guard failures.isEmpty else { throw .invalid(failures) }
    }
}

extension Production {
    fileprivate borrowing func outgoing(
        _ properties: inout OutgoingMessage.Properties?, prefix: [UInt8], key: String?, encrypted: [UInt8]?
    ) -> OutgoingMessage {
        if isTombstone { return outgoing(&properties, key: key, value: nil) }
        guard let encrypted else { return outgoing(&properties, prefix: prefix, key: key, value: writer.writtenBytes) }
        return encrypted.withUnsafeBytes { outgoing(&properties, prefix: prefix, key: key, value: $0) }
    }

    private borrowing func outgoing(
        _ properties: inout OutgoingMessage.Properties?, prefix: [UInt8] = [], key: String?,
        value: UnsafeRawBufferPointer?
    ) -> OutgoingMessage {
        guard let key else { return .make(&properties, prefix: prefix, value: value, key: nil, headers: headers) }
        return key.withBytes { .make(&properties, prefix: prefix, value: value, key: $0, headers: headers) }
    }
}

/// A message that is refused before it is queued.
struct MessageRefusal: Error {
    let event: EventRoute
    let reason: ProducerError
}

/// Encoders for the threads that send at the same time, with their memory.
///
/// A thread takes the first encoder that no other uses. Where all are in use, which includes a message whose encoding sends
/// another, it makes one of its own.
struct EncoderPool: Sendable {
    private final class Entry: Sendable {
        /// Whether a thread uses the encoder. Only the thread that sets this takes the lock, which is therefore always free: an
        /// attempt to take a locked one would cost a system call.
        let isTaken = Atomic(false)
        let encoder: Lock<MessageEncoder>

        init(maximumRecordSize: Int, cipher: (any ValueCipher)?) {
            encoder = Lock(MessageEncoder(maximumRecordSize: maximumRecordSize, cipher: cipher))
        }
    }

    private let entries: [Entry]
    private let maximumRecordSize: Int
    private let cipher: (any ValueCipher)?

    init(maximumRecordSize: Int, cipher: (any ValueCipher)?, count: Int = 8) {
        self.maximumRecordSize = maximumRecordSize
        self.cipher = cipher
        entries = (0..<count).map { _ in Entry(maximumRecordSize: maximumRecordSize, cipher: cipher) }
    }

    func withEncoder<Result: Sendable, Failure: Error>(
        _ body: (inout MessageEncoder) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        for entry in entries
        where !entry.isTaken.load(ordering: .relaxed) && !entry.isTaken.exchange(true, ordering: .acquiring) {
            defer { entry.isTaken.store(false, ordering: .releasing) }
            return try entry.encoder.withLock { encoder throws(Failure) in try body(&encoder) }
        }
        var encoder = MessageEncoder(maximumRecordSize: maximumRecordSize, cipher: cipher)
        return try body(&encoder)
    }
}
