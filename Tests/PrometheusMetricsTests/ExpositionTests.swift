import PrometheusMetrics
import Testing

struct ExpositionTests {
    @Test("the text format 0.0.4, byte for byte")
    func writesText() throws {
        let metrics = try SampleMetrics()
        metrics.touch()
        let expected = #"""
            # HELP tda_kafka_messages_produced_total Messages handed to Kafka, by what became of them.
            # TYPE tda_kafka_messages_produced_total counter
            tda_kafka_messages_produced_total{topic="tda_jobs",message_type="job.submitted",status="success"} 42
            tda_kafka_messages_produced_total{topic="tda_jobs",message_type="job.submitted",status="error"} 0
            tda_kafka_messages_produced_total{topic="tda_results",message_type="job.submitted",status="error"} 3
            tda_kafka_messages_produced_total{topic="tda_results",message_type="result.generated",status="success"} 0
            tda_kafka_messages_produced_total{topic="tda_results",message_type="result.generated",status="error"} 0
            # HELP tda_kafka_producer_latency_seconds From handing over to delivery.
            # TYPE tda_kafka_producer_latency_seconds histogram
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="0.005"} 1
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="0.1"} 2
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="1"} 3
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="+Inf"} 4
            tda_kafka_producer_latency_seconds_sum{topic="tda_jobs"} 2.5675
            tda_kafka_producer_latency_seconds_count{topic="tda_jobs"} 4
            # HELP tda_kafka_connection_status 1 when a broker answers, 0 when "none" does.\nA \\ in help.
            # TYPE tda_kafka_connection_status gauge
            tda_kafka_connection_status 1
            # HELP tda_busy_seconds_total Time spent encoding.
            # TYPE tda_busy_seconds_total counter
            tda_busy_seconds_total 1.5
            # HELP tda_computation_results_total Results by type.
            # TYPE tda_computation_results_total counter
            tda_computation_results_total{result_type="a \"quoted\" \\ and\nbroken name"} 2
            tda_computation_results_total{result_type="persistence_diagram"} 1
            tda_computation_results_total{result_type="other"} 7

            """#
        #expect(metrics.registry.exposition().text == expected)
    }

    @Test("OpenMetrics 1.0, byte for byte: families without _total, units, canonical le, an end")
    func writesOpenMetrics() throws {
        let metrics = try SampleMetrics()
        metrics.touch()
        let expected = #"""
            # TYPE tda_kafka_messages_produced counter
            # HELP tda_kafka_messages_produced Messages handed to Kafka, by what became of them.
            tda_kafka_messages_produced_total{topic="tda_jobs",message_type="job.submitted",status="success"} 42
            tda_kafka_messages_produced_total{topic="tda_jobs",message_type="job.submitted",status="error"} 0
            tda_kafka_messages_produced_total{topic="tda_results",message_type="job.submitted",status="error"} 3
            tda_kafka_messages_produced_total{topic="tda_results",message_type="result.generated",status="success"} 0
            tda_kafka_messages_produced_total{topic="tda_results",message_type="result.generated",status="error"} 0
            # TYPE tda_kafka_producer_latency_seconds histogram
            # UNIT tda_kafka_producer_latency_seconds seconds
            # HELP tda_kafka_producer_latency_seconds From handing over to delivery.
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="0.005"} 1
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="0.1"} 2
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="1.0"} 3
            tda_kafka_producer_latency_seconds_bucket{topic="tda_jobs",le="+Inf"} 4
            tda_kafka_producer_latency_seconds_sum{topic="tda_jobs"} 2.5675
            tda_kafka_producer_latency_seconds_count{topic="tda_jobs"} 4
            # TYPE tda_kafka_connection_status gauge
            # HELP tda_kafka_connection_status 1 when a broker answers, 0 when \"none\" does.\nA \\ in help.
            tda_kafka_connection_status 1
            # TYPE tda_busy_seconds counter
            # UNIT tda_busy_seconds seconds
            # HELP tda_busy_seconds Time spent encoding.
            tda_busy_seconds_total 1.5
            # TYPE tda_computation_results counter
            # HELP tda_computation_results Results by type.
            tda_computation_results_total{result_type="a \"quoted\" \\ and\nbroken name"} 2
            tda_computation_results_total{result_type="persistence_diagram"} 1
            tda_computation_results_total{result_type="other"} 7
            # EOF

            """#
        #expect(metrics.registry.exposition(as: .openMetrics).text == expected)
    }

    @Test("a registry without families has an empty exposition, or only the end marker")
    func writesNothing() {
        #expect(MetricRegistry().exposition().bytes.isEmpty)
        #expect(MetricRegistry().exposition(as: .openMetrics).text == "# EOF\n")
    }

    @Test("a family without series still has HELP and TYPE")
    func writesOnlyHeader() throws {
        let registry = MetricRegistry()
        try registry.register(
            GaugeFamily("unset", help: "Not yet.", initially: .none),
            CounterFamily("of_nothing_total", help: "A label without values.", labels: [Label("none", [])]))
        #expect(
            registry.exposition().text == """
                # HELP unset Not yet.
                # TYPE unset gauge
                # HELP of_nothing_total A label without values.
                # TYPE of_nothing_total counter

                """)
    }

    @Test("OpenMetrics has neither sum nor count beside a bound below zero; the older text has")
    func leavesOutSums() throws {
        let registry = MetricRegistry()
        let drift = HistogramFamily("drift", help: "Drift.", upperBounds: [1, -1])
        try registry.register(drift)
        drift.observe(-2)
        #expect(
            registry.exposition().text.hasSuffix(
                """
                drift_bucket{le="-1"} 1
                drift_bucket{le="1"} 1
                drift_bucket{le="+Inf"} 1
                drift_sum -2
                drift_count 1

                """))
        #expect(
            registry.exposition(as: .openMetrics).text.hasSuffix(
                """
                drift_bucket{le="-1.0"} 1
                drift_bucket{le="1.0"} 1
                drift_bucket{le="+Inf"} 1
                # EOF

                """))
    }

    @Test(
        "a large registry is written in chunks of bounded size that end with a line",
        arguments: ExpositionFormat.allCases)
    func writesChunks(format: ExpositionFormat) throws {
        let registry = MetricRegistry()
        let numbers = (0..<2000).map { "number-\($0)" }
        try registry.register(
            CounterFamily("first_total", help: "First.", labels: [Label("number", numbers)]),
            HistogramFamily("second", help: "Second.", labels: [Label("number", numbers)], upperBounds: [1, 2, 3]))
        let chunks = Array(registry.exposition(as: format))
        #expect(chunks.count > 5)
        for chunk in chunks {
            #expect(chunk.count < 40_000)
            #expect(chunk.last == UInt8(ascii: "\n"))
        }
        #expect(Array(chunks.joined()) == registry.exposition(as: format).bytes)
        let lines = chunks.joined().count { $0 == UInt8(ascii: "\n") }
        #expect(lines == 2 + 2000 + 2 + 2000 * 6 + (format == .openMetrics ? 1 : 0))
    }
}
