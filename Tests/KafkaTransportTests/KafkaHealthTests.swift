import EventContracts
import EventContractsTesting
import Logging
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka transport's health", .timeLimit(.minutes(20)))
struct KafkaHealthTests {
    private func topic(_ name: String) -> Topic {
        Topic(
            key: name, prefix: "", purpose: "", partitions: 1, replication: 1, config: [:], producers: [], consumers: []
        )
    }

    private func topics(_ names: String...) -> [String: Topic] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, topic($0)) })
    }

    /// A broker that creates topics which clients ask for without forbidding it.
    private func broker(topics: [Topic]) async throws -> Broker {
        let broker = try Broker()
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(broker.address))
        try await admin.ensureTopics(topics, replication: 1)
        await admin.close()
        return broker
    }

    /// Returns whether a topic exists, without asking for it.
    private func exists(_ topic: String, on broker: Broker) async throws -> Bool {
        let client = try KafkaClient(
            ClientProperties(connectingTo: KafkaConfigurationForTests.make(broker.address)), handler: SilentHandler())
        let metadata = try await client.metadata(of: [], timeout: .seconds(60))
        await client.close()
        return metadata.topics[topic] != nil
    }

    private static let withRequests = {
        var options = KafkaClientOptions()
        options.properties["debug"] = "metadata"
        return options
    }()

    /// Without the time for which the library waits for a new topic, and a newer one doubts a topic that was missing.
    private static let withoutPropagation = {
        var options = KafkaClientOptions()
        options.properties["topic.metadata.propagation.max.ms"] = "0"
        return options
    }()

    /// The library's log lines of its requests for metadata.
    private func requests(_ log: LogRecorder) -> [String] {
        log.lines.map(\.message).filter { $0.contains("Request metadata for") }
    }

    @Test("a transport asks for the topics of its producer only, and creates none")
    func askedTopics() async throws {
        let broker = try await broker(topics: [topic("notes"), topic("marks"), topic("others")])
        let log = LogRecorder()
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(broker.address), options: Self.withRequests, logger: log.logger)
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink, topics: topics("notes", "marks", "absent")))
        #expect(transport.enqueue([keptRecord(1, Record(topic: "notes", key: [1], value: [2]))]) == 1)
        await sink.waitForOutcomes(1)
        let health = await transport.health()
        #expect(health.status == .degraded)
        #expect(health.details["missing_topics"] == "absent")
        await transport.shutdown()

        #expect(requests(log).contains { $0.contains("3 topic(s)") })
        #expect(!requests(log).contains { $0.contains("all topics") })
        #expect(log.lines.contains { $0.level == .warning && $0.message.contains("topic 'absent': the topic") })
        #expect(try await !exists("absent", on: broker))
    }

    @Test("transports of a pool ask for the topics of their own producers only")
    func pooledTopics() async throws {
        let broker = try await broker(topics: [topic("notes"), topic("marks"), topic("others")])
        let log = LogRecorder()
        let pool = KafkaTransportPool(logger: log.logger)
        let configuration = KafkaConfigurationForTests.make(broker.address)
        let first = try pool.transport(configuration, options: Self.withRequests)
        let second = try pool.transport(configuration, options: Self.withRequests)
        try await first.start(TransportSession(sink: RecordingSink(), topics: topics("notes")))
        try await second.start(TransportSession(sink: RecordingSink(), topics: topics("marks", "absent")))
        async let ofFirst = first.health()
        async let ofSecond = second.health()
        #expect(await ofFirst.status == .healthy)
        #expect(await ofSecond.details["missing_topics"] == "absent")
        for transport in [first, second] { await transport.shutdown() }
        await pool.shutdown()
        #expect(!requests(log).isEmpty)
        #expect(!requests(log).contains { $0.contains("all topics") })
    }

    @Test("a record creates no topic")
    func createdTopics() async throws {
        let broker = try await broker(topics: [topic("notes")])
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(broker.address), options: Self.withoutPropagation)
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink, topics: topics("notes")))
        #expect(transport.enqueue([keptRecord(1, Record(topic: "absent", key: [1], value: [2]))]) == 1)
        await sink.waitForOutcomes(1)
        guard case .failed(let error)? = sink.outcomes[1] else {
            Issue.record("\(String(describing: sink.outcomes[1]))")
            return
        }
        #expect(error.kind == .unknownTopic)
        await transport.shutdown()
        #expect(try await !exists("absent", on: broker))
    }

    @Test("a topic that is created after the start is found, and its records are delivered")
    func laterTopic() async throws {
        let broker = try await broker(topics: [topic("notes")])
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(broker.address), options: Self.withoutPropagation)
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink, topics: topics("notes", "later")))
        #expect(await transport.health().status == .degraded)
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(broker.address))
        try await admin.ensureTopics([topic("later")], replication: 1)
        await admin.close()
        #expect(await transport.health().status == .healthy)
        #expect(transport.enqueue([keptRecord(1, Record(topic: "later", key: [1], value: [2]))]) == 1)
        await sink.waitForOutcomes(1)
        if case .delivered? = sink.outcomes[1] {} else { Issue.record("\(String(describing: sink.outcomes[1]))") }
        await transport.shutdown()
    }

    @Test("an administrator asks for the topics of the contract only, and creates none by asking")
    func administrator() async throws {
        let broker = try await broker(topics: [topic("notes"), topic("others")])
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(broker.address))
        let metadata = try await admin.metadata(of: ["notes", "absent"], timeout: .seconds(60))
        #expect(Set(metadata.topics.keys) == ["notes"])
        #expect(metadata.failures.mapValues(\.kind) == ["absent": .unknownTopic])
        let health = await admin.health([topic("absent"), topic("notes")])
        #expect(health.topics.map(\.status) == [.unhealthy, .healthy])
        await admin.close()
        #expect(try await !exists("absent", on: broker))
    }

    /// The connection as metrics see it.
    private final class ConnectionMetric: ProducerMetrics {
        let changes: AsyncStream<Bool>
        private let continuation: AsyncStream<Bool>.Continuation

        init() { (changes, continuation) = AsyncStream.makeStream() }

        func connectionChanged(isUp: Bool) { continuation.yield(isUp) }

        /// Ends the stream of changes.
        func end() { continuation.finish() }
    }

    @Test("after an outage, a health report restores the metric of the connection, also while a topic is missing")
    func connectionAfterOutage() async throws {
        let cluster = try MockCluster(topics: TDA.topics.map(\.name))
        cluster.hide(topic: "tda_jobs")
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(cluster.address), startTimeout: .seconds(300))
        let metric = ConnectionMetric()
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: MessageContext(service: "tda-backend"),
            metrics: [metric])
        var changes = metric.changes.makeAsyncIterator()
        try await producer.start()
        #expect(await changes.next() == true)

        cluster.setBroker(isUp: false)
        #expect(await changes.next() == false)
        cluster.setBroker(isUp: true)
        var health = await producer.health()
        // The client waits before it connects again.
        while health.status == .unhealthy { health = await producer.health() }
        #expect(health.status == .degraded)
        #expect(health.transport.details["missing_topics"] == "tda_jobs")
        await producer.shutdown()
        metric.end()
        #expect(await changes.next() == true)
        #expect(await changes.next() == false)
    }
}
