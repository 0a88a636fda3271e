import CRdKafka
import Logging

/// A line of librdkafka's log.
struct LogEntry: Hashable, Sendable {
    /// The severity, in swift-log's terms.
    var level: Logger.Level
    /// The part of the library that wrote the line: `FAIL`, `SASLMECHS`.
    var facility: String
    /// The line itself, without secrets.
    var message: String
}

extension LogEntry {
    /// - Returns: `nil` where the event is not a line of log.
    init?(_ event: OpaquePointer, redactingBy properties: ClientProperties) {
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        var severity: Int32 = 0
        guard rd_kafka_event_log(event, &facility, &text, &severity) == 0, let facility, let text else { return nil }
        // Both strings belong to the event, and are copied here.
        level = Self.level(severity)
        self.facility = String(cString: facility)
        message = properties.redact(String(cString: text))
    }

    /// Returns the level of a severity of syslog's, 0 (emergency) to 7 (debug).
    static func level(_ severity: Int32) -> Logger.Level {
        switch severity {
        case ...2: .critical
        case 3: .error
        case 4: .warning
        case 5: .notice
        case 6: .info
        default: .debug
        }
    }
}
