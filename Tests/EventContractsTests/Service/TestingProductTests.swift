import EventContracts
import EventContractsTesting
import Logging
import TDAContracts
import Testing

@Suite("EventContractsTesting", .timeLimit(.minutes(20)))
struct TestingProductTests {
    @Test("expected messages are awaited, decoded, and returned in the order of arrival")
    func expectsMessages() async throws {
        try await TestProducer.run(TDA.self) { test in
            let producer = test.producer
            async let expected = test.transport.expectMessages(
                2, of: JobMessage.self, event: .jobCompleted, within: .seconds(600))
            producer.sendInBackground(JobMessage.started(jobID: "1"))
            producer.sendInBackground(JobMessage.completed(jobID: "1", resultID: "r-1"))
            producer.sendInBackground(EventMessage.fileUploaded(data: [:]))
            producer.sendInBackground(JobMessage.completed(jobID: "2", resultID: "r-2"))
            #expect(try await expected.map(\.payload.jobID) == ["1", "2"])

            try await test.transport.expectMessage(of: EventMessage.self, within: .seconds(600))
            #expect(test.transport.messages(of: JobMessage.self).count == 3)
            #expect(test.transport.messages(of: JobMessage.self, event: .jobFailed) == [])
            try test.transport.expectNoMessages(of: ResultMessage.self)
            try test.transport.expectNoMessages(of: JobMessage.self, event: .jobFailed)
            try test.transport.expectValidRecords(of: TDA.self)
            try test.log.expectNoLines(atLeast: .warning)
        }
    }

    @Test("a failed expectation lists what was found instead")
    func failures() async throws {
        try await TestProducer.run(TDA.self) { test in
            try await test.producer.send(JobMessage.started(jobID: "1"))
            let missing = await #expect(throws: ExpectationFailure.self) {
                try await test.transport.expectMessages(
                    2, of: JobMessage.self, event: .jobStarted, within: .milliseconds(1))
            }
            let place = try #require(missing?.found.first)
            #expect(missing?.message == "expected 2 of JobMessage job.started within 0.001 seconds")
            #expect(place.hasPrefix("tda_jobs[") && place.hasSuffix("]@0: JobMessage job.started"))
            let unwanted = #expect(throws: ExpectationFailure.self) {
                try test.transport.expectNoMessages(of: JobMessage.self)
            }
            #expect(unwanted?.description == "expected no JobMessage; found:\n  \(place)")
            let other = await #expect(throws: ExpectationFailure.self) {
                try await test.transport.expectMessage(of: ResultMessage.self, within: .milliseconds(1))
            }
            #expect(other?.found == [place])
        }
    }

    @Test("a record that breaks the contract is found")
    func invalidRecords() async throws {
        let transport = InMemoryTransport()
        let driver = TransportDriver(transport)
        try await driver.start(topics: TDA.topics)
        try await driver.send(Record(topic: "tda_jobs", value: Array(#"{"job": 1}"#.utf8)))
        let error = #expect(throws: ExpectationFailure.self) { try transport.expectValidRecords(of: TDA.self) }
        #expect(
            error?.found == ["tda_jobs[0]@0: unknown message: the root: missing member 'metadata' [TDA#/discriminator]"]
        )
    }

    @Test("messages are the same in each run, and their time is the clock's")
    func context() {
        let clock = ManualClock()
        let context = MessageContext.testing(service: "shop", clock: clock)
        #expect([context.makeID?(), context.makeID?()] == ["id-1", "id-2"])
        #expect(context.now() == .testing)
        clock.advance(by: .milliseconds(1500))
        #expect(context.now().description == "2023-11-14T22:13:21.500000Z")
        #expect(MessageContext.testing().makeID?() == "id-1")
    }

    @Test("a test ends although something still waits")
    func ends() async throws {
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await TestProducer.run(TDA.self) { test in
                test.transport.fail(with: TransportError(.unavailable, "no route"))
                test.producer.sendInBackground(JobMessage.started(jobID: "1"))
                await test.clock.waitForSleeper(due: .milliseconds(100))
                throw Failure()
            }
        }
    }

    @Test("a wait for a line, a sleeper or a message ends with its task")
    func cancellation() async {
        let clock = ManualClock()
        let log = LogRecorder()
        let waits = Task { (await clock.waitForSleeper(due: .seconds(1)), await log.waitForLine("never")) }
        waits.cancel()
        #expect(await waits.value == (false, false))
    }

    @Test("a line is awaited, and has the metadata of its logger")
    func lines() async throws {
        let log = LogRecorder()
        var logger = log.logger
        logger[metadataKey: "service"] = "shop"
        async let line = log.expectLine("sent")
        logger.info("sent", metadata: ["event": "job.started"])
        #expect(try await line.metadata == ["service": "shop", "event": "job.started"])
        let error = await #expect(throws: ExpectationFailure.self) {
            try await log.expectLine("received", within: .milliseconds(1))
        }
        #expect(error?.found == ["info: sent event=job.started service=shop"])
        try log.expectNoLines(atLeast: .notice)
        #expect(throws: ExpectationFailure.self) { try log.expectNoLines(atLeast: .info) }
    }
}
