import EventContracts

extension Topic {
    static let notes = Topic(
        key: "notes", prefix: "test_", purpose: "Notes", partitions: 3, replication: 1, config: [:], producers: [],
        consumers: [])
    static let marks = Topic(
        key: "marks", prefix: "test_", purpose: "Marks", partitions: 1, replication: 1, config: [:], producers: [],
        consumers: [])
}

/// A contract as the generator would write it.
enum Notes: EventContract {
    static let contractName = "Notes"
    static let version = "1.0.0"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [NoteMessage.self, MarkMessage.self]
    static let service = "test"
    static let messageIndex = MessageIndex(messages)

    enum ReceivedMessage: ReadableMessage {
        case noteMessage(NoteMessage)
        case markMessage(MarkMessage)
        case unknownEvent(UnknownEvent)

        init(position: Int, tape: borrowing JSONTape, node: JSONTape.Index) throws(MessageError) {
            switch position {
            case 0: self = .noteMessage(try NoteMessage(validating: tape, at: node))
            default: self = .markMessage(try MarkMessage(validating: tape, at: node))
            }
        }
    }
}

/// A message as the generator would write it, with one rule: the text is not empty.
struct NoteMessage: Message {
    enum MessageType: String, CaseIterable, Hashable, Codable, Sendable {
        case written = "note.written"
        case failed = "note.failed"
    }

    static var messageName: String { "NoteMessage" }
    static var discriminator: JSONPointer? { JSONPointer(tokens: ["messageType"]) }
    static var topic: Topic { .notes }
    static var isValidByConstruction: Bool { false }

    var messageType = MessageType.written
    var id: String
    var text = "hello"
    var weight = 1.5

    var recordKey: String? { id }

    func addHeaders(to headers: inout RecordHeaders) {
        headers.append(name: "message-type", value: messageType.rawValue)
    }

    static func stamp(_ message: inout NoteMessage, with stamp: MessageStamp) {}

    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("messageType")
        writer.write(messageType.rawValue)
        writer.key("id")
        writer.write(id)
        writer.key("text")
        writer.write(text)
        writer.key("weight")
        writer.write(weight)
        writer.endObject()
    }

    init(_ id: String, text: String = "hello", weight: Double = 1.5, type: MessageType = .written) {
        self.id = id
        self.text = text
        self.weight = weight
        messageType = type
    }

    init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {
        guard let id = tape.member(named: "id", of: node) else { throw tape.missing("id", in: node) }
        self.init(tape.string(at: id))
    }

    static func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool
    ) -> Bool {
        var report = FirstFailure(allowsUnknownValues: allowsUnknownValues)
        return check(tape, at: node, &report)
    }

    static func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) -> Bool { check(tape, at: node, &report) }

    private static func check<Report: ValidationReport>(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report
    ) -> Bool {
        guard let text = tape.member(named: "text", of: node) else {
            return report.missing("text", in: node, of: tape, by: "note.schema.json#/required")
        }
        if tape.scalarCount(at: text) == 0 || tape.string(at: text, is: "secret-and-wrong") {
            return report.expected(
                "a fitting text", at: text, of: tape, by: "note.schema.json#/properties/text/minLength")
        }
        return true
    }
}

/// A message of another topic that needs no validation.
struct MarkMessage: Message {
    enum MessageType: String, CaseIterable, Hashable, Codable, Sendable {
        case set = "mark.set"
    }

    static var messageName: String { "MarkMessage" }
    static var discriminator: JSONPointer? { JSONPointer(tokens: ["messageType"]) }
    static var topic: Topic { .marks }
    static var isValidByConstruction: Bool { true }

    var messageType: MessageType { .set }
    var recordKey: String? { nil }
    func addHeaders(to headers: inout RecordHeaders) {}

    static func stamp(_ message: inout MarkMessage, with stamp: MessageStamp) {}

    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.endObject()
    }

    init() {}

    init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {}

    static func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool
    ) -> Bool {
        var report = FirstFailure(allowsUnknownValues: allowsUnknownValues)
        return check(tape, at: node, &report)
    }

    static func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) -> Bool { check(tape, at: node, &report) }

    private static func check<Report: ValidationReport>(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report
    ) -> Bool { false }
}
