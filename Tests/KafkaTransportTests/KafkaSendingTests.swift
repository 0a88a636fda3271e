import EventContracts
import Foundation
import JSONTape
import Logging
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka transport on a broker")
struct KafkaSendingTests {
    private static let topic = Topic(
        key: "notes", prefix: "test_", purpose: "", partitions: 6, replication: 1,
        config: ["retention.ms": "-1"], producers: [], consumers: [])

    private func deploy(_ topics: [Topic], on broker: Broker) async throws {
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(broker.address))
        try await admin.ensureTopics(topics, replication: 1)
        await admin.close()
    }

    /// A transport that runs on a broker with the topic `test_notes`.
    private func started(
        _ broker: Broker, _ change: (inout KafkaConfiguration, inout KafkaClientOptions) -> Void = { _, _ in }
    ) async throws -> (KafkaTransport, RecordingSink) {
        try await deploy([Self.topic], on: broker)
        var configuration = KafkaConfigurationForTests.make(broker.address)
        var options = KafkaClientOptions()
        change(&configuration, &options)
        let (transport, sink) = (try KafkaTransport(configuration, options: options), RecordingSink())
        try await transport.start(TransportSession(sink: sink, topics: ["test_notes": Self.topic]))
        return (transport, sink)
    }

    private func record(_ id: Int, key: String? = nil, value: String = "v", partition: Int32? = nil) -> OutboundRecord {
        keptRecord(
            UInt64(id),
            Record(
                topic: "test_notes", key: key.map { Array($0.utf8) }, value: Array(value.utf8), partition: partition))
    }

    @Test("a record arrives as it was sent: key, value, headers, timestamp, and Java's partition")
    func arrival() async throws {
        let broker = try Broker()
        let (transport, sink) = try await started(broker)
        var records: [OutboundRecord] = []
        for number in 1...200 {
            var record = record(number, key: "key-\(number)", value: "value \(number) ü").record
            record.headers = [
                RecordHeader(name: "content-type", value: "application/json"),
                RecordHeader(name: "n", value: "\(number)"),
                RecordHeader(name: "n", value: ""),
            ]
            record.timestamp = Timestamp("2024-01-02T03:04:05.678Z")
            records.append(keptRecord(UInt64(number), record))
        }
        #expect(transport.enqueue(records) == 200)
        await sink.waitForOutcomes(200)
        await transport.shutdown()
        #expect(sink.reports == 200)

        let messages = try Kcat.read("test_notes", from: broker.address)
        #expect(messages.count == 200)
        for message in messages {
            let number = try #require(message.key.flatMap { Int($0.dropFirst(4)) })
            #expect(message.payload == "value \(number) ü")
            #expect(message.headers == ["content-type", "application/json", "n", "\(number)", "n", ""])
            #expect(message.timestamp == 1_704_164_645_678)
            #expect(message.partition == Int(Murmur2.hash(Array("key-\(number)".utf8)) & 0x7fff_ffff) % 6)
            guard case .delivered(let delivery)? = sink.outcomes[UInt64(number)] else {
                Issue.record("\(number) was not delivered")
                continue
            }
            #expect(Int(delivery.partition) == message.partition)
            #expect(Int(delivery.offset) == message.offset)
            #expect(delivery.topic == "test_notes")
            #expect(delivery.timestamp.description == "2024-01-02T03:04:05.678Z")
        }
    }

    @Test("no key, an empty key, no value, an empty value and an explicit partition arrive as such")
    func edges() async throws {
        let broker = try Broker()
        let (transport, sink) = try await started(broker)
        let records = [
            record(1, key: "", value: "a", partition: 0), record(2, value: "b", partition: 0),
            record(3, key: "k", value: "", partition: 0), record(4, value: "c", partition: 5),
            keptRecord(5, Record(topic: "test_notes", key: Array("k".utf8), value: nil, partition: 0)),
        ]
        #expect(transport.enqueue(records) == 5)
        await sink.waitForOutcomes(5)
        await transport.shutdown()
        let messages = try Kcat.read("test_notes", from: broker.address)
        let first = messages.filter { $0.partition == 0 }
        #expect(first.map(\.key) == ["", nil, "k", "k"])
        #expect(first.map(\.payload) == ["a", "b", "", nil])
        #expect(messages.filter { $0.partition == 5 }.map(\.payload) == ["c"])
    }

    @Test("a partition that does not exist fails its record alone, with any number of headers", arguments: [0, 1, 3])
    func unknownPartition(headers: Int) async throws {
        let broker = try Broker()
        let (transport, sink) = try await started(broker)
        var wrong = record(1, partition: 99).record
        wrong.headers = (0..<headers).map { RecordHeader(name: "h\($0)", value: "v") }
        for round in 0..<100 {
            let id = UInt64(round * 2 + 1)
            #expect(
                transport.enqueue([
                    keptRecord(id, wrong), record(Int(id) + 1, key: "k"),
                ]) == 2)
        }
        await sink.waitForOutcomes(200)
        for (id, outcome) in sink.outcomes {
            switch outcome {
            case .delivered: #expect(id.isMultiple(of: 2))
            case .failed(let error):
                #expect(!id.isMultiple(of: 2))
                #expect(error.kind == .unknownTopic)
            case .unknown: Issue.record("unknown")
            }
        }
        await transport.shutdown()
    }

    @Test("a record that is too large fails, with advice")
    func tooLarge() async throws {
        let broker = try Broker()
        let (transport, sink) = try await started(broker) { configuration, _ in
            configuration.producer.maximumRequestSize = 2000
        }
        #expect(transport.enqueue([record(1, value: String(repeating: "x", count: 3000)), record(2)]) == 2)
        await sink.waitForOutcomes(2)
        guard case .failed(let error)? = sink.outcomes[1] else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .tooLarge)
        #expect(error.message.contains("KAFKA_MAX_REQUEST_SIZE"))
        await transport.shutdown()
    }

    @Test("a full queue rejects records, reports when it has room, and keeps the order")
    func backPressure() async throws {
        let broker = try Broker()
        let (transport, sink) = try await started(broker) { configuration, _ in
            configuration.producer.bufferMemory = 20_000
        }
        let count = 20_000
        let records = (1...count).map { record($0, key: "k", value: "\($0)") }
        await KafkaConfigurationForTests.enqueueAll(records, on: transport, sink)
        await sink.waitForOutcomes(count)
        await transport.shutdown()
        #expect(sink.reports == count)
        let payloads = try Kcat.read("test_notes", from: broker.address).compactMap { $0.payload.flatMap { Int($0) } }
        #expect(payloads == Array(1...count))
    }

    @Test("a start that reaches no broker fails in time, and succeeds later")
    func start() async throws {
        let broker = try Broker()
        broker.kill()
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(broker.address), startTimeout: .milliseconds(300))
        let session = TransportSession(sink: RecordingSink())
        await #expect {
            try await transport.start(session)
        } throws: { error in
            (error as? TransportError)?.kind == .unavailable
        }
        #expect(transport.enqueue([record(1)]) == 0)
        #expect(await transport.health().status == .unhealthy)
        try broker.restart()
        try await transport.start(session)
        #expect(await transport.health().status == .healthy)
        await transport.shutdown()
        #expect(await transport.health().status == .unhealthy)
        await #expect(throws: TransportError.self) { try await transport.start(session) }
    }

    @Test("a shutdown ends a start")
    func shutdownWhileStarting() async throws {
        let broker = try Broker()
        broker.kill()
        let transport = try KafkaTransport(KafkaConfigurationForTests.make(broker.address))
        let start = Task { try await transport.start(TransportSession(sink: RecordingSink())) }
        start.cancel()
        await transport.shutdown()
        await #expect(throws: TransportError.self) { try await start.value }
        await transport.shutdown()
    }

    @Test("a shutdown reports every record once, including unacknowledged ones")
    func shutdownWithoutBroker() async throws {
        let broker = try Broker()
        let (transport, sink) = try await started(broker)
        broker.kill()
        #expect(transport.enqueue((1...100).map { record($0, key: "\($0)") }) == 100)
        await transport.shutdown()
        #expect(sink.reports == 100)
        for outcome in sink.outcomes.values {
            if case .delivered = outcome { Issue.record("delivered without a broker") }
        }
        #expect(transport.enqueue([record(101)]) == 0)
    }

    @Test("messages of the TDA platform arrive in the order of each key, in batches and in the background")
    func producer() async throws {
        let broker = try Broker()
        try await deploy(TDA.topics, on: broker)
        let transport = try KafkaTransport(KafkaConfigurationForTests.make(broker.address))
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: MessageContext(service: "tda-backend"))
        try await producer.start()
        let keys = 50
        for round in 0..<20 {
            let messages = (0..<keys).map { key in
                JobMessage.completed(
                    jobID: "job-\(key)", resultID: "\(round)", algorithm: "vietoris_rips", executionTime: 1.5)
            }
            if round.isMultiple(of: 2) {
                for message in messages { producer.sendInBackground(message) }
            } else {
                for outcome in await producer.send(batch: messages) { _ = try outcome.get() }
            }
        }
        #expect(await producer.shutdown().isClean)
        let messages = try Kcat.read("tda_jobs", from: broker.address)
        #expect(messages.count == 20 * keys)
        var rounds: [String: [String]] = [:]
        for message in messages {
            let payload = try #require(message.payload)
            let object = try #require(JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any])
            let job = try #require(object["payload"] as? [String: Any])
            #expect(job["job_id"] as? String == message.key)
            rounds[message.key ?? "", default: []].append(job["result_id"] as? String ?? "")
            #expect(message.headers.contains("application/json"))
        }
        #expect(rounds.count == keys)
        for (_, order) in rounds { #expect(order == (0..<20).map(String.init)) }
    }

    @Test("a shutdown in a burst ends within its deadline, and accounts for every message")
    func shutdownInBurst() async throws {
        let broker = try Broker()
        try await deploy(TDA.topics, on: broker)
        let transport = try KafkaTransport(KafkaConfigurationForTests.make(broker.address))
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: MessageContext(service: "tda-backend"))
        try await producer.start()
        broker.kill()
        let count = 2000
        for number in 0..<count {
            #expect(producer.sendInBackground(JobMessage.completed(jobID: "job-\(number)", resultID: "r")) == .queued)
        }
        let report = await producer.shutdown(deadline: .milliseconds(200))
        #expect(report.reachedDeadline)
        let statistics = producer.statistics
        #expect(statistics.messagesSent + statistics.messagesFailed + statistics.messagesUnknown == count)
        let losses = Array(report.undelivered.values) + Array(report.unknown.values)
        let lost = losses.reduce(0, +)
        #expect(lost + statistics.messagesSent == count)
        #expect(Set(report.undelivered.keys).union(report.unknown.keys) == ["tda_jobs"])
    }

    /// The broker itself can lose what it acknowledged right before it was killed: that is not judged.
    @Test("after a broker's restart, acknowledged records exist once and in order")
    func brokerRestart() async throws {
        let broker = try Broker()
        try await deploy([Self.topic], on: broker)
        try broker.save()
        let (transport, sink) = try await started(broker)
        let count = 5000
        let records = (1...count).map { record($0, key: "\($0 % 20)", value: "\($0)") }
        await KafkaConfigurationForTests.enqueueAll(Array(records[..<1000]), on: transport, sink)
        await sink.waitForOutcomes(100)
        broker.kill()
        await KafkaConfigurationForTests.enqueueAll(Array(records[1000...]), on: transport, sink)
        await sink.waitForLossOfConnection()
        let before = Set(sink.outcomes.keys)
        try broker.restart()
        await sink.waitForOutcomes(count)
        await transport.shutdown()
        #expect(sink.reports == count)
        #expect(before.count < count)

        let messages = try Kcat.read("test_notes", from: broker.address)
        let seen = Dictionary(grouping: messages, by: { $0.payload ?? "" })
        let wrong = (1...count).filter { number in
            let copies = seen["\(number)"]?.count ?? 0
            return switch sink.outcomes[UInt64(number)] {
            case .delivered: copies > 1 || copies == 0 && !before.contains(UInt64(number))
            case .failed: copies != 0
            case .unknown: copies > 1
            case nil: true
            }
        }
        #expect(wrong == [])
        for (_, group) in Dictionary(grouping: messages, by: { $0.key ?? "" }) {
            let numbers = group.compactMap { $0.payload.flatMap { Int($0) } }
            #expect(numbers == numbers.sorted())
        }
    }
}
