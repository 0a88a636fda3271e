import JSONTape
import Locks

/// Makes records of messages: encodes, and validates exactly the bytes that will be sent. Its memory serves message after
/// message.
struct MessageEncoder: ~Copyable {
    private var writer = JSONWriter()
    private var tape = JSONTape()
    private let maximumRecordSize: Int

    init(maximumRecordSize: Int) {
        self.maximumRecordSize = maximumRecordSize
    }

    /// - Parameter isProvenValid: Whether the message needs no validation.
    mutating func encode<M: Message>(
        _ message: M, isProvenValid: Bool, topic: String, _ address: Address
    ) throws(ProducerError) -> Record {
        writer.removeAll()
        message.encode(into: &writer)
        let value: [UInt8]
        do { value = try writer.text() } catch { throw .encoding(error, at: placeOfFailure(in: M.self)) }
        if !isProvenValid { try validate(as: M.self) }
        return try Record(
            topic: topic, key: (address.key ?? message.recordKey).map { Array($0.utf8) }, value: value,
            headers: headers(message.recordHeaders, replacedBy: address.headers), partition: address.partition,
            timestamp: address.timestamp
        ).limited(to: maximumRecordSize)
    }

    /// The place of the value that could not be written, and that `null` was written for.
    private mutating func placeOfFailure<M: Message>(in message: M.Type) -> String? {
        guard (try? tape.parse(writer)) != nil else { return nil }
        return M.validate(tape).first { $0.offset == writer.failureOffset }?.path
    }

    private mutating func validate<M: Message>(as message: M.Type) throws(ProducerError) {
        do { try tape.parse(writer) } catch { throw .malformed(error) }
        let failures = M.validate(tape)
        guard failures.isEmpty else { throw .invalid(failures) }
    }

    private func headers(_ own: [RecordHeader], replacedBy given: [RecordHeader]) -> [RecordHeader] {
        guard !given.isEmpty else { return own }
        return own.filter { header in !given.contains { $0.name == header.name } } + given
    }
}

extension Record {
    /// A tombstone of a key.
    init(tombstoneOf key: String, topic: String, _ address: Address) {
        self.init(
            topic: topic, key: Array((address.key ?? key).utf8), value: nil, headers: address.headers,
            partition: address.partition, timestamp: address.timestamp)
    }

    /// Returns the record, unless a transport could not take it.
    func limited(to maximumSize: Int) throws(ProducerError) -> Record {
        let size = size
        guard size <= maximumSize else { throw .tooLarge(size: size, maximum: maximumSize) }
        return self
    }
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

    func encode<M: Message>(
        _ message: M, isProvenValid: Bool, topic: String, _ address: Address
    ) throws(ProducerError) -> Record {
        for entry in entries {
            let record = try entry.encoder.withLockIfAvailable { encoder throws(ProducerError) in
                try encoder.encode(message, isProvenValid: isProvenValid, topic: topic, address)
            }
            if let record { return record }
        }
        var encoder = MessageEncoder(maximumRecordSize: maximumRecordSize)
        return try encoder.encode(message, isProvenValid: isProvenValid, topic: topic, address)
    }
}
