import EventContractsTesting
import Testing

@testable import EventContracts

@Suite("Producer: retries, timeouts, cancellation", .timeLimit(.minutes(20)))
struct ProducerFaultTests {
    private static let unavailable = TransportError(.unavailable, "no route")

    @Test("a temporary error is retried with increasing backoff")
    func retries() async throws {
        let bench = try await Bench.started()
        bench.transport.fail(with: Self.unavailable, times: 5)
        async let delivery = bench.producer.send(NoteMessage("n"))
        for milliseconds in [100, 200, 400, 800, 1000] {
            await bench.clock.waitForSleeper(due: .milliseconds(milliseconds))
            bench.clock.advance(by: .milliseconds(milliseconds))
        }
        _ = try await delivery
        #expect(bench.producer.statistics.retries == 5)
        #expect(bench.producer.statistics.messagesSent == 1)
        #expect(bench.producer.statistics.messagesFailed == 0)
        #expect(bench.producer.statistics.sendDurationTotal == .milliseconds(2500))
        await bench.producer.shutdown()
    }

    @Test("a permanent error is not retried")
    func noRetry() async throws {
        let bench = try await Bench.started()
        let rejected = TransportError(.rejected, "no")
        bench.transport.reject(with: rejected) { $0.key == Array("bad".utf8) }
        let error = await failure { () throws(ProducerError) in try await bench.producer.send(NoteMessage("bad")) }
        #expect(error == .transport(rejected))
        try await bench.producer.send(NoteMessage("good"))
        #expect(bench.keys() == ["good"])
        await bench.producer.shutdown()
    }

    @Test("retries end at their limit")
    func retriesEnd() async throws {
        let bench = try await Bench.started(
            configuration: ProducerConfiguration(maximumRetries: 1, retryJitter: 0))
        bench.transport.fail(with: Self.unavailable)
        async let error = failure { () throws(ProducerError) in try await bench.producer.send(NoteMessage("n")) }
        await bench.clock.waitForSleeper(due: .milliseconds(100))
        bench.clock.advance(by: .milliseconds(100))
        #expect(await error == .transport(Self.unavailable))
        #expect(bench.producer.statistics.errorsByType == ["transport_unavailable": 1])
        await bench.producer.shutdown()
    }

    @Test("only the failed records of a batch are retried")
    func batchRetry() async throws {
        let bench = try await Bench.started()
        bench.transport.fail(with: Self.unavailable, times: 2)
        async let results = bench.producer.send(batch: ["a", "b", "c"].map { NoteMessage($0) })
        await bench.clock.waitForSleeper(due: .milliseconds(100))
        #expect(bench.keys() == ["c"])
        bench.clock.advance(by: .milliseconds(100))
        #expect(await results.allSatisfy { (try? $0.get()) != nil })
        #expect(bench.keys() == ["c", "a", "b"])
        #expect(bench.producer.statistics.retries == 2)
        await bench.producer.shutdown()
    }

    @Test("a record is not retried after its timeout: it fails with its last error")
    func noRetryAfterTimeout() async throws {
        let bench = try await Bench.started()
        bench.transport.fail(with: Self.unavailable, times: 2)
        let results = await bench.producer.send(
            batch: ["a", "b", "c"].map { NoteMessage($0) }, timeout: .milliseconds(50))
        #expect(results.map { (try? $0.get()) != nil } == [false, false, true])
        #expect(bench.producer.statistics.errorsByType == ["transport_unavailable": 2])
        #expect(bench.producer.statistics.messagesSent == 1)
        await bench.producer.shutdown()
        #expect(bench.keys() == ["c"])
    }

    @Test("the timeout ends a series of retries")
    func timeoutDuringRetries() async throws {
        let bench = try await Bench.started()
        bench.transport.fail(with: Self.unavailable)
        async let error = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n"), timeout: .milliseconds(250))
        }
        await bench.clock.waitForSleeper(due: .milliseconds(100))
        bench.clock.advance(by: .milliseconds(100))
        // The next retry would come at 300 ms.
        #expect(await error == .transport(Self.unavailable))
        #expect(bench.producer.statistics.retries == 1)
        await bench.producer.shutdown()
    }

    @Test("a message that is not handed over within its timeout fails, and is not delivered later")
    func timeoutInQueue() async throws {
        let transport = BoundedTransport(capacity: 1)
        let clock = ManualClock()
        let producer = Producer(
            transport: transport, contracts: [Notes.self], context: .testing(), clock: clock,
            logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("first"))
        async let error = failure { () throws(ProducerError) in
            try await producer.send(NoteMessage("second"), timeout: .seconds(5))
        }
        await transport.waitForOffers(2)
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(await error == .timedOut(after: .seconds(5)))
        #expect(producer.statistics.errorsByType == ["timed_out": 1])
        transport.complete()
        #expect(await producer.shutdown().isClean)
        #expect(transport.delivered.map(\.key) == [Array("first".utf8)])
    }

    @Test("a message in flight has an unknown outcome at its timeout; the late outcome is logged and counted")
    func lateDelivery() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        async let error = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n"), timeout: .seconds(5))
        }
        await bench.transport.waitForStalledRecords(1)
        await bench.clock.waitForSleeper(due: .seconds(5))
        bench.clock.advance(by: .seconds(5))
        #expect(await error == .unknown(.timedOut(after: .seconds(5))))
        #expect(bench.producer.statistics.inFlight == 1)

        bench.transport.release()
        await bench.log.waitForLine("message delivered after its sender stopped waiting")
        #expect(bench.keys() == ["n"])
        let statistics = bench.producer.statistics
        #expect(statistics.messagesSent == 0)
        #expect(statistics.messagesFailed == 0)
        #expect(statistics.messagesUnknown == 1)
        #expect(statistics.deliveredLate == 1)
        #expect(statistics.inFlight == 0)
        await bench.producer.shutdown()
    }

    @Test("a message that waits for another of its key is not sent after its timeout")
    func timeoutBehindKey() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        bench.producer.sendInBackground(NoteMessage("k", text: "first"))
        async let error = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("k", text: "second"), timeout: .seconds(5))
        }
        await bench.clock.waitForSleeper(due: .seconds(5))
        bench.clock.advance(by: .seconds(5))
        #expect(await error == .unknown(.timedOut(after: .seconds(5))))
        bench.transport.release()
        await bench.log.waitForLine("message failed after its sender stopped waiting")
        #expect(await bench.producer.shutdown().isClean)
        #expect(bench.transport.records.map(\.record.noteText) == ["first"])
        #expect(bench.producer.statistics.inFlight == 0)
    }

    @Test("a transport may report an unknown outcome")
    func unacknowledged() async throws {
        let transport = BoundedTransport(capacity: 10)
        let producer = Producer(
            transport: transport, contracts: [Notes.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        async let error = failure { () throws(ProducerError) in try await producer.send(NoteMessage("n")) }
        await transport.waitForPending(1)
        let lost = TransportError(.unavailable, "the connection broke")
        transport.complete { _ in .unknown(lost) }
        #expect(await error == .unknown(.unacknowledged(lost)))
        #expect(producer.statistics.messagesUnknown == 1)
        #expect(producer.statistics.messagesFailed == 0)
        await producer.shutdown()
    }

    @Test("a delivered message of a batch is counted before another is retried")
    func batchOutcomes() async throws {
        let bench = try await Bench.started()
        bench.transport.reject(with: TransportError(.unavailable, "no leader")) { $0.key == Array("away".utf8) }
        async let results = bench.producer.send(batch: [NoteMessage("away"), NoteMessage("there")])
        await bench.clock.waitForSleeper(due: .milliseconds(100))
        #expect(bench.producer.statistics.messagesSent == 1)
        #expect(bench.producer.statistics.inFlight == 1)
        #expect(bench.producer.statistics.sendDurationTotal == .zero)
        bench.transport.recover()
        bench.clock.advance(by: .milliseconds(100))
        #expect(await results.map { $0.map(\.offset) }.count == 2)
        #expect(bench.producer.statistics.messagesSent == 2)
        #expect(bench.producer.statistics.sendDurationTotal == .milliseconds(100))
        #expect(bench.producer.statistics.inFlight == 0)
        await bench.producer.shutdown()
    }

    @Test("sends with different timeouts each end at their own")
    func severalTimeouts() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        async let long = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("long"), timeout: .seconds(10))
        }
        await bench.transport.waitForStalledRecords(1)
        async let short = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("short"), timeout: .seconds(1))
        }
        await bench.transport.waitForStalledRecords(2)
        await bench.clock.waitForSleeper(due: .seconds(1))
        bench.clock.advance(by: .seconds(1))
        #expect(await short == .unknown(.timedOut(after: .seconds(1))))
        await bench.clock.waitForSleeper(due: .seconds(9))
        bench.clock.advance(by: .seconds(9))
        #expect(await long == .unknown(.timedOut(after: .seconds(10))))
        bench.transport.release()
        await bench.producer.shutdown()
    }

    @Test("a cancelled caller returns at once")
    func cancellation() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        let task = Task {
            await failure { () throws(ProducerError) in try await bench.producer.send(NoteMessage("n")) }
        }
        await bench.transport.waitForStalledRecords(1)
        task.cancel()
        #expect(await task.value == .unknown(.cancelled))
        #expect(bench.producer.statistics.errorsByType == ["outcome_unknown": 1])
        bench.transport.release()
        await bench.producer.shutdown()
        #expect(bench.keys() == ["n"])
    }

    @Test("a task that is cancelled before its call sends nothing")
    func cancelledBefore() async throws {
        let bench = try await Bench.started()
        let isCancelled = StartingTransport.Signal()
        let task = Task {
            await Task { await isCancelled.value() }.value
            let single = await failure { () throws(ProducerError) in try await bench.producer.send(NoteMessage("n")) }
            let batch = await bench.producer.send(batch: [NoteMessage("a", text: ""), NoteMessage("b")])
            return (single, batch.map(\.failure?.reason))
        }
        task.cancel()
        isCancelled.fulfil()
        let (single, batch) = await task.value
        #expect(single == .cancelled)
        #expect(batch == [.invalid, .cancelled])
        #expect(bench.transport.records.isEmpty)
        await bench.producer.shutdown()
    }

    @Test("backoff doubles up to its maximum, with jitter")
    func backoff() {
        let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(1), jitter: 0.2)
        #expect(backoff.delay(beforeRetry: 1, chance: 0.5) == .milliseconds(100))
        #expect(backoff.delay(beforeRetry: 3, chance: 0.5) == .milliseconds(400))
        #expect(backoff.delay(beforeRetry: 1_000_000, chance: 0.5) == .seconds(1))
        let spread = (0...1).map { backoff.delay(beforeRetry: 1, chance: Double($0)) / .milliseconds(1) }
        #expect(abs(spread[0] - 80) < 1e-6)
        #expect(abs(spread[1] - 120) < 1e-6)
        #expect(Backoff(initial: .zero, maximum: .zero, jitter: 9).delay(beforeRetry: 9, chance: 0) == .zero)
        let unusual = Backoff(initial: .seconds(1), maximum: .seconds(1), jitter: .nan)
        #expect(unusual.delay(beforeRetry: 1, chance: 1) == .seconds(1))
    }

    @Test("many sends at once all arrive once, and the statistics add up")
    func concurrency() async throws {
        let bench = try await Bench.started()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { _ = try? await bench.producer.send(NoteMessage("n-\(number)")) }
            }
        }
        #expect(Set(bench.keys()) == Set((0..<200).map { "n-\($0)" }))
        #expect(bench.transport.records.count == 200)
        #expect(bench.producer.statistics.messagesSent == 200)
        await bench.producer.shutdown()
    }
}
