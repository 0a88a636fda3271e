import EventContracts
import Logging
import Synchronization
import TDAContracts

/// Keeps what is logged, for tests to look at.
final class LogCollector: Sendable {
    private let entries = Mutex<[String]>([])

    var lines: [String] { entries.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(collector: self) }
    }

    private struct Handler: LogHandler {
        let collector: LogCollector
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            collector.entries.withLock { $0.append("\(event.level): \(event.message)\(metadata)") }
        }
    }
}

/// A producer with all that a test wants to hold in its hands.
struct Bench {
    let transport: InMemoryTransport
    let clock = ManualClock()
    let log = LogCollector()
    let producer: Producer

    static let now = Timestamp(secondsSince1970: 1_700_000_000)
    static let context = MessageContext(service: "test", now: { now }, makeID: { "id" })

    init(
        configuration: ProducerConfiguration = ProducerConfiguration(), topicNames: TopicNames = TopicNames(),
        topics: [Topic] = TDA.topics
    ) {
        transport = InMemoryTransport(topics: topics, now: { Self.now })
        producer = Producer(
            transport: transport, context: Self.context, configuration: configuration, topicNames: topicNames,
            clock: clock, logger: log.logger)
    }

    static func started(_ configuration: ProducerConfiguration = ProducerConfiguration()) async throws -> Bench {
        let bench = Bench(configuration: configuration)
        try await bench.producer.start()
        return bench
    }

    var events: [String] {
        transport.records.compactMap { try? JobMessage(validating: $0.record.value).messageType.rawValue }
    }

    static func job(_ id: String = "j") -> JobMessage { .started(jobID: id, in: context) }
}

/// A transport that does not heed cancellation: it answers when a test lets it.
final class StubbornTransport: Transport {
    private struct State {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
        var isOpen = false
    }

    private let state = Mutex(State())

    func start() async throws(TransportError) {}
    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async { release() }

    func send(_ record: Record) async throws(TransportError) -> Delivery {
        await withCheckedContinuation { continuation in
            let (isOpen, woken) = state.withLock { state in
                if state.isOpen { return (true, [CheckedContinuation<Void, Never>]()) }
                state.waiting.append(continuation)
                defer { state.waiters = [] }
                return (false, state.waiters)
            }
            woken.forEach { $0.resume() }
            if isOpen { continuation.resume() }
        }
        return Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: Bench.now)
    }

    /// Returns when a send waits.
    func waitForSend() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if !state.waiting.isEmpty { return true }
                state.waiters.append(continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func release() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        waiting.forEach { $0.resume() }
    }
}
