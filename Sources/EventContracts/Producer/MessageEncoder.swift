import JSONTape
import Locks

/// Makes records of messages: encodes, and validates exactly the bytes that will be sent. Its memory serves message after
/// message.
struct MessageEncoder: ~Copyable {
    private var production = Production()
    private var tape = JSONTape()
    private let maximumRecordSize: Int

    init(maximumRecordSize: Int) {
        self.maximumRecordSize = maximumRecordSize
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
    ///   - route: The topic and the schema's mark.
    ///   - topicError: The reason why the topic is refused, if it is.
    mutating func outgoing<M: Message>(
        _ message: M.Type, on route: Route, _ address: Address, topicError: ProducerError?, timeout: Duration,
        submitted: Duration, isInBackground: Bool
    ) throws(MessageRefusal) -> OutgoingMessage {
        do throws(ProducerError) {
            if let topicError { throw topicError }
            let value = try value(of: message, markedBy: route.mark)
            var headers = production.takeHeaders(replacedBy: address.headers)
            if value != nil, case .header(let header)? = route.mark { headers.append(header) }
            let record = Record(
                topic: route.name, key: (address.key ?? production.key).map { Array($0.utf8) },
                value: value, headers: headers, partition: address.partition, timestamp: address.timestamp)
            let size = record.size
            guard size <= maximumRecordSize else { throw .tooLarge(size: size, maximum: maximumRecordSize) }
            return OutgoingMessage(
                record: record, size: size, name: M.messageName, event: production.event,
                measurement: production.measurement, timeout: timeout, submitted: submitted,
                isInBackground: isInBackground)
        } catch {
            throw MessageRefusal(
                message: RefusedMessage(
                    name: M.messageName, event: production.event, topic: route.name,
                    labels: production.measurement.map { ($0.metrics, $0.labels) }),
                reason: error)
        }
    }

    private mutating func value<M: Message>(
        of message: M.Type, markedBy mark: SchemaMark?
    ) throws(ProducerError) -> [UInt8]? {
        if production.isTombstone { return nil }
        let value: [UInt8]
        do {
            if case .prefix(let id)? = mark {
                value = try production.writer.text(after: id)
            } else {
                value = try production.writer.text()
            }
        } catch { throw .encoding(error, at: placeOfFailure(in: M.self)) }
        if !production.isProvenValid { try validate(as: M.self) }
        return value
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

        init(maximumRecordSize: Int) {
            encoder = Lock(MessageEncoder(maximumRecordSize: maximumRecordSize))
        }
    }

    private let entries: [Entry]
    private let maximumRecordSize: Int

    init(maximumRecordSize: Int, count: Int = 8) {
        self.maximumRecordSize = maximumRecordSize
        entries = (0..<count).map { _ in Entry(maximumRecordSize: maximumRecordSize) }
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
        var encoder = MessageEncoder(maximumRecordSize: maximumRecordSize)
        return try body(&encoder)
    }
}
