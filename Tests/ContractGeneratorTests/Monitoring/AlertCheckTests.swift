import ContractModel
import ContractPipeline
import MonitoringCompiler
import SchemaCompiler
import Testing

/// What is said of alerts that would never fire, or could not be evaluated, for more than what they say themselves.
@Suite("Alerts compared with Prometheus")
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
            // Long intervals are warned about at their own place.
            return diagnostics.sorted.filter { $0.rule != .scrapeInterval }
                .map { "\($0.location.line): \($0.message) [\($0.rule.rawValue)]" }
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

    @Test("a family selects only events that its message has")
    func selectedEvents() throws {
        let metrics = """
            metrics:
              families:
                shop_shipped_total: {type: counter, help: Shipped, from: OrderMessage, events: [shiped, placed]}

            """
        #expect(
            try Self.diagnostics(metrics) == ["10: OrderMessage has no event 'shiped' [unknown-event]"])
    }

    @Test("a label of selected events has no other values")
    func selectedEventLabel() throws {
        let sections = """
            metrics:
              families:
                shop_shipped_total:
                  {type: counter, help: Shipped, from: OrderMessage, events: [shipped], labels: [event]}
                shop_events_total: {type: counter, help: All, from: OrderMessage, labels: [event]}
            alerts:
              rules:
                Placed:
                  rate_above: {of: shop_shipped_total, where: {event: placed}, value: 1}
                  severity: info
                  summary: placed
                All:
                  rate_above: {of: shop_events_total, where: {event: placed}, value: 1}
                  severity: info
                  summary: placed
            """
        #expect(
            try Self.diagnostics(sections) == [
                "16: the label 'event' of shop_shipped_total never has the value 'placed' [impossible-label-value]"
            ])
    }

    @Test("a condition on a gauge that is stale between two scrapes is reported")
    func staleGauge() throws {
        let alert = """
                  equals: {of: shop_up, value: 0}
                  for: 15m
                  severity: critical
                  summary: down
            """
        #expect(try Self.diagnostics(Self.metrics(scrapedEach: "1m") + alert).isEmpty)
        #expect(
            try Self.diagnostics(Self.metrics(scrapedEach: "10m") + alert) == [
                "17: a value is stale after 5m, and the next is scraped after 10m: in between, the condition does not "
                    + "hold [alert-duration]"
            ])
    }

    @Test("ranges and recorded series are not stale")
    func ranges() throws {
        let alert = """
                  rate_above: {of: shop_messages_total, window: 1h, value: 1}
                  for: 15m
                  severity: critical
                  summary: many
            """
        #expect(try Self.diagnostics(Self.metrics(scrapedEach: "10m") + alert).isEmpty)
    }

    @Test("a test with a series that one matcher excludes covers that matcher")
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

    @Test("a handwritten alert equal to one of the producer's replaces it")
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
            let names = checked.monitoring.alerts?.alerts.filter { $0.expression.text.contains("shop_up") }.map(\.name)
            #expect(names == ["Down"])
        }
    }

    @Test("'allow' of a rule that can't be allowed is not reported as unused")
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
                "16: an objective has a window of 5m, which is shorter than two scrapes, 3m apart [range-too-short]"
            ])
    }

    private static func objective(_ keys: String) throws -> [String] {
        try diagnostics(
            metrics(scrapedEach: "15s") + """
                      objective: {of: shop_messages_total, where: {status: error}, \(keys)}
                      severity: critical
                      summary: bad
                """)
    }

    @Test("an objective is from 50 to less than 100", arguments: ["50", "93.1", "99.999", "99.999999"])
    func soundObjective(percent: String) throws {
        #expect(try Self.objective("percent: \(percent)").isEmpty)
    }

    @Test(
        "other objectives are refused",
        arguments: [
            ("49.9", "49.9 %: its error budget is more than half of all events"),
            ("-1", "-1 %: its error budget is more than half of all events"),
            ("100", "100 %: it has no error budget"), ("1e300", "1e+300 %: it has no error budget"),
        ])
    func unsoundObjective(percent: String, reason: String) throws {
        #expect(
            try Self.objective("percent: \(percent)") == ["16: invalid objective of \(reason) [never-fires]"])
    }

    @Test("severities are any text, unless the manifest names them")
    func severities() throws {
        func found(_ severities: String, _ severity: String) throws -> [String] {
            try Self.diagnostics(
                """
                metrics:
                  families:
                    shop_up: {type: gauge, help: Connection, labels: [component], from: producer.connection}
                alerts:\(severities)
                  rules:
                    Down:
                      equals: {of: shop_up, value: 0}
                      severity: \(severity)
                      summary: down
                """)
        }
        #expect(try found("", "p1").isEmpty)
        #expect(try found("\n  severities: [page, ticket]", "ticket").isEmpty)
        #expect(
            try found("\n  severities: [page, ticket]", "tickets") == [
                "16: unknown severity 'tickets' [invalid-value]"
            ])
    }

    @Test(
        "generated alerts have the manifest's severities",
        arguments: [
            ("", "page", ["page", "page", "critical", "warning"]),
            ("", "critical", ["critical", "warning", "critical", "warning"]),
            ("", "info", ["info", "info", "critical", "warning"]),
            ("severities: [page, ticket]", "page", ["page", "ticket", "page", "ticket"]),
            ("severities: [page, ticket]", "ticket", ["ticket", "ticket", "page", "ticket"]),
            ("severities: [page]", "page", ["page", "page", "page", "page"]),
        ])
    func generatedSeverities(severities: String, severity: String, expected: [String]) throws {
        let alerts = """

            alerts:
              producer_alerts: true
              \(severities)
              rules:
                Delivery:
                  objective: {of: shop_messages_total, where: {status: error}, percent: 99}
                  severity: \(severity)
                  summary: bad
            """
        let files = ["topics.yaml": MonitoringTests.families + alerts, "order.schema.json": MonitoringTests.schema]
        try Contracts.inFolder(files) {
            var diagnostics = Diagnostics()
            let found = CheckedContract(at: "\($0)/topics.yaml", diagnostics: &diagnostics)
            let checked = try #require(found, "\(diagnostics.sorted.map(\.message))")
            let all = checked.monitoring.alerts?.alerts ?? []
            let named = Dictionary(all.map { ($0.name, $0.labels.first?.text) }) { first, _ in first }
            let names = ["DeliveryFastBurn", "DeliverySlowBurn", "ShopProducerErrorRatio", "ShopProducerSlow"]
            #expect(names.map { named[$0] ?? nil } == expected)
        }
    }

    @Test(
        "a limit that no test can reach is an error",
        arguments: [
            ("5e-324", "5e-324 is too small"), ("1e308", "1e+308 is too large"), ("-1e19", "-1e+19 is too large"),
        ])
    func limits(value: String, message: String) throws {
        for intent in ["rate_above: {of: shop_messages_total", "above: {of: shop_up"] {
            let alert = """
                      \(intent), value: \(value)}
                      severity: info
                      summary: s
                """
            #expect(
                try Self.diagnostics(Self.metrics(scrapedEach: "15s") + alert)
                    == ["16: \(message) for a limit [alert-intent]"])
        }
    }

    @Test("the producer's latency alert is omitted for a histogram with one bucket, with a diagnostic")
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
                "16: 'producer_alerts' has no alert on slow deliveries: shop_latency_seconds has only one bucket [alert-intent]"
            ])
    }

    @Test("an expression that Prometheus parses but can't evaluate is an error")
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
                "13: Prometheus cannot evaluate an expression with the replacement character, U+FFFD [promql-syntax]"
            ])
    }
}
