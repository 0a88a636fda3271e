import EventContracts
import Logging

/// The log of a client, which sums up identical lines and failures.
///
/// The first is logged at once. Those that follow within ten seconds are counted, and logged as one line with their number.
final class ClientLog: Sendable {
    private struct Key: Hashable, Sendable {
        let level: Logger.Level
        /// The part of the library that wrote the line; `nil` for a failure.
        let facility: String?
        /// The line without the times in it, which differ each time.
        let text: String
    }

    let logger: Logger
    private let lines: RepetitionLog<Key>

    init(_ logger: Logger, clock: any Clock<Duration>) {
        self.logger = logger
        lines = RepetitionLog(interval: .seconds(10), clock: clock) { key, line, count in
            var metadata: Logger.Metadata = [:]
            if let facility = key.facility { metadata["facility"] = "\(facility)" }
            if count > 1 { metadata["lines"] = "\(count)" }
            logger.log(level: key.level, "\(line ?? key.text)", metadata: metadata)
        }
    }

    /// Logs a line of the library. Lines for debugging are not summed up: there are many, and few are identical.
    func write(_ entry: LogEntry) {
        guard entry.level > .debug else {
            logger.log(level: entry.level, "\(entry.message)", metadata: ["facility": "\(entry.facility)"])
            return
        }
        report(Key(level: entry.level, facility: entry.facility, text: Self.withoutTimes(entry.message)), entry.message)
    }

    /// Logs a failure that belongs to no record or request.
    func write(_ error: KafkaError, level: Logger.Level) {
        report(Key(level: level, facility: nil, text: Self.withoutTimes(error.description)), error.description)
    }

    private func report(_ key: Key, _ line: String) {
        lines.report(key, detail: line)
    }

    /// Logs what was counted since the last line of its kind.
    func flush() {
        lines.flush()
    }

    /// Removes the library's "(after 12ms in state CONNECT, 3 identical error(s) suppressed)".
    private static func withoutTimes(_ line: String) -> String {
        line.replacing(#/ \(after [0-9]+ms in state [^,)]+(, [0-9]+ identical error\(s\) suppressed)?\)/#, with: "")
    }
}
