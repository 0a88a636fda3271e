public import EventContracts

/// A producer on an in-memory transport, with the clock, the ids and the log of a test.
///
/// ```swift
/// try await TestProducer.run(TDA.self) { test in
///     try await service.completeJob("42", with: test.producer)
///
///     let job = try await test.transport.expectMessage(of: JobMessage.self, event: .jobCompleted)
///     #expect(job.payload.jobID == "42")
///     try test.transport.expectNoMessages(of: EventMessage.self)
///     try test.log.expectNoLines(atLeast: .warning)
/// }
/// ```
public struct TestProducer: Sendable {
    public let transport: InMemoryTransport
    /// The clock for timeouts and backoffs, and for the time of messages. Stands still until a test advances it.
    public let clock: ManualClock
    public let log: LogRecorder
    public let producer: Producer

    /// Creates a producer, which has yet to be started.
    ///
    /// - Parameters:
    ///   - contract: The contract whose messages are sent.
    ///   - configuration: Retries, timeouts and limits; by default without jitter.
    ///   - topicNames: The names of topics.
    ///   - cipher: Encrypts the values of a contract with `encryption`.
    ///   - metrics: The metrics of the contract.
    public init<Contract: EventContract>(
        _ contract: Contract.Type, configuration: ProducerConfiguration = ProducerConfiguration(retryJitter: 0),
        topicNames: TopicNames = TopicNames(), cipher: (any ValueCipher)? = nil, metrics: [any ProducerMetrics] = []
    ) {
        let clock = ManualClock()
        let log = LogRecorder()
        let context = MessageContext.testing(service: contract.service, clock: clock)
        let transport = InMemoryTransport(now: context.now)
        self.clock = clock
        self.log = log
        self.transport = transport
        producer = Producer(
            transport: transport, contracts: [contract], configuration: configuration, context: context,
            topicNames: topicNames, cipher: cipher, metrics: metrics, clock: clock, logger: log.logger)
    }

    /// Starts a producer, runs a test with it, and shuts it down, also where the test throws. Messages that have not been
    /// delivered when the test ends are dropped.
    ///
    /// - Returns: The result of the test.
    @discardableResult
    public static func run<Contract: EventContract, Value>(
        _ contract: Contract.Type, configuration: ProducerConfiguration = ProducerConfiguration(retryJitter: 0),
        topicNames: TopicNames = TopicNames(), cipher: (any ValueCipher)? = nil, metrics: [any ProducerMetrics] = [],
        _ body: (TestProducer) async throws -> Value
    ) async throws -> Value {
        let test = TestProducer(
            contract, configuration: configuration, topicNames: topicNames, cipher: cipher, metrics: metrics)
        try await test.producer.start()
        let result: Result<Value, any Error>
        do { result = .success(try await body(test)) } catch { result = .failure(error) }
        // Without a deadline: a retry would wait for a clock that does not advance.
        await test.producer.shutdown(deadline: .zero)
        return try result.get()
    }
}
