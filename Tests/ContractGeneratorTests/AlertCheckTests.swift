import ContractModel
import MonitoringCompiler
import SchemaCompiler
import Testing

/// What is said of alerts that would never fire, or could not be evaluated, for more than what they say themselves.
@Suite("Alerts beside what Prometheus does with them")
struct AlertCheckTests {
    /// A contract with one message.
    private static let contract = """
        contract: Shop
        version: 1.0.0
        service: shop
        topics:
          orders: {partitions: 1, replication: 1}
        messages:
          OrderMessage: {schema: order.schema.json, topic: orders, discriminator: /type, events: {placed: , shipped: }}

        """

    /// What is said of the contract with these metrics and alerts.
    private static func diagnostics(_ sections: String) throws -> [String] {
        let files = ["topics.yaml": contract + sections, "order.schema.json": MonitoringTests.schema]
        return try Contracts.inFolder(files) {
            var diagnostics = Diagnostics()
            _ = CheckedContract(at: "\($0)/topics.yaml", diagnostics: &diagnostics)
            return diagnostics.sorted.map { "\($0.location.line): \($0.message) [\($0.rule.rawValue)]" }
        }
    }

    private static func metrics(scrapedEach interval: String) -> String {
        """
        metrics:
          scrape_interval: \(interval)
          families:
            shop_up: {type: gauge, help: Connection, labels: [component], from: producer.connection}
            shop_messages_total: {type: counter, help: Messages, labels: [topic, status], from: producer.messages}
        alerts:
          rules:
            Shop:

        """
    }

    @Test("a gauge that is forgotten between two scrapes can't be waited for")
    func forgottenGauge() throws {
        let alert = """
                  equals: {of: shop_up, value: 0}
                  for: 15m
                  severity: critical
                  summary: down
            """
        #expect(try Self.diagnostics(Self.metrics(scrapedEach: "1m") + alert).isEmpty)
        #expect(
            try Self.diagnostics(Self.metrics(scrapedEach: "10m") + alert) == [
                "17: a value is forgotten after 5m, and the next is scraped after 10m: in between, the condition does not "
                    + "hold [alert-duration]"
            ])
    }

    @Test("ranges are not forgotten, nor is what rules record")
    func ranges() throws {
        let alert = """
                  rate_above: {of: shop_messages_total, window: 1h, value: 1}
                  for: 15m
                  severity: critical
                  summary: many
            """
        #expect(try Self.diagnostics(Self.metrics(scrapedEach: "10m") + alert).isEmpty)
    }

    @Test("a test whose series only a matcher leaves out proves that matcher")
    func negativeTest() throws {
        let alert = """
                  expr: sum(rate(shop_messages_total{status="error"}[5m])) > 0.1
                  severity: critical
                  summary: many
                  tests:
                    - {fires: true, series: {'shop_messages_total{topic="orders",status="error"}': 0+60x20}}
                    - {fires: false, series: {'shop_messages_total{topic="orders",status="success"}': 0+60x20}}
            """
        #expect(try Self.diagnostics(Self.metrics(scrapedEach: "15s") + alert) == [])
    }

    @Test("who has written one of the producer's alerts, in whatever way, is not woken twice")
    func sameQuery() throws {
        let alerts = """

            alerts:
              producer_alerts: true
              rules:
                Down:
                  expr: (shop_up==0)
                  severity: critical
                  summary: down
                  allow: [untested-alert]
            """
        let files = ["topics.yaml": MonitoringTests.families + alerts, "order.schema.json": MonitoringTests.schema]
        try Contracts.inFolder(files) {
            var diagnostics = Diagnostics()
            let found = CheckedContract(at: "\($0)/topics.yaml", diagnostics: &diagnostics)
            let checked = try #require(found, "\(diagnostics.sorted.map(\.message))")
            let names = checked.monitoring.alerts?.alerts.filter { $0.expression.contains("shop_up") }.map(\.name)
            #expect(names == ["Down"])
        }
    }

    @Test("an excuse from what can't be excused is not called needless")
    func excuse() throws {
        let metrics = """
            metrics:
              families:
                shop_orders: {type: counter, help: Orders, allow: [metric-name]}

            """
        #expect(
            try Self.diagnostics(metrics) == ["10: the counter 'shop_orders' does not end in '_total' [metric-name]"])
    }

    @Test("an objective's shortest window holds two scrapes")
    func objective() throws {
        let alert = """
                  objective: {of: shop_messages_total, where: {status: error}, percent: 99}
                  severity: critical
                  summary: bad
            """
        #expect(try Self.diagnostics(Self.metrics(scrapedEach: "150s") + alert).isEmpty)
        #expect(
            try Self.diagnostics(Self.metrics(scrapedEach: "3m") + alert) == [
                "16: an objective looks at the last 5m, which is shorter than two scrapes, 3m apart [range-too-short]"
            ])
    }

    @Test("of a histogram with one bucket, a producer's alert on slow deliveries is left out, and that is told")
    func oneBucket() throws {
        let sections = """
            metrics:
              families:
                shop_messages_total: {type: counter, help: Messages, labels: [topic, status], from: producer.messages}
                shop_latency_seconds: {type: histogram, help: Time, unit: seconds, labels: [topic], buckets: [1], from: producer.latency}
                shop_up: {type: gauge, help: Connection, labels: [component], from: producer.connection}
                shop_depth: {type: gauge, help: Waiting, from: producer.queue_depth}
                shop_capacity: {type: gauge, help: May wait, from: producer.queue_capacity}
            alerts:
              producer_alerts: true
              rules: {}
            """
        #expect(
            try Self.diagnostics(sections) == [
                "16: 'producer_alerts' leaves out slow deliveries: of one bucket, nothing is seen to lie above [alert-intent]"
            ])
    }

    @Test("what Prometheus can read, but not evaluate, is refused")
    func replacementCharacter() throws {
        let sections = """
            metrics:
              families:
                shop_odd: {type: gauge, help: Odd, labels: {kind: ["\\uFFFD", b]}}
            alerts:
              rules:
                Odd:
                  equals: {of: shop_odd, where: {kind: "\\uFFFD"}, value: 0}
                  severity: info
                  summary: odd
            """
        #expect(
            try Self.diagnostics(sections) == [
                "13: Prometheus can't evaluate a rule that asks for the replacement character, U+FFFD [promql-syntax]"
            ])
    }
}
