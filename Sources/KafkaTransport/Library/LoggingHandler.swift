import Locks
import Logging

/// A handler that passes a client's log lines and failures on to swift-log, and keeps the last failure.
final class LoggingHandler: KafkaEventHandler {
    let log: ClientLog
    private let failure = Lock<KafkaError?>(nil)

    init(log: ClientLog) {
        self.log = log
    }

    var lastFailure: KafkaError? { failure.withLock { $0 } }

    func logged(_ entry: LogEntry) {
        log.write(entry)
    }

    func failed(_ error: KafkaError) {
        failure.withLock { failure in
            if error.replaces(failure) { failure = error }
        }
        // The client continues trying; what fails for good is the request's own error.
        log.write(error, level: error.isFatal ? .error : .warning)
    }

    func measured(_ statistics: String) {}

    /// Forgets the last failure: a broker has answered.
    func answered() {
        failure.withLock { $0 = nil }
    }
}
