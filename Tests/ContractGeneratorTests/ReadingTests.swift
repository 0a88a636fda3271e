import EventContracts
import TDAContracts
import Testing

/// Reading whatever arrives, through the contract and through one message's type.
@Suite struct ReadingTests {
    private static func text(_ event: String, payload: String = #"{"job_id":"j","status":"running"}"#) -> String {
        #"{"metadata":{"message_id":"m","message_type":"\#(event)","timestamp":"2024-01-01T00:00:00Z","#
            + #""source_service":"s"},"payload":\#(payload)}"#
    }

    /// A consumer, whose switches the compiler checks to be exhaustive.
    private static func consume(_ received: TDA.ReceivedMessage) -> String {
        switch received {
        case .jobMessage(let job):
            switch job.messageType {
            case .jobSubmitted, .jobStarted: "job \(job.payload.jobID) is under way"
            case .jobCompleted: "job \(job.payload.jobID) has a result"
            case .jobFailed, .jobCancelled: "job \(job.payload.jobID) has none"
            }
        case .resultMessage(let result): "result \(result.payload.resultID)"
        case .eventMessage, .monitoringMessage: "ignored"
        case .unknownEvent(let event): "unknown \(event.name)"
        }
    }

    @Test("a consumer switches over the contract's messages and their events")
    func switches() throws {
        #expect(Self.consume(try TDA.read(Self.text("job.started").utf8)) == "job j is under way")
        let result = Self.text("result.cached", payload: #"{"job_id":"j","result_id":"r","result_type":"t"}"#)
        #expect(Self.consume(try TDA.read(result.utf8)) == "result r")
        #expect(Self.consume(try TDA.read(Self.text("job.paused").utf8)) == "unknown job.paused")
    }

    @Test("an unknown event is a result with its name, topic and bytes")
    func unknownEvents() throws {
        let bytes = Array(Self.text("job.paused").utf8)
        #expect(
            try TDA.read(bytes) == .unknownEvent(UnknownEvent(name: "job.paused", messageName: nil, topic: nil)))
        let event = UnknownEvent(name: "job.paused", messageName: "JobMessage", topic: TDA.Topics.jobs)
        #expect(try TDA.read(bytes, from: TDA.Topics.jobs) == .unknownEvent(event))
        #expect(TDA.validate(bytes, from: TDA.Topics.jobs) == .unknownEvent(event))
        #expect(throws: MessageError.unknownEvent(event)) { try JobMessage(validating: bytes) }
        #expect("\(event)" == "the event 'job.paused' is not in the contract; it may be a newer event of JobMessage")
    }

    @Test(
        "a corrupt message is an error, and never a new event",
        arguments: [
            ("{}", "missing"), ("[]", "an object"), ("7", "an object"), (#"{"metadata":{}}"#, "missing"),
            (#"{"metadata":{"message_type":1}}"#, "the name of an event"),
            (#"{"metadata":"job.started"}"#, "an object"),
            (#"{"metadata":{"message_type":"job.started"}}"#, "missing"),
        ])
    func corrupt(text: String, reason: String) throws {
        #expect {
            try TDA.read(text.utf8)
        } throws: { error in
            guard case .invalid(let failures)? = error as? MessageError else { return false }
            return failures.first?.message.contains(reason) == true
        }
        guard case .invalid(_, let failures) = TDA.validate(text.utf8) else {
            Issue.record("\(TDA.validate(text.utf8))")
            return
        }
        #expect(failures.first?.message.contains(reason) == true, "\(failures)")
    }

    @Test("bytes that are not JSON are malformed")
    func malformed() {
        #expect(TDA.validate([]) == .malformed(.init(.unexpectedEnd, at: 0)))
        #expect(throws: MessageError.malformed(.init(.unexpectedEnd, at: 0))) { try TDA.read([]) }
    }

    @Test("a message inside another value is read from its node")
    func nodes() throws {
        var tape = JSONTape()
        try tape.parse(#"{"records":[1,\#(Self.text("job.started"))]}"#.utf8)
        let found = tape.find(JSONPointer(tokens: ["records", "1"]))
        let node = try #require(found)
        let message = try JobMessage(validating: tape, at: node)
        #expect(message.messageType == .jobStarted)
        let received = try TDA.read(tape, at: node)
        #expect(received == .jobMessage(message))
        let whole = try? TDA.read(tape)
        #expect(whole == nil)
    }

    @Test("consecutive messages are read with one tape")
    func reusedTape() throws {
        var tape = JSONTape()
        for event in ["job.started", "job.paused", "job.started"] {
            let received = try TDA.read(Self.text(event).utf8, with: &tape)
            #expect(Self.consume(received) == (event == "job.paused" ? "unknown job.paused" : "job j is under way"))
        }
    }
}
