import EventContractsTesting
import TDAContracts
import Testing

/// The snippets of the guide, with no other import than it names.
@Suite("The testing guide", .timeLimit(.minutes(20)))
struct TestingGuideTests {
    @Test("a test whose last expression is a delivery uses no result")
    func sends() async throws {
        try await TestProducer.run(TDA.self) { test in
            try await test.producer.send(JobMessage.started(jobID: "42"))
        }
    }

    @Test("a retry waits for the test's clock")
    func retries() async throws {
        try await TestProducer.run(TDA.self) { test in
            test.transport.fail(with: TransportError(.unavailable, "no route"), times: 1)
            async let delivery = test.producer.send(JobMessage.started(jobID: "42"))
            await test.clock.waitForSleeper(due: .milliseconds(100))
            test.clock.advance(by: .milliseconds(100))
            _ = try await delivery
            let job = try await test.transport.expectMessage(of: JobMessage.self, event: .jobStarted)
            #expect(job.payload.jobID == "42")
        }
    }
}
