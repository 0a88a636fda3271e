import Locks
import Logging

/// A handler that passes a client's log lines and failures on to swift-log, and keeps the last failure.
final class LoggingHandler: KafkaEventHandler {
    private let logger: Logger
    private let failure = Lock<KafkaError?>(nil)

    init(logger: Logger) {
        self.logger = logger
    }

    var lastFailure: KafkaError? { failure.withLock { $0 } }

    func logged(_ entry: LogEntry) {
        logger.log(level: entry.level, "\(entry.message)", metadata: ["facility": "\(entry.facility)"])
    }

    func failed(_ error: KafkaError) {
        failure.withLock { failure in
            if error.replaces(failure) { failure = error }
        }
        // The client continues trying; what fails for good is the request's own error.
        logger.log(level: error.isFatal ? .error : .warning, "\(error)")
    }

    func measured(_ statistics: String) {}

    /// Forgets the last failure: a broker has answered.
    func answered() {
        failure.withLock { $0 = nil }
    }
}
