import EventContracts
import EventContractsTesting
import Logging
import PrometheusMetrics
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka statistics")
struct KafkaStatisticsTests {
    private static let text = """
        {"name": "rdkafka#producer-1", "msg_cnt": 7, "msg_size": 900, "msg_max": 1000, "msg_size_max": 2000,
         "eos": {"idemp_state": "Assigned", "epoch_cnt": 1},
         "brokers": {
           "a:9092/bootstrap": {"nodeid": -1, "source": "configured", "state": "DOWN", "connects": 2, "txerrs": 1},
           "b:9092/bootstrap": {"nodeid": -1, "source": "configured", "state": "INIT", "connects": 3, "txerrs": 4},
           "a:9092/1": {"nodeid": 1, "source": "learned", "state": "UP", "outbuf_cnt": 2, "waitresp_cnt": 3, "txerrs": 5,
             "rxerrs": 6, "req_timeouts": 7, "txretries": 8, "connects": 9, "disconnects": 10,
             "rtt": {"cnt": 4, "p50": 500, "p95": 1500, "p99": 2500}, "throttle": {"max": 40}},
           "a:9092/2": {"nodeid": 2, "source": "learned", "state": "UP", "rtt": {"cnt": 0, "p99": 1}},
           "GroupCoordinator": {"nodeid": -1, "source": "logical", "state": "INIT", "txerrs": 99}
         }}
        """

    private func lines(_ metrics: KafkaMetrics, _ part: String) throws -> [Substring] {
        let registry = MetricRegistry()
        try registry.register(contentsOf: metrics.families)
        return registry.exposition().text.split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains(part) }
    }

    @Test("the library's JSON becomes series: gauges of brokers, counts with those of the bootstrap addresses in one")
    func series() throws {
        let statistics = try ClientStatistics(parsing: Self.text)
        let metrics = KafkaMetrics()
        metrics.report(statistics, after: ClientStatistics())
        #expect(
            try lines(metrics, "kafka_client") == [
                "kafka_client_queue_messages 7", "kafka_client_queue_bytes 900",
                "kafka_client_queue_capacity_messages 1000", "kafka_client_queue_capacity_bytes 2000",
            ])
        #expect(
            try lines(metrics, "kafka_broker") == [
                #"kafka_broker_up{broker="1"} 1"#, #"kafka_broker_up{broker="2"} 1"#,
                #"kafka_broker_requests_in_flight{broker="1"} 5"#, #"kafka_broker_requests_in_flight{broker="2"} 0"#,
                #"kafka_broker_round_trip_seconds{broker="1",quantile="0.5"} 0.0005"#,
                #"kafka_broker_round_trip_seconds{broker="1",quantile="0.95"} 0.0015"#,
                #"kafka_broker_round_trip_seconds{broker="1",quantile="0.99"} 0.0025"#,
                #"kafka_broker_throttle_seconds{broker="1"} 0.04"#, #"kafka_broker_throttle_seconds{broker="2"} 0"#,
                #"kafka_broker_errors_total{broker="1",kind="transmit"} 5"#,
                #"kafka_broker_errors_total{broker="1",kind="receive"} 6"#,
                #"kafka_broker_errors_total{broker="1",kind="timeout"} 7"#,
                #"kafka_broker_errors_total{broker="bootstrap",kind="transmit"} 5"#,
                #"kafka_broker_retries_total{broker="1"} 8"#,
                #"kafka_broker_connects_total{broker="1"} 9"#, #"kafka_broker_connects_total{broker="bootstrap"} 5"#,
                #"kafka_broker_disconnects_total{broker="1"} 10"#,
            ])
        #expect(statistics.details["producer_state"] == "Assigned")
        #expect(statistics.details["queue_messages"] == "7 of 1000")
        #expect(statistics.details["round_trip_p99"] == "2.5 ms")
        #expect(statistics.details["brokers_up"] == "2")
    }

    @Test("counters grow by what is new, and by everything that a new client counts")
    func growth() throws {
        let metrics = KafkaMetrics(prefix: "shop_kafka_")
        let first = try ClientStatistics(parsing: Self.text)
        var second = first
        second.brokers[2].retries = 11
        metrics.report(first, after: ClientStatistics())
        metrics.report(second, after: first)
        #expect(try lines(metrics, "retries") == [#"shop_kafka_broker_retries_total{broker="1"} 11"#])
        metrics.report(first, after: ClientStatistics())
        #expect(try lines(metrics, "retries") == [#"shop_kafka_broker_retries_total{broker="1"} 19"#])
    }

    @Test("more brokers than have series of their own are counted as others")
    func bound() throws {
        let metrics = KafkaMetrics(maximumBrokers: 1)
        var statistics = ClientStatistics()
        statistics.brokers = (1...3).map { id in
            ClientStatistics.Broker(id: id, isUp: true, connects: 1)
        }
        metrics.report(statistics, after: ClientStatistics())
        #expect(try lines(metrics, "_up").count == 1)
        #expect(try lines(metrics, #"connects_total{broker="other"}"#).map { $0.suffix(2) } == [" 2"])
    }

    @Test("a broker that the library forgets is down")
    func forgotten() throws {
        let metrics = KafkaMetrics()
        let statistics = try ClientStatistics(parsing: Self.text)
        metrics.report(statistics, after: ClientStatistics())
        var later = statistics
        later.brokers.removeAll { $0.id == 1 }
        metrics.report(later, after: statistics)
        #expect(
            try lines(metrics, "_up") == [#"kafka_broker_up{broker="1"} 0"#, #"kafka_broker_up{broker="2"} 1"#])
        #expect(try lines(metrics, "in_flight").first == #"kafka_broker_requests_in_flight{broker="1"} 0"#)
    }

    @Test("trouble with a broker is logged once for each interval in which there is some")
    func log() throws {
        let recorder = LogRecorder()
        let first = try ClientStatistics(parsing: Self.text)
        first.log(since: ClientStatistics(), to: recorder.logger)
        first.log(since: first, to: recorder.logger)
        let warnings = recorder.lines.filter { $0.level == .warning }
        // Throttling is what the last interval measured, not a count.
        #expect(warnings.map { $0.metadata["broker"] } == ["bootstrap", "1", "1"])
        #expect(warnings.first?.metadata["transmit_errors"] == "5")
        #expect(recorder.lines.filter { $0.level == .debug }.count == 2)
    }

    @Test("invalid statistics are an error, and every field is optional")
    func strangeInput() throws {
        #expect(throws: (any Error).self) { try ClientStatistics(parsing: "{") }
        for text in ["{}", "[]", "1", #"{"brokers": 7, "msg_cnt": "x", "eos": null}"#, #"{"brokers": {"a": 1}}"#] {
            #expect(try ClientStatistics(parsing: text) == ClientStatistics())
        }
    }

    @Test(
        "a transport measures its connection: its start, and the loss of the broker in counts and health")
    func measured() async throws {
        let broker = try Broker()
        let watcher = MetricWatcher()
        var options = KafkaClientOptions()
        options.properties["statistics.interval.ms"] = "20"
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(broker.address), options: options, metrics: KafkaMetrics(mirror: watcher))
        try await transport.start(TransportSession(sink: RecordingSink()))
        await watcher.wait(
            for: { $0.name == "kafka_broker_up" && $0.change == .set(1) },
            { $0.name == "kafka_broker_round_trip_seconds" })
        let health = await transport.health()
        #expect(health.details["brokers_up"] == "1")
        #expect(health.details["producer_state"] == "Assigned")

        broker.kill()
        await watcher.wait(for: { $0.name == "kafka_broker_up" && $0.change == .set(0) })
        #expect(await transport.health().details["brokers_up"] == "0")
        await transport.shutdown()
    }
}
