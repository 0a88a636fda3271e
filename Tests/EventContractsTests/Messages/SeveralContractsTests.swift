import EventContracts
import EventContractsTesting
import Locks
import TDAContracts
import Testing

@Suite("One producer, several contracts", .timeLimit(.minutes(20)))
struct SeveralContractsTests {
    /// Counts notes.
    private final class NoteMetrics: ProducerMetrics {
        let delivered = Lock(0)
        let failures = Lock<[ProducerError.Reason]>([])
        let isUp = Lock(false)

        func labels<M: Message>(of message: M.Type, event: String, topic: Topic) -> MessageLabels? {
            message == NoteMessage.self ? MessageLabels(topic: 0, message: 0, event: 0) : nil
        }

        func delivered(_ labels: MessageLabels, _ messages: DeliveredMessages, at time: Timestamp) {
            delivered.withLock { $0 += messages.count }
        }

        func failed(_ labels: MessageLabels, reason: ProducerError.Reason, duration: Duration?) {
            failures.withLock { $0.append(reason) }
        }

        func connectionChanged(isUp: Bool) {
            self.isUp.withLock { $0 = isUp }
        }
    }

    @Test("each message is counted by the metrics of its contract, and goes to the topic of its contract")
    func counts() async throws {
        let (notes, jobs) = (NoteMetrics(), TDA.Metrics())
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [TDA.self, Notes.self], context: .testing(),
            topicNames: TopicNames(prefix: "staging_"), metrics: [jobs, notes], logger: LogRecorder().logger)
        try await producer.start()
        #expect(notes.isUp.withLock { $0 })
        #expect(jobs.kafkaConnectionStatus[component: .producer].value == 1)
        let results = await producer.send(batch: [
            JobMessage.started(jobID: "j"), NoteMessage("n"), NoteMessage("n", text: ""), NoteMessage("n"),
        ])
        #expect(results.map { try? $0.get().topic } == ["staging_jobs", "staging_notes", nil, "staging_notes"])
        #expect(notes.delivered.withLock { $0 } == 2)
        #expect(notes.failures.withLock { $0 } == [.invalid])
        #expect(jobs.kafkaMessagesProduced[topic: .tdaJobs, messageType: .jobStarted, status: .success].value == 1)
        // The names and partitions of both contracts are the producer's.
        let partitions = await producer.send(batch: (0..<9).map { NoteMessage("n-\($0)") }).map {
            try? $0.get().partition
        }
        #expect(Set(partitions).count == 3)
        await producer.shutdown()
        #expect(!notes.isUp.withLock { $0 })
    }

    @Test("a message of another contract is rejected by a transport with fixed topics")
    func unknownContract() async throws {
        let producer = Producer(
            transport: InMemoryTransport(), contracts: [Notes.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        let error = await failure { () throws(ProducerError) in try await producer.send(JobMessage.started(jobID: "j"))
        }
        #expect(error?.reason == .transportUnknownTopic)
        await producer.shutdown()
    }

    /// A topic with the key of another contract's topic.
    private static let otherNotes = Topic(
        key: "notes", prefix: "other_", purpose: "Notes of others", partitions: 3, replication: 1, config: [:],
        producers: [], consumers: [])

    @Test("a topic that gets the name of another by a prefix is refused")
    func sameName() async throws {
        let bench = try await Bench.started(topicNames: TopicNames(prefix: "staging_"))
        let error = await failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n"), topic: Self.otherNotes)
        }
        #expect(error?.reason == .transportUnknownTopic)
        #expect(error?.description.contains("'other_notes' has the name 'staging_notes'") == true)
        #expect(bench.transport.records.isEmpty)
        await bench.producer.shutdown()
    }

    @Test("a producer whose contracts have two topics of one name does not start")
    func conflict() async throws {
        enum Others: EventContract {
            typealias ReceivedMessage = Notes.ReceivedMessage
            static let contractName = "Others"
            static let version = "1.0.0"
            static let service = "test"
            static let topics: [Topic] = [SeveralContractsTests.otherNotes]
            static let messages: [any Message.Type] = []
            static let messageIndex = MessageIndex(messages)
        }
        func start(_ names: TopicNames) async throws {
            let producer = Producer(
                transport: InMemoryTransport(), contracts: [Notes.self, Others.self], context: .testing(),
                topicNames: names, logger: LogRecorder().logger)
            defer { Task { await producer.shutdown() } }
            try await producer.start()
        }
        try await start(TopicNames())
        let error = await #expect(throws: ProducerError.self) { try await start(TopicNames(prefix: "staging_")) }
        #expect(error?.description.contains("'other_notes' has the name 'staging_notes'") == true)
    }

    @Test("a number that JSON can't write is reported with its place, without a map's key")
    func infinity() async throws {
        let producer = Producer(
            transport: InMemoryTransport(), contracts: [TDA.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        let message = MonitoringMessage.metricsReported(
            component: "kafka", status: .healthy, metrics: ["fine": 1, "secret": .infinity])
        let error = await failure { () throws(ProducerError) in try await producer.send(message) }
        #expect(error == .encoding(.nonFiniteNumber, at: "/payload/metrics/*"))
        #expect(
            error?.description
                == "the message can't be encoded: /payload/metrics/*: a number is infinite or not a number, which JSON "
                + "can't write")
        await producer.shutdown()
    }

    @Test("a record carries the timestamp that its sender gives it")
    func timestamp() async throws {
        let bench = try await Bench.started()
        let time = Timestamp(secondsSince1970: 1_000)
        #expect(try await bench.producer.send(NoteMessage("n"), timestamp: time).timestamp == time)
        bench.producer.sendInBackground(NoteMessage("n"), timestamp: time)
        await bench.transport.waitForDeliveries(2)
        #expect(bench.transport.records.map(\.record.timestamp) == [time, time])
        await bench.producer.shutdown()
    }
}
