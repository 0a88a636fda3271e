import ContractModel
import ContractPipeline
import Testing

/// Limits at the ends of their ranges: promtool passes the generated tests of all that no rule refuses.
@Suite("Alerts with extreme limits before promtool")
struct ExtremeAlertTests {
    private static let quantiles = ["1e-9", "0.0001", "0.9999", "0.99999999", "0.999999999"].flatMap { quantile in
        ["of: shop_latency_seconds, value: 1", "of: shop_latency_seconds, min_events: 20, value: 1.9"].map {
            "quantile_above: {quantile: \(quantile), \($0)}"
        }
    }
    private static let others = [
        "quantile_above: {of: shop_change, quantile: 0.9, value: 1e-9}",
        "error_ratio_above: {of: shop_messages_total, where: {status: error}, min_events: 10, value: 1e-9}",
        "error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.999999999}",
        "rate_above: {of: shop_orders_total, value: 1e-9}", "rate_above: {of: shop_orders_total, value: 1e18}",
        "above: {of: shop_depth, value: 1e18}",
    ]
    private static let objectives = [
        "objective: {of: shop_messages_total, where: {status: error}, percent: 99.99999999}",
        "objective: {of: shop_messages_total, where: {status: error}, min_events: 30, percent: 99.9999}",
        "objective: {of: shop_latency_seconds, good_up_to: 1, percent: 99.99999999}",
        "objective: {of: shop_latency_seconds, good_up_to: 1, min_events: 1000000, percent: 99.999}",
    ]

    private static func files(_ conditions: [String]) -> [String: String] {
        let change = "    shop_change: {type: histogram, help: Changes, buckets: [-1, 1e-8, 1e15]}\nalerts:\n  rules:\n"
        let rules = conditions.enumerated().map { index, condition in
            "    A\(index): {\(condition), severity: warning, summary: x, allow: [coarse-buckets]}\n"
        }
        return [
            "topics.yaml": MonitoringTests.families + change + rules.joined(),
            "order.schema.json": MonitoringTests.schema,
        ]
    }

    @Test("promtool passes the generated tests", arguments: [quantiles, others, objectives])
    func accepted(conditions: [String]) throws {
        let files = try Contracts.inFolder(Self.files(conditions)) { try MonitoringTests.generate($0) }
        let (status, output) = try MonitoringTests.test(files)
        #expect(status == 0, "\(output.prefix(2000))")
    }

    @Test("limits without a value beyond them are refused")
    func refused() throws {
        let conditions = [
            "quantile_above: {of: shop_latency_seconds, quantile: 0, value: 1}",
            "quantile_above: {of: shop_latency_seconds, quantile: 1, value: 1}",
            "error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 1}",
            "objective: {of: shop_messages_total, where: {status: error}, percent: 100}",
            "objective: {of: shop_messages_total, where: {status: error}, percent: 99.9999999999}",
            "rate_above: {of: shop_orders_total, value: 1e-10}",
        ]
        var diagnostics = Diagnostics()
        try Contracts.inFolder(Self.files(conditions)) {
            _ = CheckedContract(at: $0, diagnostics: &diagnostics)
        }
        let lines = Set(diagnostics.sorted.filter { $0.severity == .error }.map(\.location.line))
        #expect(lines.count == conditions.count)
    }
}
