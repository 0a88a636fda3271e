import EventContracts

/// The position of the message that a reader found.
enum MessagePosition: ReadableMessage {
    case message(Int)
    case unknownEvent(UnknownEvent)

    init(position: Int, tape: borrowing JSONTape, node: JSONTape.Index) throws(MessageError) {
        self = .message(position)
    }

    var unknownName: String? {
        if case .unknownEvent(let event) = self { event.name } else { nil }
    }
}

/// A contract whose messages are identified by a header, or by the topic alone.
enum Hooks: EventContract {
    typealias ReceivedMessage = MessagePosition
    static let contractName = "Hooks"
    static let version = "1.0.0"
    static let service = "test"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [
        Change<IssueHook>.self, Change<PullHook>.self, Change<AnyMark>.self,
    ]
    static let messageIndex = MessageIndex(messages)
}

/// A contract whose messages are identified in each of the three ways.
enum Mixed: EventContract {
    typealias ReceivedMessage = MessagePosition
    static let contractName = "Mixed"
    static let version = "1.0.0"
    static let service = "test"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [
        Change<NoteChange>.self, Change<IssueHook>.self, Change<AnyMark>.self,
    ]
    static let messageIndex = MessageIndex(messages)
}

/// A contract with an event in two topics.
enum Shared: EventContract {
    typealias ReceivedMessage = MessagePosition
    static let contractName = "Shared"
    static let version = "1.0.0"
    static let service = "test"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [Change<NoteChange>.self, Change<MarkChange>.self]
    static let messageIndex = MessageIndex(messages)
}

/// A contract whose messages are all valid as each other.
enum Twins: EventContract {
    typealias ReceivedMessage = MessagePosition
    static let contractName = "Twins"
    static let version = "1.0.0"
    static let service = "test"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [
        Change<AnyNote>.self, Change<AnyMark>.self, Change<IssueHook>.self,
    ]
    static let messageIndex = MessageIndex(messages)
}

/// The difference between the messages of these contracts, which all accept any JSON.
protocol MessageKind: Sendable {
    static var name: String { get }
    static var topic: Topic { get }
    static var identification: MessageIdentification { get }
}

enum IssueHook: MessageKind {
    static let name = "IssueHook"
    static let topic = Topic.notes
    static let identification = MessageIdentification.header("event", values: ["issue"])
}

enum PullHook: MessageKind {
    static let name = "PullHook"
    static let topic = Topic.notes
    static let identification = MessageIdentification.header("event", values: ["pull"])
}

enum AnyNote: MessageKind {
    static let name = "AnyNote"
    static let topic = Topic.notes
    static let identification = MessageIdentification.topic
}

enum AnyMark: MessageKind {
    static let name = "AnyMark"
    static let topic = Topic.marks
    static let identification = MessageIdentification.topic
}

enum NoteChange: MessageKind {
    static let name = "NoteChange"
    static let topic = Topic.notes
    static let identification = MessageIdentification.property(
        JSONPointer(tokens: ["action"]), values: ["created", "deleted"])
}

enum MarkChange: MessageKind {
    static let name = "MarkChange"
    static let topic = Topic.marks
    static let identification = MessageIdentification.property(
        JSONPointer(tokens: ["action"]), values: ["created", "marked"])
}

struct Change<K: MessageKind>: Message {
    enum MessageType: String, CaseIterable, Hashable, Codable, Sendable {
        case changed
    }

    static var messageName: String { K.name }
    static var discriminator: JSONPointer? { nil }
    static var identification: MessageIdentification { K.identification }
    static var topic: Topic { K.topic }
    static var isValidByConstruction: Bool { true }

    var messageType: MessageType { .changed }
    var recordKey: String? { nil }

    func addHeaders(to headers: inout RecordHeaders) {
        if case .header("event", let values) = K.identification { headers.append(name: "event", value: values[0]) }
    }

    static func stamp(_ message: inout Self, with stamp: MessageStamp) {}

    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        if case .property(let pointer, let values) = K.identification {
            writer.key(name: pointer.tokens[0])
            writer.write(values[0])
        }
        writer.endObject()
    }

    init() {}

    init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {}

    static func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool
    ) -> Bool { true }

    static func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) -> Bool { true }
}
