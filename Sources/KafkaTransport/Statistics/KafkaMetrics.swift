public import PrometheusMetrics

/// Metrics of a Kafka client: the queue of librdkafka and its connections to brokers.
///
/// ```swift
/// let kafka = KafkaMetrics()
/// let shop = try await Shop.service(context: context, families: kafka.families) { configuration in
///     try KafkaTransport(configuration, metrics: kafka)
/// }
/// ```
///
/// | family | type | labels |
/// | --- | --- | --- |
/// | `kafka_client_queue_messages`, `kafka_client_queue_bytes` | gauge | |
/// | `kafka_client_queue_capacity_messages`, `kafka_client_queue_capacity_bytes` | gauge | |
/// | `kafka_broker_up` | gauge | `broker` |
/// | `kafka_broker_requests_in_flight` | gauge | `broker` |
/// | `kafka_broker_round_trip_seconds` | gauge | `broker`, `quantile`: `0.5`, `0.95`, `0.99` |
/// | `kafka_broker_throttle_seconds` | gauge | `broker` |
/// | `kafka_broker_errors_total` | counter | `broker`, `kind`: `transmit`, `receive`, `timeout` |
/// | `kafka_broker_retries_total`, `kafka_broker_connects_total`, `kafka_broker_disconnects_total` | counter | `broker` |
///
/// They change at the interval of librdkafka's property `statistics.interval.ms`, 5 s by default. The label `broker` is a
/// broker's id, or `bootstrap` for addresses of `KAFKA_BOOTSTRAP_SERVERS`. The first brokers have series of their own; the
/// counters count the others as `other`.
public final class KafkaMetrics: Sendable {
    private static let quantiles = ["0.5", "0.95", "0.99"]
    private static let errorKinds = ["transmit", "receive", "timeout"]

    /// All families, for a registry or the endpoints of a service.
    public let families: [any MetricFamily]

    private let queueMessages: GaugeFamily
    private let queueBytes: GaugeFamily
    private let capacityMessages: GaugeFamily
    private let capacityBytes: GaugeFamily
    private let brokers: BoundedLabel
    private let up: GaugeFamily
    private let inFlight: GaugeFamily
    private let roundTrip: GaugeFamily
    private let throttle: GaugeFamily
    private let errors: CounterFamily
    private let retries: CounterFamily
    private let connects: CounterFamily
    private let disconnects: CounterFamily

    /// Creates the metrics of one client.
    ///
    /// - Parameters:
    ///   - prefix: The beginning of the families' names. A second client in a process needs another one.
    ///   - maximumBrokers: The number of brokers with series of their own, at most 10,000.
    ///   - mirror: Another metrics system that is informed of each change.
    public init(prefix: String = "kafka_", maximumBrokers: Int = 100, mirror: (any MetricMirror)? = nil) {
        let brokers = BoundedLabel(atMost: min(maximumBrokers, 10_000))
        self.brokers = brokers
        let broker = Label("broker", brokers)

        func gauge(_ name: String, _ help: String, unit: String? = nil, _ labels: [Label] = []) -> GaugeFamily {
            GaugeFamily(
                prefix + name, help: help, unit: unit, labels: labels, initially: labels.isEmpty ? .all : .none,
                mirror: mirror)
        }
        func counter(_ name: String, _ help: String, _ labels: [Label]) -> CounterFamily {
            CounterFamily(prefix + name, help: help, labels: labels, initially: .none, mirror: mirror)
        }

        queueMessages = gauge("client_queue_messages", "Records without an outcome.")
        queueBytes = gauge("client_queue_bytes", "Bytes of records without an outcome.", unit: "bytes")
        capacityMessages = gauge("client_queue_capacity_messages", "The most records without an outcome.")
        capacityBytes = gauge(
            "client_queue_capacity_bytes", "The most bytes of records without an outcome.", unit: "bytes")
        up = gauge("broker_up", "Whether the client is connected to the broker (1) or not (0).", [broker])
        inFlight = gauge("broker_requests_in_flight", "Requests that wait to be sent, or for their answer.", [broker])
        roundTrip = gauge(
            "broker_round_trip_seconds", "The time between a request and its answer.", unit: "seconds",
            [broker, Label("quantile", Self.quantiles)])
        throttle = gauge(
            "broker_throttle_seconds", "The longest time for which the broker has throttled the client.",
            unit: "seconds", [broker])
        errors = counter(
            "broker_errors_total", "Requests that could not be sent, answers that could not be read, and timeouts.",
            [broker, Label("kind", Self.errorKinds)])
        retries = counter("broker_retries_total", "Requests that were sent again.", [broker])
        connects = counter("broker_connects_total", "Attempts to connect, failed ones too.", [broker])
        disconnects = counter("broker_disconnects_total", "Connections that ended.", [broker])
        families = [
            queueMessages, queueBytes, capacityMessages, capacityBytes, up, inFlight, roundTrip, throttle, errors,
            retries, connects, disconnects,
        ]
    }

    /// Sets the gauges, and adds to the counters what has happened since the statistics before.
    func report(_ statistics: ClientStatistics, after previous: ClientStatistics) {
        queueMessages.set(Double(statistics.queuedMessages))
        queueBytes.set(Double(statistics.queuedBytes))
        capacityMessages.set(Double(statistics.messageCapacity))
        capacityBytes.set(Double(statistics.byteCapacity))
        for (id, broker) in statistics.changes(since: previous) {
            let series = brokers.index(of: id.map(String.init) ?? "bootstrap")
            count(broker, at: series)
            // A bootstrap address is not a broker, and one value for several others would be meaningless.
            if id != nil, series < brokers.bound { measure(broker, at: series) }
        }
        // The library forgets brokers, since 2.10 also those that it can't reach.
        let ids = Set(statistics.brokers.compactMap(\.id))
        for id in previous.brokers.compactMap(\.id) where !ids.contains(id) {
            let series = brokers.index(of: String(id))
            if series < brokers.bound { measure(ClientStatistics.Broker(), at: series) }
        }
    }

    private func count(_ broker: ClientStatistics.Broker, at series: Int) {
        for (kind, count) in [broker.transmitErrors, broker.receiveErrors, broker.requestTimeouts].enumerated() {
            errors.increment(at: series * Self.errorKinds.count + kind, by: UInt64(count))
        }
        retries.increment(at: series, by: UInt64(broker.retries))
        connects.increment(at: series, by: UInt64(broker.connects))
        disconnects.increment(at: series, by: UInt64(broker.disconnects))
    }

    private func measure(_ broker: ClientStatistics.Broker, at series: Int) {
        up.set(broker.isUp ? 1 : 0, at: series)
        inFlight.set(Double(broker.requestsInFlight), at: series)
        throttle.set(broker.throttle / .seconds(1), at: series)
        guard let times = broker.roundTrip else { return }
        for (quantile, time) in [times.median, times.p95, times.p99].enumerated() {
            roundTrip.set(time / .seconds(1), at: series * Self.quantiles.count + quantile)
        }
    }
}
