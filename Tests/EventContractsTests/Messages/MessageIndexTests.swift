import EventContracts
import Testing

/// How readers find the message that a record holds.
@Suite struct MessageIndexTests {
    private static func position<C: EventContract>(
        _ text: String, in contract: C.Type, from topic: Topic? = nil, headers: [RecordHeader] = []
    ) throws -> Int where C.ReceivedMessage == Position {
        switch try C.read(text.utf8, from: topic, headers: headers) {
        case .message(let position): position
        case .unknownEvent: -1
        }
    }

    @Test("a header identifies a message before any property does")
    func headers() throws {
        let created = #"{"action":"created"}"#
        func read(_ header: String?) throws -> Int {
            let headers = header.map { [RecordHeader(name: "event", value: $0)] } ?? []
            return try Self.position(created, in: Hooks.self, from: .notes, headers: headers)
        }
        #expect(try read("issue") == 0)
        #expect(try read("pull") == 1)
        #expect(try read("star") == -1)
        #expect(
            try Hooks.read(created.utf8, headers: [RecordHeader(name: "event", value: "star")]).unknownName == "star")
    }

    @Test("without any identifier a record is the message of its topic, and otherwise an error")
    func topics() throws {
        #expect(try Self.position("[]", in: Hooks.self, from: .marks) == 2)
        #expect {
            try Hooks.read("{}".utf8, from: .notes)
        } throws: { error in
            guard case .invalid(let failures)? = error as? MessageError else { return false }
            return failures.map(\.reason) == ["expected a message of the topic, or with a header of one"]
        }
    }

    @Test("the topic identifies an event that several messages have")
    func sharedEvents() throws {
        let created = #"{"action":"created"}"#
        #expect(try Self.position(created, in: Shared.self, from: .notes) == 0)
        #expect(try Self.position(created, in: Shared.self, from: .marks) == 1)
        #expect(throws: MessageError.ambiguous(messages: ["NoteChange", "MarkChange"])) {
            try Shared.read(created.utf8)
        }
        #expect(Shared.validate(created.utf8) == .ambiguous(messages: ["NoteChange", "MarkChange"]))
        #expect(
            "\(MessageError.ambiguous(messages: ["A", "B"]))"
                == "ambiguous: the value may be one of A, B; give the topic and the headers that it was read with")
        // What only one of them has needs no topic, and is still that message on a foreign topic.
        #expect(try Self.position(#"{"action":"marked"}"#, in: Shared.self) == 1)
        #expect(try Self.position(#"{"action":"marked"}"#, in: Shared.self, from: .notes) == 1)
    }
}

/// The position of the message that was found.
private enum Position: ReadableMessage {
    case message(Int)
    case unknownEvent(UnknownEvent)

    init(position: Int, tape: borrowing JSONTape, node: JSONTape.Index) throws(MessageError) {
        self = .message(position)
    }

    var unknownName: String? {
        if case .unknownEvent(let event) = self { event.name } else { nil }
    }
}

private enum Hooks: EventContract {
    typealias ReceivedMessage = Position
    static let contractName = "Hooks"
    static let version = "1.0.0"
    static let service = "test"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [
        Change<IssueHook>.self, Change<PullHook>.self, Change<AnyMark>.self,
    ]
    static let messageIndex = MessageIndex(messages)
}

private enum Shared: EventContract {
    typealias ReceivedMessage = Position
    static let contractName = "Shared"
    static let version = "1.0.0"
    static let service = "test"
    static let topics: [Topic] = [.notes, .marks]
    static let messages: [any Message.Type] = [Change<NoteChange>.self, Change<MarkChange>.self]
    static let messageIndex = MessageIndex(messages)
}

/// What is different in the messages of these tests.
private protocol Kind: Sendable {
    static var name: String { get }
    static var topic: Topic { get }
    static var identification: MessageIdentification { get }
}

private enum IssueHook: Kind {
    static let name = "IssueHook"
    static let topic = Topic.notes
    static let identification = MessageIdentification.header("event", values: ["issue"])
}

private enum PullHook: Kind {
    static let name = "PullHook"
    static let topic = Topic.notes
    static let identification = MessageIdentification.header("event", values: ["pull"])
}

private enum AnyMark: Kind {
    static let name = "AnyMark"
    static let topic = Topic.marks
    static let identification = MessageIdentification.topic
}

private enum NoteChange: Kind {
    static let name = "NoteChange"
    static let topic = Topic.notes
    static let identification = MessageIdentification.property(
        JSONPointer(tokens: ["action"]), values: ["created", "deleted"])
}

private enum MarkChange: Kind {
    static let name = "MarkChange"
    static let topic = Topic.marks
    static let identification = MessageIdentification.property(
        JSONPointer(tokens: ["action"]), values: ["created", "marked"])
}

private struct Change<K: Kind>: Message {
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
    func addHeaders(to headers: inout RecordHeaders) {}

    static func stamp(_ message: inout Self, with stamp: MessageStamp) {}

    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.endObject()
    }

    init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {}

    static func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool
    ) -> Bool { true }

    static func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) -> Bool { true }
}
