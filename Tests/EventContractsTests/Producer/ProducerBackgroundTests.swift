import EventContracts
import EventContractsTesting
import Testing

@Suite("Producer: in the background", .timeLimit(.minutes(20)))
struct ProducerBackgroundTests {
    @Test("messages are sent in the order in which they came")
    func order() async throws {
        let bench = try await Bench.started(
            configuration: Bench.configuration)
        for number in 0..<100 { #expect(bench.producer.sendInBackground(NoteMessage("n-\(number)")) == .queued) }
        await bench.transport.waitForDeliveries(100)
        #expect(bench.keys() == (0..<100).map { "n-\($0)" })
        await bench.producer.shutdown()
        #expect(bench.producer.statistics.messagesSent == 100)
        #expect(bench.producer.statistics.backgroundQueued == 0)
    }

    @Test("the queue is bounded; rejected messages are reported, logged and counted")
    func bound() async throws {
        let bench = try await Bench.started(
            configuration: ProducerConfiguration(retryJitter: 0, backgroundCapacity: 3, failureLogInterval: .zero))
        bench.transport.stall()
        for number in 0..<3 { #expect(bench.producer.sendInBackground(NoteMessage("n-\(number)")) == .queued) }
        let refused = ProducerError.backgroundQueueFull(.messages(3))
        #expect(bench.producer.sendInBackground(NoteMessage("over")) == .refused(refused))
        #expect(bench.producer.statistics.backgroundQueued == 3)
        #expect(bench.producer.statistics.backgroundDropped == 1)
        #expect(await bench.producer.health().status == .degraded)
        #expect(
            bench.log.lines("message not delivered").map { $0.metadata["error_type"] } == [
                "background_queue_full"
            ])
        bench.transport.release()
        await bench.producer.shutdown()
        #expect(bench.keys() == ["n-0", "n-1", "n-2"])
    }

    @Test("an invalid message is refused at once")
    func invalid() async throws {
        let bench = try await Bench.started()
        guard case .refused(.invalid) = bench.producer.sendInBackground(NoteMessage("n", text: "")) else {
            Issue.record("expected a refusal")
            return
        }
        await bench.producer.shutdown()
        #expect(bench.producer.statistics.errorsByType == ["invalid": 1])
    }

    @Test("failed background messages are logged and counted")
    func failure() async throws {
        let bench = try await Bench.started()
        bench.transport.reject { $0.key == Array("bad".utf8) }
        for name in ["a", "bad", "b"] { bench.producer.sendInBackground(NoteMessage(name)) }
        await bench.transport.waitForDeliveries(2)
        await bench.log.waitForLine("message not delivered")
        #expect(bench.keys() == ["a", "b"])
        await bench.producer.shutdown()
        #expect(bench.producer.statistics.errorsByType == ["transport_rejected": 1])
    }

    @Test("messages after the shutdown are rejected")
    func notRunning() async throws {
        let bench = try await Bench.started()
        await bench.producer.shutdown()
        #expect(bench.producer.sendInBackground(NoteMessage("late")) == .refused(.notRunning))
        #expect(bench.producer.statistics.messagesFailed == 1)
        #expect(bench.log.lines("message not delivered").count == 1)
    }
}
