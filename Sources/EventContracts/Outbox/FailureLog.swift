import Logging

/// A log of messages that are not delivered, which sums up identical failures.
///
/// Failures are identical where event, topic and reason are: an outage costs a few lines for each interval, not one for each
/// message.
struct FailureLog: Sendable {
    enum Kind: Hashable, Sendable {
        case notDelivered, unknown, deliveredLate, failedLate, unknownLate

        var text: Logger.Message {
            switch self {
            case .notDelivered: "message not delivered"
            case .unknown: "message not acknowledged, it may have been delivered"
            case .deliveredLate: "message delivered after its sender stopped waiting"
            case .failedLate: "message failed after its sender stopped waiting"
            case .unknownLate: "message not acknowledged after its sender stopped waiting"
            }
        }

        var level: Logger.Level {
            switch self {
            case .notDelivered, .unknown: .error
            case .deliveredLate: .warning
            case .failedLate, .unknownLate: .info
            }
        }
    }

    private struct Key: Hashable, Sendable {
        let kind: Kind
        let name: String
        let event: String
        let topic: String
        let reason: String
    }

    let logger: Logger
    private let lines: RepetitionLog<Key>

    /// - Parameter interval: How long identical failures are counted before they are logged; zero logs each by itself.
    init(logger: Logger, interval: Duration, clock: ElapsedClock) {
        self.logger = logger
        lines = RepetitionLog(interval: interval, clock: clock) { key, error, count in
            Self.log(key, error, count: count, to: logger)
        }
    }

    func report(_ kind: Kind, of event: EventRoute, reason: String, _ error: (any Error)?) {
        let key = Key(kind: kind, name: event.message, event: event.event, topic: event.topic, reason: reason)
        lines.report(key, detail: error.map { "\($0)" })
    }

    /// Logs what was counted since the last line of its kind.
    func flush() {
        lines.flush()
    }

    private static func log(_ key: Key, _ error: String?, count: Int, to logger: Logger) {
        var metadata: Logger.Metadata = [
            "message": "\(key.name)", "event": "\(key.event)", "topic": "\(key.topic)", "error_type": "\(key.reason)",
        ]
        if let error { metadata["error"] = "\(error)" }
        if count > 1 { metadata["messages"] = "\(count)" }
        logger.log(level: key.kind.level, key.kind.text, metadata: metadata)
    }
}
