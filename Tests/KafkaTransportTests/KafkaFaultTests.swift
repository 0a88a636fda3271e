import CRdKafka
import EventContracts
import EventContractsTesting
import Testing

@testable import KafkaTransport

@Suite("Kafka transport under faults")
struct KafkaFaultTests {
    private func started(
        _ cluster: MockCluster, _ change: (inout KafkaConfiguration, inout KafkaClientOptions) -> Void = { _, _ in }
    ) async throws -> (KafkaTransport, RecordingSink) {
        var configuration = KafkaConfigurationForTests.make(cluster.address)
        var options = KafkaClientOptions()
        change(&configuration, &options)
        let transport = try KafkaTransport(configuration, options: options, startTimeout: .seconds(300))
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink))
        return (transport, sink)
    }

    private func records(_ ids: ClosedRange<UInt64>) -> [OutboundRecord] {
        ids.map { keptRecord($0, Record(topic: "notes", key: [1], value: [2])) }
    }

    @Test(
        "temporary errors of a broker are retried",
        arguments: [
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
        ])
    func retries(code: rd_kafka_resp_err_t) async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster)
        cluster.failProducing(with: [code, code])
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        guard case .delivered? = sink.outcomes[1] else {
            Issue.record("not delivered: \(String(describing: sink.outcomes[1]))")
            return
        }
        await transport.shutdown()
    }

    @Test(
        "a rejection by the broker is a typed failure, and the next record is delivered",
        arguments: [
            (RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, TransportError.Kind.notAuthorized),
            (RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, .tooLarge),
            (RD_KAFKA_RESP_ERR_POLICY_VIOLATION, .rejected), (RD_KAFKA_RESP_ERR_INVALID_RECORD, .rejected),
        ])
    func refusals(code: rd_kafka_resp_err_t, kind: TransportError.Kind) async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster)
        cluster.failProducing(with: [code])
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        switch sink.outcomes[1] {
        case .failed(let error), .unknown(let error): #expect(error.kind == kind, "\(error)")
        case .delivered, nil: Issue.record("not refused")
        }
        // After a failed batch an idempotent producer must begin again; records of that time wait in the queue.
        await KafkaConfigurationForTests.enqueueAll(records(2...2), on: transport, sink)
        await sink.waitForOutcomes(2)
        await transport.shutdown()
    }

    @Test(
        "the outcome is unknown where a broker may have written the record before its error",
        arguments: [
            RD_KAFKA_RESP_ERR_UNKNOWN, RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
            RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,
        ], [true, false])
    func unknownOutcomes(code: rd_kafka_resp_err_t, isIdempotent: Bool) async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster) { configuration, _ in
            configuration.producer.enablesIdempotence = isIdempotent
            if !isIdempotent { configuration.producer.retries = 0 }
        }
        cluster.failProducing(with: [code])
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        switch sink.outcomes[1] {
        case .unknown: break
        // Newer libraries send a damaged batch again where that can't write it twice.
        case .delivered: #expect(code == RD_KAFKA_RESP_ERR_INVALID_MSG && isIdempotent)
        case .failed, nil: Issue.record("\(String(describing: sink.outcomes[1]))")
        }
        await transport.shutdown()
    }

    /// Starts a transport on a cluster that refuses to let it send. The refusal comes before the end of a start, which then fails,
    /// or after it.
    private func startRefused(_ cluster: MockCluster, _ sink: RecordingSink) async throws -> KafkaTransport {
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(cluster.address), startTimeout: .seconds(300))
        while true {
            do {
                try await transport.start(TransportSession(sink: sink))
                return transport
            } catch {
                #expect(error.kind == .notAuthorized)
            }
        }
    }

    @Test("a client that may not send is not healthy, and sends once it may", .timeLimit(.minutes(10)))
    func refusedProducerID() async throws {
        let cluster = try MockCluster(topic: "notes")
        cluster.failProducerIDs(with: Array(repeating: RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, count: 3))
        let sink = RecordingSink()
        let transport = try await startRefused(cluster, sink)
        for id in UInt64(1)... {
            await KafkaConfigurationForTests.enqueueAll(records(id...id), on: transport, sink)
            await sink.waitForOutcomes(Int(id))
            switch sink.outcomes[id] {
            case .delivered:
                #expect(await transport.health().status == .healthy)
                await transport.shutdown()
                return
            case .failed(let error): #expect(error.description.contains("CLUSTER_AUTHORIZATION_FAILED"))
            case .unknown, nil: Issue.record("\(String(describing: sink.outcomes[id]))")
            }
        }
    }

    @Test("a client that may not send says so in its health, or does not start", .timeLimit(.minutes(10)))
    func refusedHealth() async throws {
        let cluster = try MockCluster(topic: "notes")
        cluster.failProducerIDs(with: Array(repeating: RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, count: 1000))
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(cluster.address), startTimeout: .seconds(300))
        let sink = RecordingSink()
        do {
            try await transport.start(TransportSession(sink: sink))
            await sink.waitForLossOfConnection()
            let health = await transport.health()
            #expect(health.status == .unhealthy)
            #expect(health.details["error"]?.contains("CLUSTER_AUTHORIZATION_FAILED") == true, "\(health)")
        } catch {
            #expect(error.kind == .notAuthorized)
        }
        await transport.shutdown()
    }

    @Test("a record larger than the whole queue fails at once, and holds up no other")
    func largerThanQueue() async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster) { configuration, _ in
            configuration.producer.bufferMemory = 1024
        }
        let large = keptRecord(1, Record(topic: "notes", key: [1], value: Array(repeating: 2, count: 3000)))
        #expect(transport.enqueue([large] + records(2...2)) == 2)
        await sink.waitForOutcomes(2)
        guard case .failed(let error)? = sink.outcomes[1] else {
            Issue.record("\(String(describing: sink.outcomes[1]))")
            return
        }
        #expect(error.kind == .tooLarge)
        #expect(error.description.contains("3001 bytes") && error.description.contains("KAFKA_BUFFER_MEMORY"))
        if case .delivered? = sink.outcomes[2] {} else { Issue.record("not delivered") }
        await transport.shutdown()
    }

    @Test("a lost guarantee of order replaces the producer, and the records on their way have their outcome")
    func fatal() async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster) { _, options in
            options.properties["enable.gapless.guarantee"] = "true"
        }
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        cluster.failProducing(with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
        #expect(transport.enqueue(records(2...2)) == 1)
        await sink.waitForOutcomes(2)
        if case .delivered? = sink.outcomes[2] { Issue.record("delivered") }
        // The new producer says that it has room.
        await KafkaConfigurationForTests.enqueueAll(records(3...10), on: transport, sink)
        await sink.waitForOutcomes(10)
        guard case .delivered? = sink.outcomes[10] else {
            Issue.record("not delivered: \(String(describing: sink.outcomes[10]))")
            return
        }
        #expect(sink.reports == 10)
        await transport.shutdown()
    }

    @Test(
        "a producer that can't be replaced yet is replaced by a later attempt, after pauses that grow",
        .timeLimit(.minutes(20)))
    func laterReplacement() async throws {
        let (cluster, clock) = (try MockCluster(topic: "notes"), ManualClock())
        let log = LogRecorder { line in
            guard line.message == "the Kafka producer is replaced", line.description.contains("_GAPLESS_GUARANTEE")
            else { return }
            // Longer than the start may take.
            cluster.delay(milliseconds: 60_000)
        }
        var options = KafkaClientOptions()
        options.properties["enable.gapless.guarantee"] = "true"
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(cluster.address), options: options, startTimeout: .seconds(1), clock: clock,
            logger: log.logger)
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink))
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        cluster.failProducing(with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
        #expect(transport.enqueue(records(2...2)) == 1)

        await clock.waitForSleeper(due: .seconds(1))
        #expect(await transport.health().details["state"] == "replacing the producer")
        #expect(log.lines("the Kafka producer could not be replaced yet").count == 1)
        // The next producer connects and ends before it delivers a record: the pause grows nevertheless.
        cluster.delay(milliseconds: 0)
        cluster.failProducerIDs(with: [RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED])
        clock.advance(by: .seconds(1))
        await clock.waitForSleeper(due: .seconds(2))
        clock.advance(by: .seconds(2))
        await KafkaConfigurationForTests.enqueueAll(records(3...3), on: transport, sink)
        await sink.waitForOutcomes(3)
        if case .delivered? = sink.outcomes[3] {} else { Issue.record("not delivered") }
        await transport.shutdown()
    }

    @Test("a record without a timely acknowledgement fails or is unknown, and is reported once")
    func deliveryTimeout() async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster) { configuration, _ in
            configuration.producer.requestTimeout = .milliseconds(100)
            configuration.producer.deliveryTimeout = .milliseconds(500)
        }
        cluster.delay(milliseconds: 3000)
        #expect(transport.enqueue(records(1...20)) == 20)
        await sink.waitForOutcomes(20)
        for outcome in sink.outcomes.values {
            if case .delivered = outcome { Issue.record("delivered") }
        }
        await transport.shutdown()
        #expect(sink.reports == 20)
    }

    @Test("flush waits for the outcomes, without the linger")
    func flush() async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster) { configuration, _ in
            configuration.producer.linger = .seconds(60)
            configuration.producer.deliveryTimeout = .seconds(120)
        }
        #expect(transport.enqueue(records(1...10)) == 10)
        try await transport.flush()
        #expect(sink.outcomes.count == 10)
        await transport.shutdown()
    }

    @Test("a start waits for a broker that answers late", .timeLimit(.minutes(10)))
    func lateAnswers() async throws {
        let cluster = try MockCluster(topic: "notes")
        cluster.delay(milliseconds: 500)
        let (transport, sink) = try await started(cluster)
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        if case .delivered? = sink.outcomes[1] {} else { Issue.record("not delivered") }
        await transport.shutdown()
    }

    // One after another, the reports would take 2,000 seconds.
    @Test(
        "health reports at the same time share one request, and a shutdown does not wait for each of them",
        .timeLimit(.minutes(10)))
    func manyReports() async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, _) = try await started(cluster)
        cluster.delay(milliseconds: 60_000)
        await withTaskGroup(of: TransportHealth.self) { group in
            for _ in 0..<1_000 { group.addTask { await transport.health() } }
            for await health in group { #expect(health.status == .unhealthy) }
        }
        await transport.shutdown()
    }

    @Test("health names the fault")
    func health() async throws {
        let cluster = try MockCluster(topic: "notes")
        let (transport, sink) = try await started(cluster)
        #expect(await transport.health().status == .healthy)
        #expect(transport.enqueue(records(1...1)) == 1)
        await sink.waitForOutcomes(1)
        // The library counts a record until its report is released, right after the outcome.
        try await transport.flush()
        let health = await transport.health()
        #expect(health.details["last_delivery"] != nil)
        #expect(health.details["pending_records"] == "0")
        #expect(health.details["librdkafka"] == KafkaLibrary.current.version)
        await transport.shutdown()
    }
}
