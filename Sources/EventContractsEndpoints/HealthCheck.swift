public import EventContracts

/// A check of a part of a service: a producer, a database, a cache.
///
/// ```swift
/// let database = HealthCheck("database") {
///     await pool.ping() ? HealthReport(.healthy) : HealthReport(.unhealthy)
/// }
/// ```
public struct HealthCheck: Sendable {
    /// The name of the part, unique within a service.
    public var name: String
    /// Finds the health of the part now.
    public var run: @Sendable () async -> HealthReport

    /// Creates a check of the part of a service with this name.
    public init(_ name: String, run: @escaping @Sendable () async -> HealthReport) {
        self.name = name
        self.run = run
    }

    /// Checks a producer and its transport.
    public static func producer(_ producer: Producer, name: String = "producer") -> HealthCheck {
        HealthCheck(name) { HealthReport(await producer.health()) }
    }
}

/// The health of a part of a service.
public struct HealthReport: Hashable, Sendable {
    public var status: TransportHealth.Status
    /// Further facts, without secrets.
    public var details: JSONObject

    /// Creates a report of a state and further facts.
    public init(_ status: TransportHealth.Status, details: JSONObject = [:]) {
        self.status = status
        self.details = details
    }

    /// Creates a report of the health of a transport, or of another part with details of the same kind.
    public init(_ health: TransportHealth) {
        self.init(
            health.status,
            details: JSONObject(health.details.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    init(_ health: ProducerHealth) {
        var transport: JSONObject = ["status": .string(health.transport.status.rawValue)]
        for (name, value) in health.transport.details.sorted(by: { $0.key < $1.key }) {
            transport[name] = .string(value)
        }
        self.init(
            health.status,
            details: [
                "state": .string(health.state.rawValue),
                "messages_sent": .number(JSONNumber(health.statistics.messagesSent)),
                "messages_failed": .number(JSONNumber(health.statistics.messagesFailed)),
                "background_queued": .number(JSONNumber(health.statistics.backgroundQueued)),
                "transport": .object(transport),
            ])
    }
}
