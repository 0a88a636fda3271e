import Logging

extension ClientStatistics {
    /// The details of a health report.
    var details: [String: String] {
        var details = [
            "queue_messages": "\(queuedMessages) of \(messageCapacity)",
            "queue_bytes": "\(queuedBytes) of \(byteCapacity)",
            "brokers_up": String(brokers.count { $0.id != nil && $0.isUp }),
        ]
        details["producer_state"] = producerState
        if let slowest = brokers.compactMap({ $0.roundTrip?.p99 }).max() {
            details["round_trip_p99"] = Self.text(slowest)
        }
        return details
    }

    /// Logs the state of the client, and a warning for each broker with which something went wrong since the statistics
    /// before.
    func log(since previous: ClientStatistics, to logger: Logger) {
        logger.debug(
            "statistics of the Kafka client", metadata: details.mapValues { Logger.MetadataValue.string($0) })
        for (id, broker) in changes(since: previous).sorted(by: { ($0.id ?? -1) < ($1.id ?? -1) })
        where broker.isTroubled {
            logger.warning(
                "trouble with a Kafka broker",
                metadata: [
                    "broker": "\(id.map(String.init) ?? "bootstrap")", "transmit_errors": "\(broker.transmitErrors)",
                    "receive_errors": "\(broker.receiveErrors)", "request_timeouts": "\(broker.requestTimeouts)",
                    "throttled": "\(Self.text(broker.throttle))",
                ])
        }
    }

    private static func text(_ duration: Duration) -> String {
        let microseconds = duration / .microseconds(1)
        return "\(microseconds / 1000) ms"
    }
}

extension ClientStatistics.Broker {
    fileprivate var isTroubled: Bool {
        transmitErrors > 0 || receiveErrors > 0 || requestTimeouts > 0 || throttle > .zero
    }
}
