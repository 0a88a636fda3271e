import Logging
import Synchronization

/// Counts, measures and logs what becomes of each message: the one place that all of it happens in, so that nothing gets
/// lost without it.
final class Accounts: Sendable {
    private struct State: Sendable {
        var statistics = ProducerStatistics()
        /// Failures by topic since shutdown began; `nil` before.
        var undelivered: [String: Int]?
        var connectionIsOver = false
    }

    private let state = Mutex(State())
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    let metrics: (any ProducerMetrics)?

    init(logger: Logger, metrics: (any ProducerMetrics)?, now: @escaping @Sendable () -> Timestamp) {
        self.logger = logger
        self.metrics = metrics
        self.now = now
    }

    var statistics: ProducerStatistics { state.withLock { $0.statistics } }

    /// A message of which there is no record, or whose record was not handed to the transport.
    func refused(_ message: RefusedMessage, error: ProducerError, inBackground: Bool) {
        if case .invalid(let failures) = error, let labels = message.labels { metrics?.broke(labels, failures) }
        failed(message, error: error, duration: nil, isDropped: inBackground)
    }

    /// A message that waited in the background when the producer shut down.
    func left(_ message: OutgoingMessage) {
        failed(RefusedMessage(message), error: .shutDown, duration: nil, isDropped: true)
    }

    /// Outcomes of a hand-over, as its caller hears them.
    func settled(_ outcomes: Flight.Outcomes, of messages: [OutgoingMessage], duration: Duration) {
        let time = now()
        for (position, outcome) in outcomes {
            let message = messages[position]
            switch outcome {
            case .success:
                state.withLock { state in
                    state.statistics.messagesSent += 1
                    state.statistics.bytesSent += message.record.value.count
                    state.statistics.sendDurationTotal += duration
                    state.statistics.lastSendTime = time
                }
                if let metrics, let labels = message.labels {
                    metrics.delivered(labels, bytes: message.record.value.count, duration: duration, at: time)
                    message.observation?()
                }
            case .failure(let error):
                failed(RefusedMessage(message), error: error, duration: duration, isDropped: false)
            }
        }
    }

    /// The transport's outcomes of messages that were given up before.
    func settledLate(_ outcomes: Flight.Outcomes, of messages: [OutgoingMessage]) {
        for (position, outcome) in outcomes {
            var metadata = metadata(of: RefusedMessage(messages[position]))
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

    /// What an attempt tells of the connection: it is there where anything got through, and not where the transport says
    /// that it can't reach the other end.
    func heard(_ results: [Result<Delivery, TransportError>]) {
        for result in results {
            switch result {
            case .success: return found(connectionIsUp: true)
            case .failure(let error) where error.kind == .unavailable || error.kind == .notAuthorized:
                return found(connectionIsUp: false)
            case .failure: continue
            }
        }
    }

    /// Measures the connection, unless that is over. Under the lock, so that what is told last is what was found last.
    func found(connectionIsUp isUp: Bool) {
        guard let metrics else { return }
        state.withLock { state in
            if !state.connectionIsOver { metrics.connectionChanged(isUp: isUp) }
        }
    }

    /// From here on there is no connection, whatever is still heard of it.
    func endConnection() {
        state.withLock { state in
            state.connectionIsOver = true
            metrics?.connectionChanged(isUp: false)
        }
    }

    func departed(_ count: Int) {
        state.withLock { $0.statistics.inFlight += count }
        metrics?.inFlightChanged(by: count)
    }

    func landed(_ count: Int) {
        state.withLock { $0.statistics.inFlight -= count }
        metrics?.inFlightChanged(by: -count)
    }

    func retried(_ messages: [OutgoingMessage], retry: Int, after error: TransportError) {
        state.withLock { $0.statistics.retries += messages.count }
        if let metrics { messages.compactMap(\.labels).forEach(metrics.retried) }
        logger.debug(
            "sending again", metadata: ["messages": "\(messages.count)", "retry": "\(retry)", "error": "\(error)"])
    }

    /// From here on, failures are remembered by topic.
    func beginShutdown() {
        state.withLock { $0.undelivered = $0.undelivered ?? [:] }
    }

    var undelivered: [String: Int] { state.withLock { $0.undelivered ?? [:] } }

    private func failed(_ message: RefusedMessage, error: ProducerError, duration: Duration?, isDropped: Bool) {
        state.withLock { state in
            state.statistics.messagesFailed += 1
            state.statistics.errorsByType[error.reason.rawValue, default: 0] += 1
            if isDropped { state.statistics.backgroundDropped += 1 }
            // What is refused because nothing is accepted any more was never the shutdown's to deliver.
            if error != .notRunning { state.undelivered?[message.topic, default: 0] += 1 }
        }
        if let labels = message.labels { metrics?.failed(labels, reason: error.reason, duration: duration) }
        var metadata = metadata(of: message)
        metadata["error_type"] = "\(error.reason.rawValue)"
        metadata["error"] = "\(error)"
        logger.error("a message was not delivered", metadata: metadata)
    }

    private func metadata(of message: RefusedMessage) -> Logger.Metadata {
        ["message": "\(message.name)", "event": "\(message.event)", "topic": "\(message.topic)"]
    }
}

/// What can be told of a message that is not delivered, whether or not there is a record of it.
struct RefusedMessage: Sendable {
    let name: String
    let event: String
    /// The topic's name on the broker.
    let topic: String
    let labels: MessageLabels?

    init(name: String, event: String, topic: String, labels: MessageLabels?) {
        self.name = name
        self.event = event
        self.topic = topic
        self.labels = labels
    }

    init(_ message: OutgoingMessage) {
        self.init(name: message.name, event: message.event, topic: message.record.topic, labels: message.labels)
    }
}
