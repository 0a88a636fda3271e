import Logging
import Synchronization

/// Counts and logs what becomes of each message: the one place that both happen in, so that nothing gets lost without
/// either.
final class Accounts: Sendable {
    private struct State: Sendable {
        var statistics = ProducerStatistics()
        /// Failures by topic since shutdown began; `nil` before.
        var undelivered: [String: Int]?
    }

    private let state = Mutex(State())
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    init(logger: Logger, now: @escaping @Sendable () -> Timestamp) {
        self.logger = logger
        self.now = now
    }

    var statistics: ProducerStatistics { state.withLock { $0.statistics } }

    /// A message of which there is no record, or whose record was not handed to the transport.
    func refused(name: String, event: String, topic: String, error: ProducerError, inBackground: Bool) {
        failed(name: name, event: event, topic: topic, error: error, isDropped: inBackground)
    }

    /// A message that waited in the background when the producer shut down.
    func left(_ message: OutgoingMessage) {
        failed(name: message.name, event: message.event, topic: message.record.topic, error: .shutDown, isDropped: true)
    }

    /// The outcomes of a hand-over, as its caller hears them.
    func settled(_ messages: [OutgoingMessage], _ outcomes: [Flight.Outcome], duration: Duration) {
        let time = now()
        for (message, outcome) in zip(messages, outcomes) {
            switch outcome {
            case .success:
                state.withLock { state in
                    state.statistics.messagesSent += 1
                    state.statistics.bytesSent += message.record.value.count
                    state.statistics.sendDurationTotal += duration
                    state.statistics.lastSendTime = time
                }
            case .failure(let error):
                failed(
                    name: message.name, event: message.event, topic: message.record.topic, error: error,
                    isDropped: false)
            }
        }
    }

    /// The transport's outcomes of a hand-over that was given up before.
    func settledLate(_ messages: [OutgoingMessage], _ outcomes: [Flight.Outcome]) {
        for (message, outcome) in zip(messages, outcomes) {
            var metadata = metadata(name: message.name, event: message.event, topic: message.record.topic)
            switch outcome {
            case .success:
                state.withLock { $0.statistics.deliveredLate += 1 }
                logger.warning("a message counted as failed was delivered late", metadata: metadata)
            case .failure(let error):
                metadata["error"] = "\(error)"
                logger.info("a message given up has failed", metadata: metadata)
            }
        }
    }

    func departed(_ count: Int) {
        state.withLock { $0.statistics.inFlight += count }
    }

    func landed(_ count: Int) {
        state.withLock { $0.statistics.inFlight -= count }
    }

    func retried(_ count: Int, retry: Int, after error: TransportError) {
        state.withLock { $0.statistics.retries += count }
        logger.debug(
            "sending again", metadata: ["messages": "\(count)", "retry": "\(retry)", "error": "\(error)"])
    }

    /// From here on, failures are remembered by topic.
    func beginShutdown() {
        state.withLock { $0.undelivered = $0.undelivered ?? [:] }
    }

    var undelivered: [String: Int] { state.withLock { $0.undelivered ?? [:] } }

    private func failed(name: String, event: String, topic: String, error: ProducerError, isDropped: Bool) {
        state.withLock { state in
            state.statistics.messagesFailed += 1
            state.statistics.errorsByType[error.type, default: 0] += 1
            if isDropped { state.statistics.backgroundDropped += 1 }
            // What is refused because nothing is accepted any more was never the shutdown's to deliver.
            if error != .notRunning { state.undelivered?[topic, default: 0] += 1 }
        }
        var metadata = metadata(name: name, event: event, topic: topic)
        metadata["error_type"] = "\(error.type)"
        metadata["error"] = "\(error)"
        logger.error("a message was not delivered", metadata: metadata)
    }

    private func metadata(name: String, event: String, topic: String) -> Logger.Metadata {
        ["message": "\(name)", "event": "\(event)", "topic": "\(topic)"]
    }
}
