import EventContracts
import EventContractsTesting
import TDAContracts
import Testing

/// The generated metrics, driven by a producer.
@Suite("Metrics generated from a contract", .timeLimit(.minutes(20)))
struct TDAMetricsTests {
    private static let context = MessageContext(service: "test", now: { Bench.time }, makeID: { "id" })

    private let transport = InMemoryTransport(now: { Bench.time })
    private let metrics = TDA.Metrics()

    private func producer(_ configuration: ProducerConfiguration = ProducerConfiguration()) async throws -> Producer {
        let producer = Producer(
            transport: transport, contracts: [TDA.self], configuration: configuration, context: Self.context,
            metrics: [metrics],
            logger: LogRecorder().logger)
        try await producer.start()
        return producer
    }

    @Test("every possible series exists with 0 from the start, and no others")
    func startsAtZero() {
        let text = metrics.exposition().text
        #expect(
            text.contains(
                #"tda_kafka_messages_produced_total{topic="tda_jobs",message_type="job.failed",status="error"} 0"#))
        #expect(!text.contains(#"topic="tda_jobs",message_type="file.uploaded""#))
        #expect(!text.contains(#"topic="other""#))
        #expect(text.contains(#"tda_computation_results_total{result_type="other"} 0"#))
        // As many as generation says.
        #expect(text.split(separator: "\n").count { !$0.hasPrefix("#") } == 422)
    }

    @Test("a delivery is counted by its labels, with its latency, size and content")
    func delivery() async throws {
        let producer = try await producer()
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 1)
        try await producer.send(JobMessage.completed(jobID: "j", resultID: "r"))
        try await producer.send(ResultMessage.generated(jobID: "j", resultID: "r", resultType: "persistence"))
        #expect(metrics.kafkaMessagesProduced[topic: .tdaJobs, messageType: .jobCompleted, status: .success].value == 1)
        #expect(metrics.kafkaProducerLatencySeconds[topic: .tdaJobs, messageType: .jobCompleted].snapshot.count == 1)
        #expect(metrics.jobEvents[eventType: .jobCompleted].value == 1)
        #expect(metrics.jobEvents[eventType: .jobFailed].value == 0)
        #expect(metrics.computationResults[resultType: "persistence"].value == 1)
        let bytes = transport.records(in: "tda_jobs").compactMap(\.record.value?.count).reduce(0, +)
        #expect(metrics.kafkaProducedBytes[topic: .tdaJobs].value == UInt64(bytes))
        #expect(metrics.kafkaLastSuccessTimestampSeconds[topic: .tdaJobs].value == 1_700_000_000)
        #expect(metrics.kafkaMessagesInFlight.value == 0)
        await producer.shutdown()
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 0)
    }

    @Test("a family that selects events of a message counts no others")
    func selectedEvents() async throws {
        let producer = try await producer()
        try await producer.send(JobMessage.started(jobID: "j", executionTime: 5))
        try await producer.send(JobMessage.completed(jobID: "j", resultID: "r", executionTime: 30))
        try await producer.send(JobMessage.completed(jobID: "j", resultID: "r"))
        try await producer.send(JobMessage.failed(jobID: "j", errorMessage: "no", executionTime: 700))
        let family = metrics.jobExecutionSeconds
        #expect(family[eventType: .jobCompleted].snapshot.sum == 30)
        #expect(family[eventType: .jobCompleted].snapshot.count == 1)
        #expect(family[eventType: .jobFailed].snapshot.sum == 700)
        // The other families of the message count all of its events.
        #expect(metrics.jobEvents[eventType: .jobStarted].value == 1)
        #expect(metrics.jobEvents[eventType: .jobCompleted].value == 2)
        await producer.shutdown()
    }

    @Test("failures are counted by reason, and by each rule that a message breaks")
    func failures() async throws {
        let producer = try await producer()
        transport.reject { _ in true }
        _ = try? await producer.send(JobMessage.started(jobID: "j"))
        var invalid = JobMessage.completed(jobID: "j", resultID: "r").stamped(in: Self.context)
        invalid.payload.resultID = nil
        invalid.payload.status = .failed
        _ = try? await producer.send(invalid)
        #expect(metrics.kafkaSendFailures[topic: .tdaJobs, reason: .transportRejected].value == 1)
        #expect(metrics.kafkaSendFailures[topic: .tdaJobs, reason: .invalid].value == 1)
        #expect(metrics.kafkaMessagesProduced[topic: .tdaJobs, messageType: .jobStarted, status: .error].value == 1)
        #expect(metrics.kafkaInvalidMessages[message: .jobMessage, rule: .fixed].value == 1)
        #expect(metrics.kafkaInvalidMessages[message: .jobMessage, rule: .requires].value == 1)
        #expect(metrics.jobEvents[eventType: .jobStarted].value == 0)
        // A rejection is an answer: the other end is there.
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 1)
        await producer.shutdown()
    }

    @Test("while the transport fails, the connection is down and retries are counted; the next delivery sets it up")
    func connection() async throws {
        let producer = try await producer(ProducerConfiguration(maximumRetries: 3, retryBackoff: .zero))
        transport.fail(with: TransportError(.unavailable, "no route"), times: 3)
        try await producer.send(JobMessage.started(jobID: "j"))
        #expect(metrics.kafkaSendRetries[topic: .tdaJobs].value == 3)
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 1)

        transport.fail(with: TransportError(.unavailable, "no route"))
        _ = try? await producer.send(JobMessage.started(jobID: "j"))
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 0)
        #expect(metrics.kafkaSendFailures[topic: .tdaJobs, reason: .transportUnavailable].value == 1)
        await producer.shutdown()
    }

    @Test("a stopped producer has no connection, despite late outcomes")
    func connectionAfterShutdown() async throws {
        let sender = HeldSender()
        let clock = ManualClock()
        let log = LogRecorder()
        let producer = Producer(
            transport: SenderTransport(sender), contracts: [TDA.self], context: Self.context, metrics: [metrics],
            clock: clock, logger: log.logger)
        try await producer.start()
        async let sent = failure { () throws(ProducerError) in try await producer.send(JobMessage.started(jobID: "j")) }
        await sender.isSending.value()
        async let health = producer.health()
        await sender.isAskedForHealth.value()
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 1)

        async let report = producer.shutdown(deadline: .seconds(5))
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(await sent == .unknown(.shutDown))
        // The sender gets as long once more to shut down, and does not.
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(await report.reachedDeadline)
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 0)

        sender.mayAnswer.fulfil()
        await log.waitForLine("message delivered after its sender stopped waiting")
        sender.mayTellHealth.fulfil()
        #expect(await health.state == .stopped)
        #expect(metrics.kafkaConnectionStatus[component: .producer].value == 0)
    }

    @Test("the queue's depth, capacity and rejected messages are measured")
    func queue() async throws {
        let producer = try await producer(ProducerConfiguration(backgroundCapacity: 3))
        #expect(metrics.kafkaBackgroundQueueCapacity.value == 3)
        transport.stall()
        for job in 0..<4 { producer.sendInBackground(JobMessage.started(jobID: "\(job)")) }
        #expect(metrics.kafkaBackgroundQueueDepth.value == 3)
        #expect(metrics.kafkaMessagesInFlight.value == 3)
        #expect(metrics.kafkaSendFailures[topic: .tdaJobs, reason: .backgroundQueueFull].value == 1)
        transport.release()
        await producer.shutdown()
        #expect(metrics.kafkaBackgroundQueueDepth.value == 0)
        #expect(metrics.kafkaMessagesInFlight.value == 0)
    }

    @Test("the measured depth is current under concurrent sends")
    func depthInOrder() async throws {
        let producer = try await producer(ProducerConfiguration())
        for round in 1...3000 {
            await withTaskGroup(of: Void.self) { group in
                for sender in 0..<8 {
                    group.addTask {
                        _ = producer.sendInBackground(JobMessage.started(jobID: "\(sender)"))
                    }
                }
            }
            await transport.waitForDeliveries(round * 8)
            // All have been taken out, and nothing is put in: what was told last must be true.
            #expect(metrics.kafkaBackgroundQueueDepth.value == 0)
        }
        await producer.shutdown()
    }

    @Test(
        "a message to another topic than its own is counted there, and one to a topic that the contract lacks as other")
    func otherTopics() async throws {
        let transport = InMemoryTransport(unknownTopics: .created(partitions: 1))
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: Self.context, metrics: [metrics],
            logger: LogRecorder().logger)
        try await producer.start()
        let message = JobMessage.started(jobID: "j").stamped(in: Self.context)
        try await producer.send(message, topic: TDA.Topics.events)
        try await producer.send(message, topic: .notes)
        #expect(metrics.kafkaMessagesProduced[topic: .tdaEvents, messageType: .jobStarted, status: .success].value == 1)
        #expect(metrics.kafkaMessagesProduced[topic: .other, messageType: .jobStarted, status: .success].value == 1)
        // What is no message of the contract is not in its metrics.
        try await producer.send(NoteMessage("n"), topic: .notes)
        #expect(metrics.kafkaMessagesProduced[topic: .other, messageType: .jobStarted, status: .success].value == 1)
        await producer.shutdown()
    }

    @Test("the generated failure reasons are those of the runtime")
    func reasons() {
        // The contract encrypts nothing.
        let possible = ProducerError.Reason.allCases.filter { $0 != .encryption && $0 != .missingKey }
        #expect(TDA.Metrics.ReasonLabel.texts == possible.map(\.rawValue))
    }
}
