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
                failed(RefusedMessage(entry.message), error, duration: entry.duration)
            case .late(let outcome):
                reportedLate(entry.message, outcome)
            }
        }
    }

    private func recordDelivered(_ messages: [OutgoingMessage], _ durations: [Duration], at time: Timestamp) {
        var start = 0
        while start < messages.count {
            // Messages of a batch are often of one event, and are counted together.
            let (labels, metrics) = (messages[start].labels, messages[start].metrics)
            var (end, bytes) = (start, 0)
            while end < messages.count, messages[end].labels == labels, messages[end].metrics == metrics {
                bytes += messages[end].valueSize
                end += 1
            }
            if let metrics {
                let run = DeliveredMessages(durations: durations[start..<end], bytes: bytes)
                self.metrics[metrics].delivered(labels, run, at: time)
                for message in messages[start..<end] { message.observation?() }
            }
            start = end
        }
    }

    /// Reports a message that is not delivered, or whose outcome is unknown.
    func failed(_ message: RefusedMessage, _ error: ProducerError, duration: Duration?) {
        if let (position, labels) = message.labels {
            if case .invalid(let failures) = error { metrics[position].broke(labels, failures) }
            metrics[position].failed(labels, reason: error.reason, duration: duration)
        }
        log.report(
            error.isOutcomeUnknown ? .unknown : .notDelivered, of: message, reason: error.reason.rawValue, error)
    }

    private func reportedLate(_ message: OutgoingMessage, _ outcome: DeliveryOutcome) {
        let message = RefusedMessage(message)
        switch outcome {
        case .delivered: log.report(.deliveredLate, of: message, reason: "delivered_late", nil)
        case .failed(let error): log.report(.failedLate, of: message, reason: error.kind.rawValue, error)
        case .unknown(let error): log.report(.unknownLate, of: message, reason: error.kind.rawValue, error)
        }
    }

    func retried(_ messages: [OutgoingMessage], after error: TransportError) {
        for message in messages {
            guard let position = message.metrics else { continue }
            metrics[position].retried(message.labels)
        }
        log.logger.debug("retrying", metadata: ["messages": "\(messages.count)", "error": "\(error)"])
    }

    /// Logs that a transport reported a record more than once, or one that it does not have.
    func reportedTwice(_ count: Int) {
        log.logger.error("the transport reported records that it does not have", metadata: ["records": "\(count)"])
    }
}

/// A message that is not delivered, as metrics and logs name it, whether or not there is a record of it.
struct RefusedMessage: Sendable {
    let name: String
    let event: String
    /// The topic's name on the broker.
    let topic: String
    /// The position of the metrics that count the message, and its labels in them.
    let labels: (metrics: Int, labels: MessageLabels)?

    init(name: String, event: String, topic: String, labels: (metrics: Int, labels: MessageLabels)?) {
        self.name = name
        self.event = event
        self.topic = topic
        self.labels = labels
    }

    init(_ message: OutgoingMessage) {
        self.init(
            name: message.route.message, event: message.event, topic: message.topic,
            labels: message.metrics.map { ($0, message.labels) })
    }
}
