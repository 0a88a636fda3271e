import EventContracts
import Logging
import Synchronization

/// One producer of librdkafka with the sink of its outcomes, from its connection to its end.
final class KafkaSession: Sendable {
    /// The time for one request of a start or a flush, after which it is looked at again.
    private static let slice = Duration.milliseconds(200)
    /// The time for the outcomes of records that are given up.
    private static let endTimeout = Duration.seconds(5)

    let session: TransportSession
    private let client: KafkaClient
    private let handler: SessionHandler

    /// - Parameter fail: Called once there is a fatal error.
    init(
        _ properties: ClientProperties, _ session: TransportSession, logger: Logger,
        fail: @escaping @Sendable (KafkaError) -> Void
    ) throws(ConfigurationError) {
        self.session = session
        handler = SessionHandler(sink: session.sink, logger: logger, fail: fail)
        client = try KafkaClient(properties, handler: handler)
    }

    /// Waits until a broker has answered, and fetches the leaders of the contract's topics.
    ///
    /// - Throws: At once where the brokers refuse the client; else the last failure, after the timeout.
    func waitForBroker(timeout: Duration) async throws(KafkaError) {
        let deadline = ContinuousClock.now + timeout
        while true {
            do throws(KafkaError) {
                let metadata = try await client.metadata(timeout: Self.slice)
                let known = session.topics.keys.filter { metadata.topics[$0] != nil }
                for name in session.topics.keys.sorted() where metadata.topics[name] == nil {
                    handler.logger.warning(
                        "the topic \(name) does not exist; create it with event-contracts-deploy topics apply")
                }
                return try await client.prepare(topics: known, timeout: timeout)
            } catch {
                let cause = handler.lastFailure ?? error
                if cause.isRefusal || ContinuousClock.now >= deadline { throw cause }
                if Task.isCancelled { throw KafkaError(stoppedWhile: "it started") }
            }
        }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        var refused: [RecordOutcome] = []
        let count = client.produce(records, refused: &refused)
        if !refused.isEmpty { session.sink.complete(refused) }
        return count
    }

    func flush() async throws(KafkaError) {
        while try await !client.flush(timeout: Self.slice) {
            if Task.isCancelled { throw KafkaError(stoppedWhile: "it flushed") }
        }
    }

    /// Gives up all records without an outcome, reports them, and closes the client.
    func end(_ logger: Logger) async {
        do throws(KafkaError) {
            try await client.purge()
            if try await !client.flush(timeout: Self.endTimeout) {
                logger.error("some records have no outcome at the end of the Kafka producer")
            }
        } catch {
            logger.error("the Kafka producer did not end in order", metadata: ["error": "\(error)"])
        }
        await client.close()
    }

    func health() async -> TransportHealth {
        var details = handler.details
        details["librdkafka"] = KafkaLibrary.current.version
        if let pending = try? await client.pendingRecords() { details["pending_records"] = String(pending) }
        do throws(KafkaError) {
            let metadata = try await client.metadata(timeout: .seconds(2))
            details["brokers"] = String(metadata.brokers.count)
            if let controller = metadata.controller { details["controller"] = String(controller) }
            let partitions = session.topics.keys.flatMap { metadata.topics[$0] ?? [] }
            let missing = session.topics.keys.filter { metadata.topics[$0] == nil }.sorted()
            if !missing.isEmpty { details["missing_topics"] = missing.joined(separator: ", ") }
            let leaderless = partitions.count { $0.leader < 0 }
            if leaderless > 0 { details["leaderless_partitions"] = String(leaderless) }
            return TransportHealth(missing.isEmpty && leaderless == 0 ? .healthy : .degraded, details: details)
        } catch {
            details["error"] = (handler.lastFailure ?? error).description
            return TransportHealth(.unhealthy, details: details)
        }
    }
}

/// Passes the events of one producer on to its sink and its log.
private final class SessionHandler: KafkaEventHandler {
    private struct State {
        /// The last failure since a record was delivered.
        var lastFailure: KafkaError?
        var lastDelivery: Timestamp?
    }

    let logger: Logger
    private let sink: any DeliverySink
    private let fail: @Sendable (KafkaError) -> Void
    private let state = Mutex(State())

    init(sink: any DeliverySink, logger: Logger, fail: @escaping @Sendable (KafkaError) -> Void) {
        self.sink = sink
        self.logger = logger
        self.fail = fail
    }

    var lastFailure: KafkaError? { state.withLock { $0.lastFailure } }

    /// The details of a health report that events tell.
    var details: [String: String] {
        state.withLock { state in
            var details: [String: String] = [:]
            details["last_delivery"] = state.lastDelivery?.description
            details["last_error"] = state.lastFailure?.description
            return details
        }
    }

    func delivered(_ outcomes: [RecordOutcome]) {
        var delivery: Timestamp?
        for case .delivered(let last) in outcomes.reversed().lazy.map(\.outcome) {
            delivery = last.timestamp
            break
        }
        if let delivery {
            state.withLock { state in
                state.lastDelivery = delivery
                state.lastFailure = nil
            }
        }
        sink.complete(outcomes)
    }

    func hasRoom() {
        sink.ready()
    }

    func logged(_ entry: LogEntry) {
        logger.log(level: entry.level, "\(entry.message)", metadata: ["facility": "\(entry.facility)"])
    }

    func failed(_ error: KafkaError) {
        let isNews = state.withLock { state in
            // "All brokers are down" says less than the failure that led to it.
            guard error.name != "_ALL_BROKERS_DOWN" || state.lastFailure == nil else { return false }
            defer { state.lastFailure = error }
            return state.lastFailure != error
        }
        if error.name == "_ALL_BROKERS_DOWN" || error.isRefusal { sink.connectionChanged(isUp: false) }
        if isNews { logger.warning("\(error)") }
        if error.kind == .fatal { fail(error) }
    }

    func measured(_ statistics: String) {}
}
