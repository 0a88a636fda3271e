import CRdKafka
import EventContracts
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka transport in storms", .timeLimit(.minutes(20)))
struct KafkaStormTests {
    private func deploy(_ topics: [Topic], on broker: Broker) async throws {
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(broker.address))
        try await admin.ensureTopics(topics, replication: 1)
        await admin.close()
    }

    @Test("cancelled tasks have one outcome each, and delivered records exist once")
    func cancellation() async throws {
        let broker = try Broker()
        try await deploy(TDA.topics, on: broker)
        let producer = Producer(
            transport: try KafkaTransport(KafkaConfigurationForTests.make(broker.address)), contracts: [TDA.self],
            context: MessageContext(service: "storm"))
        try await producer.start()
        let count = 3000
        var generator = SeededGenerator(seed: 7)
        var kinds: [Int: String] = [:]
        await withTaskGroup(of: (Int, String).self) { group in
            for number in 0..<count {
                let task = Task { () async -> String in
                    do throws(ProducerError) {
                        try await producer.send(JobMessage.completed(jobID: "job-\(number)", resultID: "r"))
                        return "delivered"
                    } catch {
                        return error.isOutcomeUnknown ? "unknown" : error == .cancelled ? "cancelled" : "\(error)"
                    }
                }
                group.addTask { (number, await task.value) }
                // A third at once, a third while they are on their way, a third not at all.
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: task.cancel()
                case 1:
                    group.addTask {
                        await Task.yield()
                        task.cancel()
                        return (-1, "")
                    }
                default: break
                }
            }
            for await (number, kind) in group where number >= 0 {
                #expect(kinds.updateValue(kind, forKey: number) == nil)
            }
        }
        #expect(await producer.shutdown().isClean)
        #expect(kinds.count == count)
        #expect(producer.statistics.inFlight == 0)
        #expect(
            producer.statistics.messagesSent + producer.statistics.messagesFailed + producer.statistics.messagesUnknown
                == count)
        let copies = Dictionary(grouping: try Kcat.read("tda_jobs", from: broker.address), by: { $0.key ?? "" })
        for (number, kind) in kinds {
            let found = copies["job-\(number)"]?.count ?? 0
            switch kind {
            case "delivered": #expect(found == 1)
            case "unknown": #expect(found <= 1)
            case "cancelled": #expect(found == 0)
            default: Issue.record("\(kind)")
            }
        }
        #expect(Set(kinds.values).isSuperset(of: ["delivered", "cancelled"]))
    }

    @Test("records to a topic that is deleted fail, and arrive again once it is recreated")
    func recreatedTopic() async throws {
        let broker = try Broker()
        let topic = Topic(
            key: "notes", prefix: "test_", purpose: "", partitions: 2, replication: 1, config: [:], producers: [],
            consumers: [])
        try await deploy([topic], on: broker)
        var options = KafkaClientOptions()
        options.properties = [
            "topic.metadata.refresh.interval.ms": "100", "topic.metadata.propagation.max.ms": "500",
            "retry.backoff.max.ms": "100",
        ].filter { PropertyCatalog.current.properties[$0.key] != nil }
        let transport = try KafkaTransport(KafkaConfigurationForTests.make(broker.address), options: options)
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink, topics: ["test_notes": topic]))
        func records(_ ids: ClosedRange<UInt64>) -> [OutboundRecord] {
            ids.map {
                keptRecord($0, Record(topic: "test_notes", key: Array("\($0)".utf8), value: Array("\($0)".utf8)))
            }
        }
        await KafkaConfigurationForTests.enqueueAll(records(1...100), on: transport, sink)
        await sink.waitForOutcomes(100)

        let client = try KafkaClient(
            ClientProperties(connectingTo: KafkaConfigurationForTests.make(broker.address)), handler: SilentHandler())
        try await client.delete(topic: "test_notes")
        await KafkaConfigurationForTests.enqueueAll(records(101...200), on: transport, sink)
        await sink.waitForOutcomes(200)
        // A batch on its way during the deletion can end the producer, whose order is lost with the topic.
        for id in 101...200 {
            switch sink.outcomes[UInt64(id)] {
            case .failed, .unknown: break
            case .delivered, nil: Issue.record("\(id): \(String(describing: sink.outcomes[UInt64(id)]))")
            }
        }

        try await deploy([topic], on: broker)
        var next: UInt64 = 201
        // The library learns of the topic at its next refresh of metadata, and newer ones doubt it for a time. Until then, records
        // fail at once.
        while true {
            await KafkaConfigurationForTests.enqueueAll(records(next...next), on: transport, sink)
            await sink.waitForOutcomes(Int(next))
            if case .delivered? = sink.outcomes[next] { break }
            next += 1
        }
        await KafkaConfigurationForTests.enqueueAll(records(next + 1...next + 100), on: transport, sink)
        await sink.waitForOutcomes(Int(next) + 100)
        await client.close()
        await transport.shutdown()
        #expect(sink.reports == Int(next) + 100)
        let payloads = Set(try Kcat.read("test_notes", from: broker.address).compactMap(\.payload))
        for id in next...next + 100 { #expect(payloads.contains("\(id)")) }
    }

    @Test("an unknown host and a closed port fail the start with a description")
    func unreachable() async throws {
        let broker = try Broker()
        broker.kill()
        for (address, words) in [
            ("no-such-host.invalid:9092", "Failed to resolve"), (broker.address, "Connection refused"),
        ] {
            let transport = try KafkaTransport(
                KafkaConfigurationForTests.make(address), startTimeout: .milliseconds(500))
            await #expect {
                try await transport.start(TransportSession(sink: RecordingSink()))
            } throws: { error in
                let error = error as? TransportError
                return error?.kind == .unavailable && error?.message.contains(words) == true
                    && error?.message.contains("KAFKA_BOOTSTRAP_SERVERS") == true
            }
            await transport.shutdown()
        }
    }
}

extension KafkaClient {
    /// Deletes a topic, and waits until the cluster has.
    fileprivate func delete(topic: String) async throws(KafkaError) {
        let failures = try await request { instance in
            var topics: [OpaquePointer?] = [rd_kafka_DeleteTopic_new(topic)]
            defer { rd_kafka_DeleteTopic_destroy_array(&topics, topics.count) }
            return self.answer(.seconds(10), on: instance) { options, queue in
                rd_kafka_DeleteTopics(instance, &topics, topics.count, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
                return self.failures(results, count)
            }
        }
        if let failure = failures.values.first { throw failure }
    }
}
