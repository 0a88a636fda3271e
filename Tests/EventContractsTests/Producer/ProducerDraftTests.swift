import EventContracts
import EventContractsTesting
import TDAContracts
import Testing

@Suite("Producer: drafts", .timeLimit(.minutes(20)))
struct ProducerDraftTests {
    private static let context = MessageContext(service: "billing", now: { Bench.time }, makeID: { "id-7" })

    private let transport = InMemoryTransport(now: { Bench.time })
    private let producer: Producer

    init() async throws {
        producer = Producer(
            transport: transport, contracts: [TDA.self], context: Self.context, logger: LogRecorder().logger)
        try await producer.start()
    }

    /// The messages that have arrived at the jobs' topic, in order.
    private func arrived() throws -> [JobMessage] {
        try transport.records(in: "tda_jobs").map { try JobMessage(validating: $0.record.value ?? []) }
    }

    @Test("however a draft is sent, its envelope is filled from the producer's context")
    func stampsFromContext() async throws {
        try await producer.send(JobMessage.started(jobID: "a"))
        _ = try await producer.send(batch: [JobMessage.started(jobID: "a")])[0].get()
        _ = try await producer.send(batch: [
            JobMessage.started(jobID: "a"), ResultMessage.cached(jobID: "j", resultID: "r", resultType: "t"),
        ])[0].get()
        #expect(producer.sendInBackground(JobMessage.started(jobID: "a")) == .queued)
        await producer.notifying(success: { JobMessage.started(jobID: "a") }) {}
        await #expect(throws: CancellationError.self) {
            try await producer.notifying(
                success: { JobMessage.started(jobID: "a") }, failure: { _ in JobMessage.started(jobID: "a") }
            ) { throw CancellationError() }
        }
        await transport.waitForDeliveries(7)
        let messages = try arrived()
        #expect(messages.count == 6)
        for message in messages {
            #expect(message.metadata.sourceService == "billing")
            #expect(message.metadata.timestamp == Bench.time)
            #expect(message.metadata.messageID == "job-a-1700000000000-id-7")
            #expect(message.metadata.correlationID == "a")
        }
        await producer.shutdown()
    }

    @Test("two services that share a contract each send under their own name")
    func sharedContract() async throws {
        let otherTransport = InMemoryTransport()
        let other = Producer(
            transport: otherTransport, contracts: [TDA.self], context: MessageContext(service: "shipping"),
            logger: LogRecorder().logger)
        try await other.start()
        let draft = JobMessage.started(jobID: "a")
        try await producer.send(draft)
        try await other.send(draft)
        let others = try otherTransport.records.map { try JobMessage(validating: $0.record.value ?? []) }
        #expect(try (arrived() + others).map(\.metadata.sourceService) == ["billing", "shipping"])
        await producer.shutdown()
        await other.shutdown()
    }

    @Test("a draft that is sent twice is two messages, each with an id of its own")
    func stampsAnew() async throws {
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        let draft = JobMessage.started(jobID: "a")
        try await producer.send(draft)
        try await producer.send(draft)
        #expect(
            Set(try transport.records.map { try JobMessage(validating: $0.record.value ?? []).metadata.messageID })
                .count == 2
        )
        await producer.shutdown()
    }

    @Test("a stamped message is sent as it is, and can be changed before")
    func stampedByHand() async throws {
        let context = MessageContext(service: "by hand", now: { Bench.time }, makeID: { "own" })
        var message = JobMessage.started(jobID: "a").stamped(in: context)
        message.metadata.correlationID = "request-1"
        try await producer.send(message)
        #expect(try arrived() == [message])
        #expect(message.metadata.sourceService == "by hand")
        await producer.shutdown()
    }

    @Test("a draft and a message go into one batch")
    func mixedBatch() async throws {
        let message = JobMessage.started(jobID: "a").stamped(in: MessageContext(service: "by hand"))
        let results = await producer.send(batch: [message, JobMessage.cancelled(jobID: "a")])
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        #expect(try arrived().map(\.metadata.sourceService) == ["by hand", "billing"])
        await producer.shutdown()
    }

    @Test("a draft that is proven valid is not validated; any other is, and so is a stamped message")
    func provenDrafts() async throws {
        let bench = try await Bench.started()
        // This note breaks its contract: the proof would be wrong.
        let note = NoteMessage("n", text: "")
        let proven = Draft(unstamped: note, isProvenValid: true)
        try await bench.producer.send(proven)
        for error in [
            await failure { () throws(ProducerError) in
                try await bench.producer.send(Draft(unstamped: note, isProvenValid: false))
            },
            await failure { () throws(ProducerError) in
                try await bench.producer.send(proven.stamped(in: Self.context))
            },
        ] {
            guard case .invalid? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(bench.keys() == ["n"])
        await bench.producer.shutdown()
        await producer.shutdown()
    }

    @Test("properties that no type guarantees are checked while a proven draft is encoded")
    func encodingChecks() async throws {
        let error = await failure { () throws(ProducerError) in
            try await producer.send(JobMessage.completed(jobID: "a", resultID: "r", executionTime: .infinity))
        }
        guard case .encoding? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(transport.records.isEmpty)
        await producer.shutdown()
    }
}
