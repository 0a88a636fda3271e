import Logging

/// A recorder of outcomes in metrics and log: the one place for both, so that no message is lost without them.
struct DeliveryRecorder: Sendable {
    let metrics: [any ProducerMetrics]
    let log: FailureLog

    /// - Parameter time: When the outcomes came; needed where messages were delivered.
    func record(_ settlement: borrowing Settlement, at time: Timestamp?) {
        if let time, !metrics.isEmpty { recordDelivered(settlement.delivered, settlement.durations, at: time) }
        for entry in settlement.entries {
            switch entry.result {
            case .failed(let error):
                failed(entry.message.event, error, duration: entry.duration)
            case .late(let outcome):
                reportedLate(entry.message.event, outcome)
            }
        }
    }

    private func recordDelivered(_ messages: [OutgoingMessage], _ durations: [Duration], at time: Timestamp) {
        var start = 0
        while start < messages.count {
            // Messages of a batch are often of one event, and are counted together.
            let event = messages[start].event
            var (end, bytes) = (start, 0)
            while end < messages.count, messages[end].isOf(event) {
                bytes += messages[end].valueSize
                end += 1
            }
            if let (position, labels) = event.labels {
                let run = DeliveredMessages(durations: durations[start..<end], bytes: bytes)
                metrics[position].delivered(labels, run, at: time)
                for message in messages[start..<end] { message.observation?() }
            }
            start = end
        }
    }

    /// Reports a message that is not delivered, or whose outcome is unknown.
    func failed(_ event: EventRoute, _ error: ProducerError, duration: Duration?) {
        if let (position, labels) = event.labels {
            if case .invalid(let failures) = error { metrics[position].broke(labels, failures) }
            metrics[position].failed(labels, reason: error.reason, duration: duration)
        }
        log.report(
            error.isOutcomeUnknown ? .unknown : .notDelivered, of: event, reason: error.reason.rawValue, error)
    }

    private func reportedLate(_ event: EventRoute, _ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered: log.report(.deliveredLate, of: event, reason: "delivered_late", nil)
        case .failed(let error): log.report(.failedLate, of: event, reason: error.kind.rawValue, error)
        case .unknown(let error): log.report(.unknownLate, of: event, reason: error.kind.rawValue, error)
        }
    }

    func retried(_ messages: [OutgoingMessage], after error: TransportError) {
        for message in messages {
            guard let (position, labels) = message.event.labels else { continue }
            metrics[position].retried(labels)
        }
        log.logger.debug("retrying", metadata: ["messages": "\(messages.count)", "error": "\(error)"])
    }

    /// Logs that a transport reported a record more than once, or one that it does not have.
    func reportedTwice(_ count: Int) {
        log.logger.error("the transport reported records that it does not have", metadata: ["records": "\(count)"])
    }
}
