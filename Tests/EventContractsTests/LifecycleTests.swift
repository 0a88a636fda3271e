import EventContracts
import Logging
import ServiceLifecycle
import TDAContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct LifecycleTests {
    @Test("messages sent in the background arrive in order, and a shutdown delivers what waits")
    func drains() async throws {
        var configuration = ProducerConfiguration()
        configuration.backgroundBatchSize = 3
        let bench = try await Bench.started(configuration)
        bench.transport.behavior = .stall
        for index in 0..<10 { #expect(bench.producer.sendInBackground(Bench.job("\(index)")) == .queued) }
        await bench.transport.waitForStalledSends(1)
        bench.transport.behavior = .deliver
        #expect(await bench.producer.shutdown().isComplete)
        #expect(
            bench.transport.records.map { String(decoding: $0.record.key ?? [], as: UTF8.self) }
                == (0..<10).map { "\($0)" })
    }

    @Test("a full queue refuses at once, with a log line and a count")
    func isBounded() async throws {
        var configuration = ProducerConfiguration()
        configuration.backgroundCapacity = 2
        configuration.backgroundBatchSize = 1
        let bench = try await Bench.started(configuration)
        bench.transport.behavior = .stall
        bench.producer.sendInBackground(Bench.job("sending"))
        await bench.transport.waitForStalledSends(1)
        #expect(bench.producer.sendInBackground(Bench.job("1")) == .queued)
        #expect(bench.producer.sendInBackground(Bench.job("2")) == .queued)
        #expect(bench.producer.sendInBackground(Bench.job("3")) == .refused(.queueFull))
        #expect(bench.producer.statistics.backgroundQueued == 2)
        #expect(bench.producer.statistics.errorsByType == ["queue_full": 1])
        #expect(bench.log.lines == ["error: message not sent error=the background queue is full message=JobMessage"])
        bench.transport.behavior = .deliver
        await bench.producer.shutdown()
        #expect(bench.transport.records.count == 3)
    }

    @Test("a background message that fails is logged and counted")
    func logsFailures() async throws {
        let bench = try await Bench.started()
        bench.transport.behavior = .fail(TransportError(.rejected, "no"))
        bench.producer.sendInBackground(Bench.job())
        var invalid = Bench.job()
        invalid.payload.status = .failed
        guard case .refused(.invalid) = bench.producer.sendInBackground(invalid) else {
            Issue.record("an invalid message was queued")
            return
        }
        await bench.producer.shutdown()
        #expect(bench.producer.statistics.errorsByType == ["rejected": 1, "invalid": 1])
        #expect(bench.log.lines.contains("error: record not delivered error=rejected: no topic=tda_jobs"))
    }

    @Test("what is not delivered by the shutdown's deadline is reported, logged and counted")
    func reportsUndelivered() async throws {
        var configuration = ProducerConfiguration()
        configuration.backgroundBatchSize = 1
        let bench = try await Bench.started(configuration)
        bench.transport.behavior = .stall
        for index in 0..<3 { bench.producer.sendInBackground(Bench.job("\(index)")) }
        await bench.transport.waitForStalledSends(1)
        async let report = bench.producer.shutdown(deadline: .seconds(5))
        // The batch's own limit sleeps already; the shutdown's comes to it.
        await bench.clock.waitForSleepers(2)
        bench.clock.advance(by: .seconds(5))
        #expect(await report.undelivered == ["tda_jobs": 3])
        #expect(
            bench.log.lines.contains("error: not delivered before the shutdown's deadline messages=3 topic=tda_jobs"))
        #expect(bench.transport.records.isEmpty)
    }

    @Test("as a service, a producer starts with its group and drains when that shuts down gracefully")
    func runsAsService() async throws {
        let bench = Bench()
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: bench.producer), .init(service: Sender(bench: bench))],
                logger: bench.log.logger))
        bench.transport.behavior = .stall
        async let run: Void = group.run()
        await bench.transport.waitForStalledSends(1)
        await group.triggerGracefulShutdown()
        bench.transport.behavior = .deliver
        try await run
        #expect(bench.events == ["job.started"])
        #expect(bench.log.lines.contains("info: producer shut down undelivered=0"))
    }

    /// Sends in the background as soon as the producer runs, and goes on until the group shuts down.
    private struct Sender: Service {
        let bench: Bench

        func run() async throws {
            while bench.producer.sendInBackground(Bench.job()) != .queued { await Task.yield() }
            try await gracefulShutdown()
        }
    }

    @Test("a service that is cancelled drains too")
    func drainsOnCancellation() async throws {
        let bench = Bench()
        bench.transport.behavior = .stall
        let run = Task { try await bench.producer.run() }
        while bench.producer.sendInBackground(Bench.job()) != .queued { await Task.yield() }
        await bench.transport.waitForStalledSends(1)
        run.cancel()
        bench.transport.behavior = .deliver
        try await run.value
        #expect(bench.transport.records.count == 1)
    }

    @Test("a transport that can't start is an error, and the producer can be started again")
    func startsAgain() async throws {
        let transport = JSONLinesTransport(.file("/nonexistent/folder/file"))
        let producer = Producer(transport: transport, context: Bench.context)
        await #expect(throws: ProducerError.self) { try await producer.start() }
        #expect(await producer.health().status == .unhealthy)
        await #expect(throws: ProducerError.self) { try await producer.start() }
    }
}

@Suite(.timeLimit(.minutes(1))) struct NotifyingTests {
    private struct Failure: Error, Equatable {}

    @Test("a body's result is told, and returned as it is")
    func success() async throws {
        let bench = try await Bench.started()
        let value = await bench.producer.notifying { (id: String) in
            JobMessage.submitted(jobID: id, algorithm: "a", in: Bench.context)
        } _: {
            "42"
        }
        #expect(value == "42")
        await bench.producer.shutdown()
        #expect(bench.events == ["job.submitted"])
    }

    @Test("a body's error is told, and thrown as it is")
    func failure() async throws {
        let bench = try await Bench.started()
        await #expect(throws: Failure()) {
            try await bench.producer.notifying { (id: String) in
                JobMessage.started(jobID: id, in: Bench.context)
            } failure: { (error: Failure) in
                JobMessage.failed(jobID: "42", errorMessage: "\(error)", in: Bench.context)
            } _: { () throws(Failure) in
                throw Failure()
            }
        }
        await bench.producer.shutdown()
        #expect(bench.events == ["job.failed"])
    }

    @Test("a transport that fails changes nothing of what a body returns")
    func isUntouched() async throws {
        let bench = try await Bench.started()
        bench.transport.behavior = .fail(TransportError(.rejected, "no"))
        let value = await bench.producer.notifying { (_: Int) in
            Bench.job()
        } _: {
            7
        }
        #expect(value == 7)
        await bench.producer.shutdown()
        #expect(bench.producer.statistics.messagesFailed == 1)
    }

    @Test("an actor's body runs on the actor")
    func keepsIsolation() async throws {
        let bench = try await Bench.started()
        let counter = Counter()
        #expect(await counter.count(with: bench.producer) == 1)
    }

    private actor Counter {
        private var value = 0

        func count(with producer: Producer) async -> Int {
            await producer.notifying { (_: Int) in
                Bench.job()
            } _: {
                self.value += 1
                return self.value
            }
        }
    }
}
