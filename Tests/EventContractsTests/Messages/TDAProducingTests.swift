import EventContracts
import EventContractsTesting
import TDAContracts
import Testing

/// The generated library and the runtime together, as a service uses them.
@Suite("Producing with generated messages", .timeLimit(.minutes(20)))
struct TDAProducingTests {
    private static let context = MessageContext(service: "test", now: { Bench.time }, makeID: { "id" })

    private let transport = InMemoryTransport(now: { Bench.time })

    private func producer(_ names: TopicNames = TopicNames(), on transport: InMemoryTransport) async throws -> Producer
    {
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: Self.context, topicNames: names,
            logger: LogRecorder().logger)
        try await producer.start()
        return producer
    }

    @Test("a message sent by name has the topic, key and headers of its contract")
    func sendsByName() async throws {
        let producer = try await producer(on: transport)
        let delivery = try await producer.send(JobMessage.completed(jobID: "42", resultID: "r"))
        let stored = try #require(transport.records.first)
        #expect(stored.delivery == delivery)
        #expect(delivery.topic == "tda_jobs" && delivery.offset == 0)
        #expect(stored.record.key == Array("42".utf8))
        #expect(stored.record.headers.map(\.name) == ["content-type", "message-type", "correlation-id"])
        let message = try JobMessage(validating: stored.record.value ?? [])
        #expect(message == JobMessage.completed(jobID: "42", resultID: "r").stamped(in: Self.context))
        #expect(producer.statistics.bytesSent == stored.record.value?.count)
        await producer.shutdown()
    }

    @Test("each message goes to the topic that its contract names, under the name that the environment gives it")
    func routes() async throws {
        let names = TopicNames(prefix: "staging_", overrides: ["results": "answers"])
        let transport = InMemoryTransport()
        let producer = try await producer(names, on: transport)
        let results = await producer.send(batch: [
            JobMessage.started(jobID: "j").stamped(in: Self.context),
            ResultMessage.cached(jobID: "j", resultID: "r", resultType: "t").stamped(in: Self.context),
            EventMessage.fileUploaded(data: [:]).stamped(in: Self.context),
            MonitoringMessage.componentStarted(component: "api", status: .healthy).stamped(in: Self.context),
        ])
        #expect(
            try results.map { try $0.get().topic }
                == ["staging_jobs", "answers", "staging_events", "staging_monitoring"])
        await producer.shutdown()
    }

    @Test("an invalid message is not sent, and the error does not quote its values")
    func refusesInvalid() async throws {
        let producer = try await producer(on: transport)
        var message = JobMessage.completed(jobID: "j", resultID: "r").stamped(in: Self.context)
        message.payload.resultID = nil
        message.payload.status = .failed
        message.payload.errorMessage = "secret"
        let error = await failure { () throws(ProducerError) in try await producer.send(message) }
        guard case .invalid(let failures)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failures.map(\.instance.description) == ["/payload/status", "/payload", "/payload/error_message"])
        let description = "\(ProducerError.invalid(failures))"
        #expect(!description.contains("secret"))
        #expect(
            description.contains("/payload/status: expected 'completed' [")
                && description.contains("/payload: missing member 'result_id' ["))
        #expect(transport.records.isEmpty)
        #expect(producer.statistics.errorsByType == ["invalid": 1])
        await producer.shutdown()
    }
}
