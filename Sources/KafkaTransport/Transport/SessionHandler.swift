import EventContracts
import Locks
import Logging

/// A handler that passes the events of one producer on to its sink and its log.
final class SessionHandler: KafkaEventHandler {
    private struct State {
        /// The last failure since a record was delivered.
        var lastFailure: KafkaError?
        var lastDelivery: Timestamp?
        var statistics: ClientStatistics?
    }

    let log: ClientLog
    private let sink: any DeliverySink
    private let metrics: KafkaMetrics?
    private let fail: @Sendable (KafkaError) -> Void
    private let state = Lock(State())

    init(
        sink: any DeliverySink, metrics: KafkaMetrics?, log: ClientLog, fail: @escaping @Sendable (KafkaError) -> Void
    ) {
        self.sink = sink
        self.metrics = metrics
        self.log = log
        self.fail = fail
    }

    var lastFailure: KafkaError? { state.withLock { $0.lastFailure } }
    var hasDelivered: Bool { state.withLock { $0.lastDelivery != nil } }

    /// The details of a health report from events.
    var details: [String: String] {
        state.withLock { state in
            var details: [String: String] = [:]
            details["last_delivery"] = state.lastDelivery?.description
            details["last_error"] = state.lastFailure?.description
            if let statistics = state.statistics { details.merge(statistics.details) { first, _ in first } }
            return details
        }
    }

    func delivered(_ outcomes: [RecordOutcome]) {
        var delivery: Timestamp?
        for case .delivered(let last) in outcomes.reversed().lazy.map(\.outcome) {
            delivery = last.timestamp
            break
        }
        if let delivery {
            state.withLock { state in
                state.lastDelivery = delivery
                state.lastFailure = nil
            }
        }
        sink.complete(outcomes)
    }

    func hasRoom() {
        sink.ready()
    }

    func logged(_ entry: LogEntry) {
        log.write(entry)
    }

    func failed(_ error: KafkaError) {
        let isNews = state.withLock { state in
            guard error.replaces(state.lastFailure) else { return false }
            state.lastFailure = error
            return true
        }
        if error.name == "_ALL_BROKERS_DOWN" || error.isRefusal || error.isFatal { sink.connectionChanged(isUp: false) }
        if isNews { log.write(error, level: .warning) }
        if error.isFatal { fail(error) }
    }

    func measured(_ text: String) {
        let statistics: ClientStatistics
        do {
            statistics = try ClientStatistics(parsing: text)
        } catch {
            log.logger.error("librdkafka's statistics can't be read", metadata: ["error": "\(error)"])
            return
        }
        let previous = state.withLock { state in
            defer { state.statistics = statistics }
            return state.statistics ?? ClientStatistics()
        }
        metrics?.report(statistics, after: previous)
        statistics.log(since: previous, to: log.logger)
    }
}
