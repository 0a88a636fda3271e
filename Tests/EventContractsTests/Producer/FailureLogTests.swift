import EventContracts
import EventContractsTesting
import Testing

@Suite("Log lines for failures", .timeLimit(.minutes(20)))
struct FailureLogTests {
    private static let text = "message not delivered"

    private func started() async throws -> Bench {
        let bench = try await Bench.started(configuration: ProducerConfiguration(failureLogInterval: .seconds(10)))
        bench.transport.reject { _ in true }
        return bench
    }

    @Test("identical failures are one line at first, then one with a count for each interval")
    func sums() async throws {
        let bench = try await started()
        for _ in 0..<100 { _ = try? await bench.producer.send(NoteMessage("n")) }
        #expect(bench.log.lines(Self.text).map { $0.metadata["messages"] } == [nil])
        await bench.clock.waitForSleeper(due: .seconds(10))
        bench.clock.advance(by: .seconds(10))
        await bench.clock.waitForSleeper(due: .seconds(10))
        #expect(bench.log.lines(Self.text).map { $0.metadata["messages"] } == [nil, "99"])
        _ = try? await bench.producer.send(NoteMessage("n"))
        _ = try? await bench.producer.send(NoteMessage("n"))
        #expect(bench.log.lines(Self.text).count == 2)
        await bench.producer.shutdown()
        #expect(bench.log.lines(Self.text).map { $0.metadata["messages"] } == [nil, "99", "2"])
    }

    @Test("failures of another event, topic or reason have lines of their own")
    func kinds() async throws {
        let bench = try await started()
        for _ in 0..<2 {
            _ = try? await bench.producer.send(NoteMessage("n"))
            _ = try? await bench.producer.send(NoteMessage("n", type: .failed))
            _ = try? await bench.producer.send(NoteMessage("n"), topic: .marks)
            _ = try? await bench.producer.send(NoteMessage("n", text: ""))
        }
        #expect(bench.log.lines(Self.text).count == 4)
        await bench.producer.shutdown()
        #expect(bench.log.lines(Self.text).count == 8)
    }
}
