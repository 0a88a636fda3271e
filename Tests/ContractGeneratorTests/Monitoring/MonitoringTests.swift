import ContractGenerator
import ContractModel
import EventContracts
import Foundation
import MonitoringCompiler
import MonitoringGenerator
import SchemaCompiler
import TDAContracts
import TestSupport
import Testing

/// Alert rules and metrics before Prometheus's own tool.
@Suite("Monitoring checked by promtool")
struct MonitoringTests {
    /// Families of every type.
    static let families = """
        contract: Shop
        version: 1.0.0
        service: shop
        topics:
          orders: {partitions: 1, replication: 1, expect_within: 30m}
          refunds: {partitions: 1, replication: 1, allow: idle-topic}
        messages:
          OrderMessage:
            schema: order.schema.json
            topic: orders
            discriminator: /type
            events: {placed: , shipped: }
        metrics:
          families:
            shop_messages_total: {type: counter, help: Messages, labels: [topic, event, status], from: producer.messages}
            shop_orders_total: {type: counter, help: "Orders, all\\tof 'them'", labels: {kind: {max: 5}}}
            shop_latency_seconds:
              {type: histogram, help: Time, unit: seconds, labels: [topic], buckets: [0.5, 1, 2], from: producer.latency}
            shop_up: {type: gauge, help: Connection, labels: [component], from: producer.connection}
            shop_depth: {type: gauge, help: Waiting, from: producer.queue_depth}
            shop_capacity: {type: gauge, help: May wait, from: producer.queue_capacity}

        """

    /// Every intent, on families of every type, with values at the edges of what they take.
    static let manifest =
        families + """
            alerts:
              producer_alerts: true
              rules:
                Slow:
                  quantile_above: {of: shop_latency_seconds, quantile: 0.5, value: 1}
                  severity: warning
                  summary: "it's: \\"slow\\""
                SlowByTopic:
                  quantile_above: {of: shop_latency_seconds, where: {topic: refunds}, by: [topic], window: 90s, quantile: 0.99, value: 0.2}
                  allow: [coarse-buckets]
                  for: 1h
                  severity: warning
                  summary: "{{ $labels.topic }}"
                Failing:
                  error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0}
                  severity: critical
                  summary: any
                MostlyFailing:
                  error_ratio_above: {of: shop_messages_total, where: {status: error}, within: {topic: orders}, by: [event], value: 0.99}
                  for: 30s
                  severity: critical
                  summary: most
                Busy:
                  rate_above: {of: shop_orders_total, where: {kind: big}, value: 1000000}
                  for: 3h
                  severity: info
                  summary: busy
                Any:
                  rate_above: {of: shop_orders_total, value: 0}
                  severity: info
                  summary: any
                Deep:
                  above: {of: shop_depth, value: 0.5}
                  for: 15s
                  severity: warning
                  summary: deep
                Down:
                  equals: {of: shop_up, where: {component: producer}, value: 0}
                  severity: critical
                  labels: {team: "o'brien"}
                  summary: down
                  runbook: "https://example.org/a?b=c#d"
                Quiet:
                  silent: {of: shop_orders_total, window: 2h}
                  severity: warning
                  summary: quiet
                Gone:
                  absent: {of: shop_latency_seconds, where: {topic: orders}}
                  for: 5m
                  severity: warning
                  summary: gone
                Delivery:
                  objective: {of: shop_messages_total, where: {status: error}, within: {event: placed}, by: [topic], percent: 99.95}
                  severity: critical
                  summary: "{{ $labels.topic }}"
                Speed:
                  objective: {of: shop_latency_seconds, good_up_to: 1, where: {topic: orders}, percent: 95}
                  severity: critical
                  summary: slow
                FewFailing:
                  error_ratio_above: {of: shop_messages_total, where: {status: error}, within: {topic: orders}, by: [event], min_events: 20, value: 0.05}
                  for: 2m
                  keep_firing_for: 7m
                  severity: page
                  summary: failing
                FewSlow:
                  quantile_above: {of: shop_latency_seconds, where: {topic: orders}, quantile: 0.9, window: 10m, min_events: 15, value: 1}
                  keep_firing_for: 90s
                  severity: ticket
                  summary: slow
                BusyForLong:
                  rate_above: {of: shop_orders_total, where: {kind: big}, value: 5}
                  keep_firing_for: 10m
                  severity: info
                  summary: busy
                DeepForLong:
                  above: {of: shop_depth, value: 100}
                  for: 2m
                  keep_firing_for: 5m
                  severity: warning
                  summary: deep
                QuietForLong:
                  silent: {of: shop_orders_total, where: {kind: big}, window: 30m}
                  keep_firing_for: 15m
                  severity: warning
                  summary: quiet
                GoneForLong:
                  absent: {of: shop_depth}
                  keep_firing_for: 1m
                  severity: warning
                  summary: gone
                Half:
                  objective: {of: shop_messages_total, where: {status: error}, percent: 50}
                  severity: critical
                  summary: half
                FewDelivered:
                  objective: {of: shop_messages_total, where: {status: error}, by: [topic], min_events: 30, percent: 90}
                  keep_firing_for: 20m
                  severity: critical
                  summary: few
                FewFast:
                  objective: {of: shop_latency_seconds, good_up_to: 0.5, where: {topic: orders}, min_events: 1000, percent: 99}
                  severity: critical
                  summary: few
            """

    static let schema = """
        {"type": "object", "properties": {"type": {"type": "string", "enum": ["placed", "shipped"]}}, "required": ["type"]}
        """

    static func generate(
        _ path: String, format: RuleFileFormat = .prometheus
    ) throws -> [String: String] {
        let contract = try Contracts.compile(path)
        var diagnostics = Diagnostics()
        let monitoring = CompiledMonitoring(contract, diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty, "\(DiagnosticRenderer(format: .text).render(diagnostics.sorted))")
        let files = MonitoringGenerator(contract.contract, monitoring).generate(format: format)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
    }

    /// The alerts of the manifest.
    static func shopAlerts() throws -> [CompiledAlert] {
        try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": schema]) { path in
            var diagnostics = Diagnostics()
            return CompiledMonitoring(try Contracts.compile(path), diagnostics: &diagnostics).alerts?.alerts ?? []
        }
    }

    /// Lets promtool run all of the tests.
    static func test(_ files: [String: String]) throws -> (status: Int32, output: String) {
        try Contracts.inFolder(files) { folder in
            let outcomes = try files.keys.filter { $0.hasSuffix(".test.yaml") }.sorted().map {
                try OutsideProgram.promtool().run("test", "rules", $0, in: folder)
            }
            return (outcomes.map(\.status).max() ?? 1, outcomes.map(\.output).joined(separator: "\n"))
        }
    }

    /// Runs the tests of other alerts of the manifest.
    private static func testShop(rules: [String]) throws -> (status: Int32, output: String) {
        let head = try #require(manifest.firstRange(of: "  rules:")).upperBound
        let changed = manifest[..<head] + rules.map { "\n    " + $0 }.joined() + "\n"
        return try test(
            Contracts.inFolder(["topics.yaml": String(changed), "order.schema.json": schema]) { try generate($0) })
    }

    static func shop(format: RuleFileFormat = .prometheus) throws -> [String: String] {
        try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": schema]) {
            try generate($0, format: format)
        }
    }

    @Test("the platform's rules load, and promtool passes their generated tests")
    func tda() throws {
        let files = try Self.generate(Contracts.root.appending(path: "schemas").path)
        try Contracts.inFolder(files) { folder in
            let check = try OutsideProgram.promtool().run("check", "rules", "alerts.tda.yaml", in: folder)
            #expect(check.status == 0 && check.output.contains("SUCCESS: 17 rules found"), "\(check.output)")
        }
        let test = try Self.test(files)
        #expect(test.status == 0, "\(test.output)")
    }

    @Test(
        "a topic with few messages alerts when most fail, and not for one of three",
        arguments: [
            // A failure each 10 minutes, and nothing else.
            ("0+1x200", "0x200", "TDAProducerFailing"),
            // One of three, all within an hour.
            ("0x60 1x140", "0x50 1x10 2x140", nil),
            // Two of five.
            ("0x60 1x5 2x140", "0x40 1x10 2x10 3x140", nil),
        ])
    func fewMessages(errors: String, successes: String, fires: String?) throws {
        var files = try Self.generate(Contracts.root.appending(path: "schemas").path)
        let minutes = fires == nil ? 1 : 10
        let labels = #"topic="tda_jobs", message_type="job.completed""#
        let looks = ["ProducerFailing", "ProducerErrorRatio"].flatMap { alert in
            [40, 75, 90, 115].map { minute in
                let name = "TDA" + alert
                let isFiring = name == fires && minute >= 75
                return """
                          - expr: 'count(ALERTS{alertname="\(name)",alertstate="firing"}) or vector(0)'
                            eval_time: \(minute)m
                            exp_samples: [{value: \(isFiring ? 1 : 0)}]
                    """
            }
        }
        files = files.filter { $0.key == "alerts.tda.yaml" }
        files["few.test.yaml"] = """
            rule_files: [alerts.tda.yaml]
            evaluation_interval: 1m
            tests:
              - interval: \(minutes)m
                input_series:
                  - {series: 'tda_kafka_messages_produced_total{\(labels), status="error"}', values: '\(errors)'}
                  - {series: 'tda_kafka_messages_produced_total{\(labels), status="success"}', values: '\(successes)'}
                promql_expr_test:
            \(looks.joined(separator: "\n"))
            """
        let test = try Self.test(files)
        #expect(test.status == 0, "\(test.output)")
    }

    @Test("every intent's rules load and pass their tests, and each rule has one of either kind")
    func intents() throws {
        let files = try Self.shop()
        let test = try Self.test(files)
        #expect(test.status == 0, "\(test.output)")
        let rules = try #require(files["alerts.shop.yaml"])
        let names = rules.matches(of: /- alert: (\w+)/).map { String($0.output.1) }
        #expect(names.count == 32)
        for alert in try Self.shopAlerts() {
            let expectations = alert.tests.flatMap(\.expectations)
            #expect(expectations.contains(where: \.fires) && expectations.contains { !$0.fires }, "\(alert.name)")
        }
    }

    @Test("the tests of silence pass however long alerts keep firing", arguments: ["30s", "4m", "10m", "2h"])
    func keptSilence(_ duration: String) throws {
        let kept = "keep_firing_for: \(duration), severity: info, summary: quiet}"
        let test = try Self.testShop(rules: [
            "Any: {silent: {of: shop_orders_total, window: 5m, by: [kind]}, \(kept)",
            "One: {silent: {of: shop_orders_total, where: {kind: big}, window: 5m}, for: 5m, \(kept)",
            "Long: {silent: {of: shop_orders_total, where: {kind: big}, window: 1h}, \(kept)",
        ])
        #expect(test.status == 0, "\(test.output)")
    }

    @Test("the tests of an objective pass however long its alerts keep firing", arguments: ["1h", "6h"])
    func keptObjective(_ duration: String) throws {
        let objective = "objective: {of: shop_orders_total, percent: 95, where: {kind: big}}"
        let test = try Self.testShop(rules: [
            "Slow: {\(objective), keep_firing_for: \(duration), severity: page, summary: slow}"
        ])
        #expect(test.status == 0, "\(test.output)")
    }

    @Test("rules that never fire, or always, do not pass the tests", arguments: ["vector(0) > 1", "vector(1) > 0"])
    func testsCanFail(_ expression: String) throws {
        var files = try Self.shop()
        files["alerts.shop.yaml"] = files["alerts.shop.yaml"]?
            .replacing(/(- alert: \w+\n +expr: )'.*'/) { "\($0.output.1)'\(expression)'" }
        let test = try Self.test(files)
        #expect(test.status == 1)
        // Of each rule, the tests for the other outcome fail.
        #expect(failedAlerts(test.output).count == 32, "\(test.output)")
    }

    @Test("tests of windows of days and weeks stay within promtool's limit of samples")
    func longWindows() throws {
        // The objective has windows of days, which must not be filled with the samples that short windows need.
        let rules = """
            alerts:
              rules:
                Rarely:
                  rate_above: {of: shop_orders_total, window: 14d, value: 1}
                  for: 5m
                  severity: info
                  summary: rare
                Mostly:
                  error_ratio_above: {of: shop_messages_total, where: {status: error}, window: 7d, value: 0.1}
                  for: 1d
                  severity: info
                  summary: most
                Weekly:
                  silent: {of: shop_messages_total, where: {topic: orders}, by: [topic], window: 7d}
                  for: 1h
                  severity: info
                  summary: silent
                Shortly:
                  rate_above: {of: shop_messages_total, window: 1m, value: 1}
                  for: 12h
                  severity: info
                  summary: short
                Delivery:
                  objective: {of: shop_messages_total, where: {status: error}, percent: 99}
                  severity: critical
                  summary: objective
            """
        let manifest = Self.families + rules
        let files = try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": Self.schema]) {
            try Self.generate($0)
        }
        let test = try Self.test(files)
        #expect(test.status == 0, "\(test.output)")
    }

    /// The alerts that a test of `promtool` found to be in another state than expected.
    private func failedAlerts(_ output: String) -> Set<String> {
        Set(output.matches(of: /alertname=\\"(\w+)\\"/).map { String($0.output.1) })
    }

    @Test("the exposition passes promtool's check of metrics")
    func metrics() throws {
        let text = TDA.Metrics().exposition().text
        let check = try OutsideProgram.promtool().run("check", "metrics", input: Array(text.utf8))
        #expect(check.status == 0 && check.output.isEmpty, "\(check.output)")
    }

    @Test("the checked-in files are the generated ones")
    func isCurrent() throws {
        let files = try Self.generate(Contracts.root.appending(path: "schemas").path)
        for (name, contents) in files {
            let path = Contracts.root.appending(path: "Generated/Monitoring/\(name)")
            #expect(try String(contentsOf: path, encoding: .utf8) == contents, "\(name)")
        }
    }
}
