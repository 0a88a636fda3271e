import EventContracts
import EventContractsTesting
import Logging

/// A producer on an in-memory transport, with time and log in the test's hands.
struct Bench {
    let transport: InMemoryTransport
    let clock = ManualClock()
    let log = LogRecorder()
    let producer: Producer

    static let time = Timestamp(secondsSince1970: 1_700_000_000, fractionDigits: 0)

    init(
        configuration: ProducerConfiguration = Bench.configuration, topicNames: TopicNames = TopicNames()
    ) {
        transport = InMemoryTransport(now: { Bench.time })
        producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: configuration,
            context: MessageContext(service: "test", now: { Bench.time }, makeID: { "id" }), topicNames: topicNames,
            clock: clock, logger: log.logger)
    }

    /// Backoffs without chance, and a log line for each failure.
    static let configuration = ProducerConfiguration(retryJitter: 0, failureLogInterval: .zero)

    static func started(
        configuration: ProducerConfiguration = Bench.configuration, topicNames: TopicNames = TopicNames()
    ) async throws -> Bench {
        let bench = Bench(configuration: configuration, topicNames: topicNames)
        try await bench.producer.start()
        return bench
    }

    /// The keys of what has arrived at a topic, in order.
    func keys(in topic: String = "test_notes") -> [String] {
        transport.records(in: topic).map { String(decoding: $0.record.key ?? [], as: UTF8.self) }
    }
}

/// Runs a send that must fail, and returns its error.
func failure(_ body: () async throws(ProducerError) -> some Any) async -> ProducerError? {
    do throws(ProducerError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension Result {
    /// The error; `nil` of a success.
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
