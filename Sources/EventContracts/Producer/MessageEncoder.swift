import JSONTape

/// Where one message goes, so far as its sender says.
struct Route: Sendable {
    /// The topic's name on the broker.
    var topic: String
    /// The topic as the contract has it.
    var contractTopic: Topic
    var key: String?
    var partition: Int32?
    var headers: [RecordHeader]
}

/// Makes records of messages: encodes, and checks exactly the bytes that will be sent. Its memory serves message after
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
        _ message: M, isProvenValid: Bool, route: Route
    ) throws(ProducerError) -> OutgoingMessage {
        writer.removeAll()
        message.encode(into: &writer)
        let value: [UInt8]
        do { value = try writer.text() } catch { throw .encoding(error) }
        if !isProvenValid { try validate(as: M.self) }
        let record = Record(
            topic: route.topic, key: (route.key ?? message.recordKey).map { Array($0.utf8) }, value: value,
            headers: headers(message.recordHeaders, replacedBy: route.headers), partition: route.partition)
        let size = OutgoingMessage.size(of: record)
        guard size <= maximumRecordSize else { throw .tooLarge(size: size, maximum: maximumRecordSize) }
        return OutgoingMessage(record: record, name: M.messageName, event: message.messageType.rawValue)
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
