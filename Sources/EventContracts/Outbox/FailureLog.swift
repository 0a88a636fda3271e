import Logging
import Locks

/// A log of messages that are not delivered, which sums up identical failures.
///
/// The first failure of a kind (the same event, topic and reason) is logged at once. Those that follow within an interval
/// are counted, and logged as one line with their number when it ends. An outage then costs a few lines for each interval,
/// not one for each message.
final class FailureLog: Sendable {
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

    private struct Key: Hashable {
        let kind: Kind
        let name: String
        let event: String
        let topic: String
        let reason: String
    }

    private struct Repetition {
        var count = 0
        var lastError: String?
    }

    private struct State {
        /// The failures of the current interval that have been logged once, with those that followed.
        var repetitions: [Key: Repetition] = [:]
        var timer: Task<Void, Never>?
    }

    let logger: Logger
    private let interval: Duration
    private let clock: ElapsedClock
    private let state = Lock(State())

    /// - Parameter interval: How long identical failures are counted before they are logged; zero logs each by itself.
    init(logger: Logger, interval: Duration, clock: ElapsedClock) {
        self.logger = logger
        self.interval = interval
        self.clock = clock
    }

    deinit {
        state.withLock { $0.timer?.cancel() }
    }

    func report(_ kind: Kind, of event: EventRoute, reason: String, _ error: (any Error)?) {
        let key = Key(kind: kind, name: event.message, event: event.event, topic: event.topic, reason: reason)
        let isFirst =
            interval <= .zero
            || state.withLock { state in
                guard state.repetitions[key] == nil else {
                    state.repetitions[key]?.count += 1
                    state.repetitions[key]?.lastError = error.map { "\($0)" }
                    return false
                }
                state.repetitions[key] = Repetition()
                if state.timer == nil { state.timer = sleep() }
                return true
            }
        if isFirst { log(key, error.map { "\($0)" }, count: 1) }
    }

    /// Logs what was counted since the last line of its kind.
    func flush() {
        let (repetitions, timer) = state.withLock { state in
            defer { state = State() }
            return (state.repetitions, state.timer)
        }
        timer?.cancel()
        log(repetitions)
    }

    private func sleep() -> Task<Void, Never> {
        Task { [weak self, clock, interval] in
            do { try await clock.sleep(for: interval) } catch { return }
            self?.endInterval()
        }
    }

    /// Logs what was counted, and counts on for failures that go on.
    private func endInterval() {
        let ended = state.withLock { state in
            let ended = state.repetitions.filter { $0.value.count > 0 }
            state.repetitions = ended.mapValues { _ in Repetition() }
            state.timer = ended.isEmpty ? nil : sleep()
            return ended
        }
        log(ended)
    }

    private func log(_ repetitions: [Key: Repetition]) {
        for (key, repetition) in repetitions.sorted(by: { ($0.key.topic, $0.key.event) < ($1.key.topic, $1.key.event) })
        where repetition.count > 0 {
            log(key, repetition.lastError, count: repetition.count)
        }
    }

    private func log(_ key: Key, _ error: String?, count: Int) {
        var metadata: Logger.Metadata = [
            "message": "\(key.name)", "event": "\(key.event)", "topic": "\(key.topic)", "error_type": "\(key.reason)",
        ]
        if let error { metadata["error"] = "\(error)" }
        if count > 1 { metadata["messages"] = "\(count)" }
        logger.log(level: key.kind.level, key.kind.text, metadata: metadata)
    }
}
