import EventContracts
import Testing

@Suite("Producer: notifying", .timeLimit(.minutes(20)))
struct ProducerNotifyingTests {
    private struct WorkFailed: Error, Equatable {}

    /// Not sendable: what the body returns never leaves the caller.
    private final class Product {
        var name = "made"
    }

    @Test("success is sent as an event, and the value is returned unchanged")
    func success() async throws {
        let bench = try await Bench.started()
        let product = Product()
        let returned = try await bench.producer.notifying(
            success: { NoteMessage($0.name) }, failure: { _ in NoteMessage("x", type: .failed) }
        ) { () throws(WorkFailed) in product }
        #expect(returned === product)
        await bench.transport.waitForDeliveries(1)
        #expect(bench.keys() == ["made"])
        await bench.producer.shutdown()
    }

    @Test("failure is sent as an event, and the error is rethrown unchanged")
    func failure() async throws {
        let bench = try await Bench.started()
        await #expect(throws: WorkFailed()) {
            try await bench.producer.notifying(
                success: { (_: Int) in NoteMessage("x") }, failure: { NoteMessage("\($0)", type: .failed) }
            ) { () throws(WorkFailed) -> Int in throw WorkFailed() }
        }
        await bench.transport.waitForDeliveries(1)
        #expect(bench.keys() == ["WorkFailed()"])
        await bench.producer.shutdown()
    }

    @Test("without an event for failure, no event is sent")
    func successOnly() async throws {
        let bench = try await Bench.started()
        let value = await bench.producer.notifying(success: { NoteMessage("n-\($0)") }) { 7 }
        #expect(value == 7)
        await #expect(throws: WorkFailed()) {
            try await bench.producer.notifying(success: { (_: Int) in NoteMessage("x") }) { throw WorkFailed() }
        }
        await bench.producer.shutdown()
        #expect(bench.keys() == ["n-7"])
    }

    @Test("a stalled transport or a stopped producer does not affect the caller")
    func neverInTheWay() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        #expect(await bench.producer.notifying(success: { NoteMessage("n-\($0)") }) { 2 } == 2)
        #expect(await bench.producer.notifying(success: { _ in NoteMessage("n", text: "") }) { 3 } == 3)
        await bench.transport.waitForStalledRecords(1)
        bench.transport.release()
        await bench.producer.shutdown()
        #expect(bench.keys() == ["n-2"])
        #expect(await bench.producer.notifying(success: { NoteMessage("n-\($0)") }) { 4 } == 4)
        #expect(bench.producer.statistics.errorsByType == ["not_running": 1, "invalid": 1])
    }

    @MainActor
    @Test("body and closures run where the caller runs")
    func isolation() async throws {
        let bench = try await Bench.started()
        var steps: [String] = []
        let value = await bench.producer.notifying(
            success: { (value: Int) in
                MainActor.assertIsolated()
                steps.append("success")
                return NoteMessage("n-\(value)")
            }
        ) {
            MainActor.assertIsolated()
            steps.append("body")
            return 1
        }
        #expect(value == 1)
        #expect(steps == ["body", "success"])
        await bench.producer.shutdown()
    }
}
