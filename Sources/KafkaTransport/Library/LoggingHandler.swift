import Logging

/// A handler that passes a client's log lines and failures on to swift-log.
struct LoggingHandler: KafkaEventHandler {
    let logger: Logger

    func logged(_ entry: LogEntry) {
        logger.log(level: entry.level, "\(entry.message)", metadata: ["facility": "\(entry.facility)"])
    }

    func failed(_ error: KafkaError) {
        // The client continues trying; what fails for good is the request's own error.
        logger.log(level: error.kind == .fatal ? .error : .warning, "\(error)")
    }

    func measured(_ statistics: String) {}
}
