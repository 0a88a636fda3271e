import EventContracts
import TDAContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProducerTests {
    @Test("a message is sent as its contract says, and counted")
    func sends() async throws {
        let bench = try await Bench.started()
        let delivery = try await bench.producer.sendJobCompleted(jobID: "42", resultID: "r")
        let stored = try #require(bench.transport.records.first)
        #expect(stored.delivery == delivery)
        #expect(delivery.topic == "tda_jobs" && delivery.offset == 0)
        #expect(stored.record.key == Array("42".utf8))
        #expect(stored.record.headers.map(\.name) == ["content-type", "message-type", "correlation-id"])
        let message = try JobMessage(validating: stored.record.value)
        #expect(message == JobMessage.completed(jobID: "42", resultID: "r", in: Bench.context))
        let statistics = bench.producer.statistics
        #expect(statistics.messagesSent == 1 && statistics.messagesFailed == 0 && statistics.inFlight == 0)
        #expect(statistics.bytesSent == stored.record.value.count)
        #expect(statistics.lastSendTime == Bench.now)
    }

    @Test("a call's own topic, key, partition and headers win")
    func overrides() async throws {
        let bench = try await Bench.started()
        try await bench.producer.send(
            Bench.job(), topic: .tdaEvents, key: "k", partition: 7, headers: [RecordHeader(name: "x", value: "y")])
        let stored = try #require(bench.transport.records.first)
        #expect(stored.delivery.topic == "tda_events" && stored.delivery.partition == 7)
        #expect(stored.record.key == Array("k".utf8))
        #expect(stored.record.headers.last == RecordHeader(name: "x", value: "y"))
    }

    @Test("the environment's topic names are used")
    func topicNames() async throws {
        let bench = Bench(
            topicNames: TopicNames(prefix: "staging_", names: ["results": "answers"]),
            topics: ["staging_jobs", "answers"].map {
                Topic(
                    key: $0, prefix: "", purpose: "", partitions: 1, replication: 1, config: [:], producers: [],
                    consumers: [])
            })
        try await bench.producer.start()
        #expect(try await bench.producer.send(Bench.job()).topic == "staging_jobs")
        let result = try await bench.producer.sendResultCached(jobID: "j", resultID: "r", resultType: "t")
        #expect(result.topic == "answers")
    }

    @Test("a message that breaks its contract is not sent, and its values stay out of the error's text")
    func refusesInvalid() async throws {
        let bench = try await Bench.started()
        var message = JobMessage.completed(jobID: "j", resultID: "r", in: Bench.context)
        message.payload.resultID = nil
        message.payload.status = .failed
        message.payload.errorMessage = "secret"
        do {
            try await bench.producer.send(message)
            Issue.record("sent")
        } catch {
            guard case .invalid(let failures) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(failures.map(\.instance.description) == ["/payload/status", "/payload"])
            #expect(!error.description.contains("secret") && !error.description.contains("failed'"))
        }
        #expect(bench.transport.records.isEmpty)
        #expect(bench.producer.statistics.errorsByType == ["invalid": 1])
    }

    @Test("what JSON can't write, and what is too large, is refused")
    func refusesUnwritable() async throws {
        var configuration = ProducerConfiguration()
        configuration.maximumValueSize = 400
        let bench = try await Bench.started(configuration)
        await #expect(throws: ProducerError.encoding(.nonFiniteNumber)) {
            try await bench.producer.sendResultGenerated(jobID: "j", resultID: "r", resultType: "t", resultSize: .nan)
        }
        await #expect(throws: ProducerError.self) {
            try await bench.producer.sendJobFailed(jobID: "j", errorMessage: String(repeating: "x", count: 400))
        }
        #expect(bench.producer.statistics.errorsByType == ["encoding": 1, "too_large": 1])
    }

    @Test("before its start and after its shutdown a producer refuses")
    func refusesWhenNotRunning() async throws {
        let bench = Bench()
        await #expect(throws: ProducerError.notRunning) { try await bench.producer.send(Bench.job()) }
        try await bench.producer.start()
        try await bench.producer.start()
        #expect(await bench.producer.shutdown().isComplete)
        await #expect(throws: ProducerError.notRunning) { try await bench.producer.send(Bench.job()) }
        await #expect(throws: ProducerError.notRunning) { try await bench.producer.start() }
        #expect(bench.producer.sendInBackground(Bench.job()) == .refused(.notRunning))
        #expect(await bench.producer.shutdown().isComplete)
        #expect(bench.producer.statistics.messagesFailed == 3)
    }

    @Test("failures that may pass are tried again, with growing waits")
    func retries() async throws {
        let bench = try await Bench.started()
        bench.transport.behavior = .failNext(2, TransportError(.unavailable, "down"))
        async let delivery = bench.producer.send(Bench.job())
        // Beside the waiting retry, the time limit sleeps.
        await bench.clock.waitForSleepers(2)
        bench.clock.advance(by: .milliseconds(100))
        await bench.clock.waitForSleepers(2)
        bench.clock.advance(by: .milliseconds(200))
        #expect(try await delivery.topic == "tda_jobs")
        #expect(bench.producer.statistics.retries == 2)
        #expect(bench.producer.statistics.messagesFailed == 0)
    }

    @Test("failures that stay are not tried again")
    func doesNotRetry() async throws {
        let bench = try await Bench.started()
        let error = TransportError(.notAuthorized, "no")
        bench.transport.behavior = .fail(error)
        await #expect(throws: ProducerError.transport(error)) { try await bench.producer.send(Bench.job()) }
        #expect(bench.producer.statistics.errorsByType == ["not_authorized": 1])
    }

    @Test("retries end with their number")
    func retriesEnd() async throws {
        var configuration = ProducerConfiguration()
        configuration.retries = 0
        let bench = try await Bench.started(configuration)
        let error = TransportError(.unavailable, "down")
        bench.transport.behavior = .fail(error)
        await #expect(throws: ProducerError.transport(error)) { try await bench.producer.send(Bench.job()) }
    }

    @Test(
        "the sender is told when the time is up, though the transport does not heed it, and a late delivery is logged")
    func timesOut() async throws {
        let transport = StubbornTransport()
        let clock = ManualClock()
        let log = LogCollector()
        let producer = Producer(transport: transport, context: Bench.context, clock: clock, logger: log.logger)
        try await producer.start()
        let delivery = Task { try await producer.send(Bench.job(), timeout: .seconds(3)) }
        await transport.waitForSend()
        await clock.waitForSleepers(1)
        #expect(producer.statistics.inFlight == 1)
        clock.advance(by: .seconds(3))
        await #expect(throws: ProducerError.timedOut(after: .seconds(3))) { try await delivery.value }
        #expect(producer.statistics.errorsByType == ["timed_out": 1])
        transport.release()
        #expect(await producer.shutdown().isComplete)
        #expect(producer.statistics.deliveredLate == 1 && producer.statistics.inFlight == 0)
        #expect(log.lines.contains { $0.hasPrefix("warning: record delivered after its time was up") })
    }

    @Test("a stalled send ends when its task is cancelled")
    func cancels() async throws {
        let bench = try await Bench.started()
        bench.transport.behavior = .stall
        let task = Task { try await bench.producer.send(Bench.job()) }
        await bench.transport.waitForStalledSends(1)
        task.cancel()
        await #expect(throws: ProducerError.transport(TransportError(.cancelled, "the waiting task was cancelled"))) {
            try await task.value
        }
        #expect(bench.producer.statistics.inFlight == 0)
    }

    @Test("a batch keeps its order, and each message has its own result")
    func batches() async throws {
        let bench = try await Bench.started()
        bench.transport.behavior = .reject { $0.key == Array("2".utf8) }
        var invalid = Bench.job("3")
        invalid.payload.status = .failed
        let results = await bench.producer.send(batch: [Bench.job("1"), Bench.job("2"), invalid, Bench.job("4")])
        #expect(results.map { (try? $0.get()) != nil } == [true, false, false, true])
        #expect(bench.transport.records.map { String(decoding: $0.record.key ?? [], as: UTF8.self) } == ["1", "4"])
        #expect(bench.producer.statistics.errorsByType == ["rejected": 1, "invalid": 1])
        let none = await bench.producer.send(batch: [JobMessage]())
        #expect(none.isEmpty)
    }

    @Test("when a batch's time is up, only what is not delivered by then has timed out")
    func batchTimesOut() async throws {
        let bench = try await Bench.started()
        let unavailable = TransportError(.unavailable, "down")
        bench.transport.behavior = .failNext(1, unavailable)
        let results = Task { await bench.producer.send(batch: [Bench.job("1"), Bench.job("2")], timeout: .seconds(3)) }
        await bench.clock.waitForSleepers(2)
        bench.transport.behavior = .fail(unavailable)
        // The first record waits to be tried again; the second is delivered.
        bench.clock.advance(by: .seconds(3))
        let outcomes = await results.value
        #expect(throws: ProducerError.self) { try outcomes[0].get() }
        #expect(try outcomes[1].get().topic == "tda_jobs")
        #expect(bench.producer.statistics.messagesSent == 1 && bench.producer.statistics.messagesFailed == 1)
    }

    @Test("health tells of the producer and its transport")
    func health() async throws {
        let bench = Bench()
        #expect(await bench.producer.health().status == .unhealthy)
        try await bench.producer.start()
        try await bench.producer.send(Bench.job())
        let health = await bench.producer.health()
        #expect(health.status == .healthy)
        #expect(health.json["producer"] == .object(bench.producer.statistics.json))
        #expect(bench.producer.statistics.json["messages_sent"] == 1)
        #expect(bench.producer.statistics.json["last_send_time"] == "2023-11-14T22:13:20Z")
    }

    @Test("many tasks send at once, and every message is counted once")
    func concurrency() async throws {
        let bench = try await Bench.started()
        await withTaskGroup { group in
            for index in 0..<200 {
                group.addTask { _ = try? await bench.producer.send(Bench.job("\(index)")) }
                group.addTask { bench.producer.sendInBackground(Bench.job("b\(index)")) }
            }
        }
        await bench.producer.shutdown()
        #expect(bench.transport.records.count == 400)
        #expect(bench.producer.statistics.messagesSent == 400)
    }
}
