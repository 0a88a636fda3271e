import ContractModel
import PromQL
import Testing

/// The alerts of Tests/Fixtures/PromQL/right-alerts.txt, about which nothing is wrong.
@Suite("PromQL: unusual but right alerts")
struct RightAlertTests {
    static let catalog = MetricCatalog(
        families: [
            MetricFamily(
                "shop_messages_total", .counter,
                labels: [
                    .init("topic", .closed(["shop_orders", "other"])),
                    .init("status", .closed(["success", "error"]), isIndependent: true),
                ]),
            MetricFamily(
                "shop_latency_seconds", .histogram(buckets: [0.1, 0.5, 1]),
                labels: [.init("topic", .closed(["shop_orders", "other"]))]),
            MetricFamily("shop_order_total", .histogram(buckets: [1, 10, 100])),
            MetricFamily("shop_in_flight", .gauge, values: .notNegative),
            MetricFamily("shop_queue", .gauge, values: .notNegative),
            MetricFamily("shop_queue_capacity", .gauge, values: .notNegative),
            MetricFamily(
                "shop_connected", .gauge, labels: [.init("component", .closed(["producer"]))], values: ValueRange(0, 1)),
            MetricFamily(
                "shop_last_success_timestamp_seconds", .gauge, labels: [.init("topic", .closed(["shop_orders"]))],
                values: .notNegative, moment: .past),
            MetricFamily("shop_certificate_expiry_timestamp_seconds", .gauge, moment: .any),
            MetricFamily("shop_temperature_celsius", .gauge, labels: [.init("room", .open)]),
            MetricFamily("shop_disk_free_ratio", .gauge),
            MetricFamily(
                "shop_orders_by_status_total", .counter,
                labels: [
                    .init("event", .closed(["order.placed", "order.shipped"])),
                    .init("status", .closed(["placed", "shipped"])),
                ],
                combinations: [
                    ["event": ["order.placed"], "status": ["placed"]],
                    ["event": ["order.shipped"], "status": ["shipped"]],
                ]),
        ],
        scrapeInterval: .seconds(15))

    @Test("no rule reports an alert that may be meant")
    func list() throws {
        let items = try MarkedList("right-alerts.txt").items
        #expect(items.count > 90)
        let checker = ExpressionChecker(Self.catalog)
        for item in items {
            let expression = try parsed(item.text)
            let findings = checker.check(expression) + checker.findings(ofAlert: expression)
            #expect(findings == [], "\(item.text)")
        }
    }

    @Test("values of labels that occur, but never together, are reported")
    func combinations() throws {
        let checker = ExpressionChecker(Self.catalog)
        for text in [
            "shop_orders_by_status_total{event=\"order.placed\", status=\"shipped\"}",
            "rate(shop_orders_by_status_total{event=~\"order.p.*\", status!=\"placed\"}[5m])",
        ] {
            #expect(checker.check(try parsed(text)).map(\.rule) == [.impossibleLabelValue], "\(text)")
        }
    }
}
