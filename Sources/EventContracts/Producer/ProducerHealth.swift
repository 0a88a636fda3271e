import Synchronization

/// How a producer fares.
public struct ProducerHealth: Hashable, Sendable {
    public var status: TransportHealth.Status
    public var transport: TransportHealth
    public var statistics: ProducerStatistics
    public var timestamp: Timestamp

    /// The health as a health endpoint shows it.
    public var json: JSONObject {
        [
            "status": .string(status.rawValue),
            "timestamp": .string(timestamp.description),
            "transport": [
                "status": .string(transport.status.rawValue),
                "details": .object(
                    JSONObject(transport.details.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            ],
            "producer": .object(statistics.json),
        ]
    }
}

extension ProducerStatistics {
    /// The statistics under the names that the reference's service gives them.
    public var json: JSONObject {
        let seconds =
            Double(sendDurationTotal.components.seconds) + Double(sendDurationTotal.components.attoseconds) / 1e18
        return [
            "messages_sent": .number(JSONNumber(messagesSent)),
            "messages_failed": .number(JSONNumber(messagesFailed)),
            "bytes_sent": .number(JSONNumber(bytesSent)),
            "send_duration_total": .number(JSONNumber(floatLiteral: seconds)),
            "last_send_time": lastSendTime.map { .string($0.description) } ?? .null,
            "errors_by_type": .object(
                JSONObject(errorsByType.sorted { $0.key < $1.key }.map { ($0.key, .number(JSONNumber($0.value))) })),
            "retries": .number(JSONNumber(retries)),
            "in_flight": .number(JSONNumber(inFlight)),
            "background_queued": .number(JSONNumber(backgroundQueued)),
        ]
    }
}

extension Producer {
    /// How the producer and its transport fare now.
    public func health() async -> ProducerHealth {
        let transport = await transport.health()
        let isRunning = state.withLock { $0.acceptsMessages }
        return ProducerHealth(
            status: isRunning ? transport.status : .unhealthy, transport: transport, statistics: statistics,
            timestamp: context.now())
    }
}
