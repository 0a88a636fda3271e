import PromQL
import Testing

/// Metrics such as a producer of events exports, scraped every 15 seconds.
let catalog = MetricCatalog(
    families: [
        MetricFamily(
            "tda_messages_total", .counter,
            labels: [
                .init("topic", .closed(["tda.jobs", "tda.results"])),
                .init("status", .closed(["success", "error"]), isIndependent: true),
            ]),
        MetricFamily("tda_job_events_total", .counter, labels: [.init("event", .closed(["created", "completed"]))]),
        MetricFamily("tda_results_total", .counter, labels: [.init("kind", .open)]),
        MetricFamily("tda_connection_status", .gauge),
        MetricFamily("tda_queue_depth", .gauge, labels: [.init("topic", .closed(["tda.jobs", "tda.results"]))]),
        MetricFamily(
            "tda_latency_seconds", .histogram(buckets: [0.1, 0.5, 1]),
            labels: [.init("topic", .closed(["tda.jobs", "tda.results"]))]),
        MetricFamily(
            "topic:tda_errors:ratio5m", .recorded, labels: [.init("topic", .closed(["tda.jobs", "tda.results"]))]),
    ],
    scrapeInterval: .seconds(15))

func parsed(_ text: String) throws -> Expression {
    var findings: [Finding] = []
    return try #require(Expression.parse(text, findings: &findings), "\(text): \(findings)")
}

/// The text that a finding is about.
func place(_ finding: Finding, in text: String) -> String {
    String(decoding: Array(text.utf8)[finding.range], as: UTF8.self)
}
