import EventContracts
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka pool", .timeLimit(.minutes(20)))
struct KafkaPoolTests {
    private func configuration(_ broker: Broker, client: String = "shop") -> KafkaConfiguration {
        var configuration = KafkaConfigurationForTests.make(broker.address)
        configuration.producer.clientID = client
        return configuration
    }

    private func broker(_ topic: String = "test_notes") async throws -> Broker {
        let broker = try Broker()
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(broker.address))
        let topic = Topic(
            key: topic, prefix: "", purpose: "", partitions: 3, replication: 1, config: ["retention.ms": "-1"],
            producers: [], consumers: [])
        try await admin.ensureTopics([topic], replication: 1)
        await admin.close()
        return broker
    }

    private func started(
        _ pool: KafkaTransportPool, _ configuration: KafkaConfiguration
    ) async throws -> (any Transport, RecordingSink) {
        let (transport, sink) = (try pool.transport(configuration), RecordingSink())
        try await transport.start(TransportSession(sink: sink))
        return (transport, sink)
    }

    private func records(_ numbers: ClosedRange<Int>, _ value: String) -> [OutboundRecord] {
        numbers.map { number in
            keptRecord(
                UInt64(number),
                Record(topic: "test_notes", key: Array(value.utf8), value: Array("\(value)-\(number)".utf8)))
        }
    }

    @Test("transports with equal settings share a client, and each gets the outcomes of its own records in their order")
    func sharing() async throws {
        let broker = try await broker()
        let pool = KafkaTransportPool()
        let (first, firstSink) = try await started(pool, configuration(broker))
        let (second, secondSink) = try await started(pool, configuration(broker))
        let (other, _) = try await started(pool, configuration(broker, client: "other"))
        #expect(await pool.count == 2)
        #expect(await first.health().details["producers_of_client"] == "2")

        // The same numbers: a producer does not know of others.
        async let a: Void = KafkaConfigurationForTests.enqueueAll(records(1...5000, "a"), on: first, firstSink)
        async let b: Void = KafkaConfigurationForTests.enqueueAll(records(1...3000, "b"), on: second, secondSink)
        _ = await (a, b)
        try await first.flush()
        try await second.flush()
        #expect(firstSink.outcomes.count == 5000 && firstSink.reports == 5000)
        #expect(secondSink.outcomes.count == 3000 && secondSink.reports == 3000)

        let payloads = try Kcat.read("test_notes", from: broker.address).compactMap(\.payload)
        #expect(payloads.filter { $0.hasPrefix("a") } == (1...5000).map { "a-\($0)" })
        #expect(payloads.filter { $0.hasPrefix("b") } == (1...3000).map { "b-\($0)" })
        for transport in [first, second, other] { await transport.shutdown() }
        await pool.shutdown()
        #expect(await pool.count == 0)
    }

    @Test("at the limit the idle client that was used least recently is closed, and a client in use never")
    func limit() async throws {
        let broker = try await broker()
        let pool = KafkaTransportPool(maximumClients: 2)
        let (a, _) = try await started(pool, configuration(broker, client: "a"))
        let (b, _) = try await started(pool, configuration(broker, client: "b"))
        let c = try pool.transport(configuration(broker, client: "c"))
        await #expect {
            try await c.start(TransportSession(sink: RecordingSink()))
        } throws: { error in
            (error as? TransportError)?.kind == .queueFull
                && "\(error)".contains("all 2 Kafka clients of the pool are in use")
        }
        await b.shutdown()
        await a.shutdown()
        // Clients a and b are idle; a was used later by this one.
        let (again, _) = try await started(pool, configuration(broker, client: "a"))
        await again.shutdown()
        try await c.start(TransportSession(sink: RecordingSink()))
        #expect(await pool.count == 2)
        let (last, sink) = try await started(pool, configuration(broker, client: "a"))
        #expect(await last.health().details["producers_of_client"] == "1")
        #expect(last.enqueue(records(1...1, "x")) == 1)
        await sink.waitForOutcomes(1)
        await last.shutdown()
        await c.shutdown()
        await pool.shutdown()
    }

    @Test("a client is closed only after the records of closed producers are delivered")
    func closing() async throws {
        let broker = try await broker()
        let pool = KafkaTransportPool(maximumClients: 1)
        var slow = configuration(broker, client: "slow")
        slow.producer.linger = .milliseconds(300)
        let (first, sink) = try await started(pool, slow)
        #expect(first.enqueue(records(1...100, "a")) == 100)
        await first.shutdown()
        // Given up, and nevertheless sent.
        #expect(sink.reports == 100)
        for outcome in sink.outcomes.values {
            guard case .unknown = outcome else { return _ = Issue.record("\(outcome)") }
        }
        let (second, _) = try await started(pool, configuration(broker, client: "fast"))
        #expect(await pool.count == 1)
        #expect(try Kcat.read("test_notes", from: broker.address).count == 100)
        #expect(sink.reports == 100)
        await second.shutdown()
        await pool.shutdown()
    }

    @Test("a start that fails leaves no client behind, and a later one succeeds")
    func failedStart() async throws {
        let broker = try await broker()
        broker.kill()
        let pool = KafkaTransportPool(startTimeout: .milliseconds(300))
        let transport = try pool.transport(configuration(broker))
        await #expect(throws: TransportError.self) {
            try await transport.start(TransportSession(sink: RecordingSink()))
        }
        try broker.restart()
        try await transport.start(TransportSession(sink: RecordingSink()))
        #expect(await pool.count == 1)
        await pool.shutdown()
        #expect(await pool.count == 1)
        await transport.shutdown()
        #expect(await pool.count == 0)
        await #expect(throws: TransportError.self) { try await self.started(pool, self.configuration(broker)) }
    }

    @Test("a wrong setting is an error before anything starts")
    func wrongSettings() throws {
        var options = KafkaClientOptions()
        options.properties["lingerr.ms"] = "1"
        #expect(throws: ConfigurationError.self) {
            try KafkaTransportPool().transport(KafkaConfiguration(service: "shop"), options: options)
        }
    }

    @Test("many producers start and stop concurrently; each record has one outcome")
    func crowd() async throws {
        let broker = try await broker()
        let pool = KafkaTransportPool(maximumClients: 2)
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    let (transport, sink) = try await self.started(
                        pool, self.configuration(broker, client: "client-\(number % 2)"))
                    let accepted = transport.enqueue(self.records(1...200, "k\(number)"))
                    if number.isMultiple(of: 3) { try await transport.flush() }
                    await transport.shutdown()
                    #expect(sink.reports == accepted)
                }
            }
            try await group.waitForAll()
        }
        await pool.shutdown()
        #expect(await pool.count == 0)
    }
}
