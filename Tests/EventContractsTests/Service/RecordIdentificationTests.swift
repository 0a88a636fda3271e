import EventContracts
import EventContractsTesting
import Logging
import TDAContracts
import Testing

/// The message of a record is the one that its contract identifies, not each one whose schema accepts it.
@Suite("Expected messages are identified by their contract", .timeLimit(.minutes(20)))
struct RecordIdentificationTests {
    /// Returns what a failed wait for a message found.
    private func found<M: Message>(
        insteadOf type: M.Type, in transport: InMemoryTransport
    ) async throws -> [String] {
        let failure = await #expect(throws: ExpectationFailure.self) {
            try await transport.expectMessage(of: type, within: .milliseconds(1))
        }
        return try #require(failure).found
    }

    @Test("the topic identifies a message", arguments: [TopicNames(), TopicNames(overrides: ["marks": "m"])])
    func topic(names: TopicNames) async throws {
        try await TestProducer.run(Twins.self, topicNames: names) { test in
            try await test.producer.send(Change<AnyMark>())
            try await test.transport.expectMessage(of: Change<AnyMark>.self)
            try test.transport.expectNoMessages(of: Change<AnyNote>.self)
            #expect(test.transport.messages(of: Change<AnyNote>.self) == [])
            #expect(
                try await found(insteadOf: Change<AnyNote>.self, in: test.transport)
                    == ["\(names.name(of: .marks))[0]@0: AnyMark changed"])
            #expect(throws: ExpectationFailure.self) {
                try test.transport.expectNoMessages(of: Change<AnyMark>.self)
            }
            try test.transport.expectValidRecords(of: Twins.self)
        }
    }

    @Test("a header identifies a message before its topic does")
    func header() async throws {
        try await TestProducer.run(Twins.self) { test in
            let place = try await test.producer.send(Change<IssueHook>())
            try test.transport.expectNoMessages(of: Change<AnyNote>.self)
            try await test.transport.expectMessage(of: Change<IssueHook>.self)
            #expect(
                try await found(insteadOf: Change<AnyNote>.self, in: test.transport)
                    == ["test_notes[\(place.partition)]@0: IssueHook changed"])
            try test.transport.expectValidRecords(of: Twins.self)
        }
    }

    @Test("the topic tells apart messages with equal events")
    func sharedEvents() async throws {
        try await TestProducer.run(Shared.self) { test in
            try await test.producer.send(Change<MarkChange>())
            try test.transport.expectNoMessages(of: Change<NoteChange>.self)
            try await test.transport.expectMessage(of: Change<MarkChange>.self)
            try test.transport.expectValidRecords(of: Shared.self)
        }
    }

    @Test("a message that is sent to the topic of another is the other")
    func otherTopic() async throws {
        try await TestProducer.run(Twins.self) { test in
            try await test.producer.send(Change<AnyMark>(), topic: .notes)
            try test.transport.expectNoMessages(of: Change<AnyMark>.self)
            try await test.transport.expectMessage(of: Change<AnyNote>.self)
        }
    }

    @Test("each contract of a producer has its own records")
    func severalContracts() async throws {
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Twins.self, TDA.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        try await producer.send(Change<AnyMark>())
        try await producer.send(JobMessage.started(jobID: "1"))
        await producer.shutdown()
        try transport.expectValidRecords(of: Twins.self)
        try transport.expectValidRecords(of: TDA.self)
        try transport.expectNoMessages(of: Change<AnyNote>.self)
        #expect(transport.messages(of: Change<AnyMark>.self).count == 1)
        #expect(transport.messages(of: JobMessage.self).count == 1)
        let lines = try await found(insteadOf: ResultMessage.self, in: transport)
        #expect(lines.map { $0.suffix(22) } == ["[0]@0: AnyMark changed", "JobMessage job.started"])
        // A contract that the producer does not have.
        let failure = #expect(throws: ExpectationFailure.self) { try transport.expectValidRecords(of: Shared.self) }
        #expect(failure?.found.count == 2)
    }

    @Test("records of a producer that states no contracts are identified by the expected message alone")
    func unknownContract() async throws {
        let transport = InMemoryTransport()
        let driver = TransportDriver(transport)
        try await driver.start(topics: Twins.topics)
        try await driver.send(Record(topic: "test_marks", value: Array("{}".utf8)))
        try transport.expectNoMessages(of: Change<AnyNote>.self)
        #expect(
            try await found(insteadOf: Change<AnyNote>.self, in: transport)
                == ["test_marks[0]@0: not a message of the contract: a message of another topic"])
        try await transport.expectMessage(of: Change<AnyMark>.self)
        try transport.expectValidRecords(of: Twins.self)
    }

    @Test("a failure shows the reason for a record that is not a message, and for a message that is invalid")
    func unreadable() async throws {
        let transport = InMemoryTransport()
        let driver = TransportDriver(transport)
        try await driver.start(topics: Notes.topics)
        for text in ["{", #"{"messageType":"mark.gone"}"#, #"{"messageType":"note.written","text":""}"#] {
            try await driver.send(Record(topic: "test_notes", value: Array(text.utf8), partition: 0))
        }
        try await driver.send(Record(topic: "test_notes", key: [1], value: nil, partition: 0))
        #expect(
            try await found(insteadOf: NoteMessage.self, in: transport) == [
                "test_notes[0]@0: not a message of the contract: malformed JSON: the text ends too early (at byte 1)",
                "test_notes[0]@1: not a message of the contract: the event 'mark.gone' is not in the contract; it may be a "
                    + "newer event of NoteMessage",
                "test_notes[0]@2: NoteMessage note.written: invalid: /text: expected a fitting text "
                    + "[note.schema.json#/properties/text/minLength]",
                "test_notes[0]@3: a tombstone",
            ])
        // Invalid, but sent.
        #expect(throws: ExpectationFailure.self) { try transport.expectNoMessages(of: NoteMessage.self) }
    }

    @Test(
        "a verdict is described in words",
        arguments: [
            (#"{"messageType":"note.written","text":"a"}"#, "valid NoteMessage"),
            (
                #"{"messageType":"note.written"}"#,
                "invalid NoteMessage: the root: missing member 'text' [note.schema.json#/required]"
            ),
            ("{}", "unknown message: the root: missing member 'messageType' [Notes#/discriminator]"),
            (#"{"messageType":"gone"}"#, "the event 'gone' is not in the contract"),
            ("{", "malformed JSON: the text ends too early (at byte 1)"),
        ])
    func verdicts(text: String, description: String) {
        #expect(Notes.validate(text.utf8).description == description)
    }
}
