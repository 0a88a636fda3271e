import PrometheusMetrics

/// Metrics of every kind, laid out as generated code does.
struct SampleMetrics {
    let produced = CounterFamily(
        "tda_kafka_messages_produced_total", help: "Messages handed to Kafka, by what became of them.",
        labels: [
            Label("topic", ["tda_jobs", "tda_results"]), Label("message_type", ["job.submitted", "result.generated"]),
            Label("status", ["success", "error"]),
        ],
        initially: .only([0, 1, 6, 7]))
    let latency = HistogramFamily(
        "tda_kafka_producer_latency_seconds", help: "From handing over to delivery.", unit: "seconds",
        labels: [Label("topic", ["tda_jobs", "tda_results"])], upperBounds: [0.005, 0.1, 1], initially: .only([0]))
    let connection = GaugeFamily(
        "tda_kafka_connection_status", help: "1 when a broker answers, 0 when \"none\" does.\nA \\ in help.")
    let busy = SecondsCounterFamily("tda_busy_seconds_total", help: "Time spent encoding.", unit: "seconds")
    let resultTypes = BoundedLabel(atMost: 2)
    let results: CounterFamily
    let registry = MetricRegistry()

    init() throws {
        results = CounterFamily(
            "tda_computation_results_total", help: "Results by type.", labels: [Label("result_type", resultTypes)])
        try registry.register(produced, latency, connection, busy, results)
    }

    /// Gives every family a value.
    func touch() {
        produced.increment(at: (0 * 2 + 0) * 2 + 0, by: 41)
        produced.increment(at: (0 * 2 + 0) * 2 + 0)
        produced.increment(at: (1 * 2 + 0) * 2 + 1, by: 3)
        for value in [0.005, 0.0625, 0.5, 2] { latency.observe(value) }
        connection.set(1)
        busy.add(.milliseconds(1500))
        results.increment(at: resultTypes.index(of: "persistence_diagram"))
        results.increment(at: resultTypes.index(of: "a \"quoted\" \\ and\nbroken name"), by: 2)
        results.increment(at: resultTypes.index(of: "one too many"), by: 7)
    }
}
