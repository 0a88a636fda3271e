import EventContracts
import Testing

/// How readers find the message that a record holds.
@Suite struct MessageIndexTests {
    private static func position<C: EventContract>(
        _ text: String, in contract: C.Type, from topic: Topic? = nil, headers: [RecordHeader] = []
    ) throws -> Int where C.ReceivedMessage == MessagePosition {
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

    @Test("without topic and headers, a value that has no discriminator may be each message that needs them")
    func missingOrigin() throws {
        #expect(throws: MessageError.ambiguous(messages: ["IssueHook", "AnyMark"])) { try Mixed.read("{}".utf8) }
        #expect(try Self.position(#"{"action":"created"}"#, in: Mixed.self) == 0)
        #expect {
            try Mixed.read("{}".utf8, from: .notes)
        } throws: { error in
            guard case .invalid(let failures)? = error as? MessageError else { return false }
            return failures.map(\.reason) == [
                "missing member 'action'", "expected a message of the topic, or with a header of one",
            ]
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
