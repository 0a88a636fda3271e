import EventContracts
import Locks
import Logging

/// One producer of librdkafka with the sink of its outcomes, from its connection to its end.
final class KafkaSession: Sendable {
    /// The time for one request of a flush, after which it is checked again.
    private static let slice = Duration.milliseconds(200)
    /// The time for the outcomes of records that are given up.
    private static let endTimeout = Duration.seconds(5)

    let session: TransportSession
    private let client: KafkaClient
    private let handler: SessionHandler
    /// The request for a health report that is under way, which further reports share: requests run one after another, and one
    /// that no broker answers takes its whole timeout.
    private let asking = Lock<Asking?>(nil)

    private struct Asking: Sendable {
        let topics: Set<String>
        let answer: Task<Result<KafkaMetadata, KafkaError>, Never>
    }

    /// - Parameter fail: Called once there is a fatal error.
    init(
        _ properties: ClientProperties, _ session: TransportSession, metrics: KafkaMetrics?, log: ClientLog,
        fail: @escaping @Sendable (KafkaError) -> Void
    ) throws(ConfigurationError) {
        self.session = session
        handler = SessionHandler(sink: session.sink, metrics: metrics, log: log, fail: fail)
        client = try KafkaClient(properties, handler: handler)
    }

    /// Whether a record has been delivered.
    var hasDelivered: Bool { handler.hasDelivered }

    /// Returns the error after which the producer sends nothing more; `nil` where there is none.
    func fatalError() async throws(KafkaError) -> KafkaError? { try await client.fatalError() }

    /// Waits until a broker has answered, and fetches the leaders of topics.
    ///
    /// - Parameter timeout: The time for both.
    /// - Throws: At once where the brokers refuse the client; else the last failure, after the timeout.
    func waitForBroker(topics: Set<String>, timeout: Duration) async throws(KafkaError) {
        let deadline = ContinuousClock.now + timeout.bounded
        let metadata = try await client.firstMetadata(of: topics, until: deadline)
        for name in topics.sorted() where metadata.topics[name] == nil {
            handler.log.logger.warning("\(metadata.failure(of: name))")
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
    func end() async {
        let logger = handler.log.logger
        do throws(KafkaError) {
            try await client.purge()
            if try await !client.flush(timeout: Self.endTimeout) {
                logger.error("some records have no outcome at the end of the Kafka producer")
            }
        } catch {
            logger.error("the Kafka producer did not end in order", metadata: ["error": "\(error)"])
        }
        await client.close()
        handler.log.flush()
    }

    func health(of topics: Set<String>) async -> TransportHealth {
        var details = handler.details
        details["librdkafka"] = KafkaLibrary.current.version
        if let pending = try? await client.pendingRecords() { details["pending_records"] = String(pending) }
        do throws(KafkaError) {
            if let error = try await client.fatalError() { throw error }
            let metadata = try await sharedMetadata(of: topics)
            // A broker has answered, whatever it lacks.
            session.sink.connectionChanged(isUp: true)
            details["brokers"] = String(metadata.brokers.count)
            if let controller = metadata.controller { details["controller"] = String(controller) }
            let partitions = topics.flatMap { metadata.topics[$0] ?? [] }
            let undescribed = topics.sorted().filter { metadata.topics[$0] == nil }
            let missing = undescribed.filter { metadata.failure(of: $0).kind == .unknownTopic }
            if !missing.isEmpty { details["missing_topics"] = missing.joined(separator: ", ") }
            let failures = undescribed.filter { !missing.contains($0) }.map { metadata.failure(of: $0).description }
            if !failures.isEmpty { details["topic_errors"] = failures.joined(separator: "; ") }
            let leaderless = partitions.count { $0.leader < 0 }
            if leaderless > 0 { details["leaderless_partitions"] = String(leaderless) }
            return TransportHealth(undescribed.isEmpty && leaderless == 0 ? .healthy : .degraded, details: details)
        } catch {
            details["error"] = (error.isFatal ? error : handler.lastFailure ?? error).description
            return TransportHealth(.unhealthy, details: details)
        }
    }

    private func sharedMetadata(of topics: Set<String>) async throws(KafkaError) -> KafkaMetadata {
        let answer = asking.withLock { asking in
            if let asking, asking.topics.isSuperset(of: topics) { return asking.answer }
            // Producers of one client ask for different topics, and then share the request for all of them.
            let topics = topics.union(asking?.topics ?? [])
            let answer = Task { [client] in
                let result: Result<KafkaMetadata, KafkaError>
                do throws(KafkaError) {
                    result = .success(try await client.metadata(of: topics, timeout: .seconds(2)))
                } catch {
                    result = .failure(error)
                }
                // Waits for the lock, and so comes after the assignment below.
                self.asking.withLock { asking in
                    if asking?.topics == topics { asking = nil }
                }
                return result
            }
            asking = Asking(topics: topics, answer: answer)
            return answer
        }
        return try await answer.value.get()
    }
}
