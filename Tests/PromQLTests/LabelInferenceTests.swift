import PromQL
import Testing

@Suite("PromQL: labels of results")
struct LabelInferenceTests {
    @Test(
        "the labels of a result are known",
        arguments: [
            ("tda_queue_depth", ["instance", "job", "topic"]),
            ("tda_queue_depth > 5", ["instance", "job", "topic"]),
            ("tda_latency_seconds_bucket", ["instance", "job", "le", "topic"]),
            ("topic:tda_errors:ratio5m", ["topic"]),
            ("rate(tda_messages_total[5m])", ["instance", "job", "status", "topic"]),
            ("sum(tda_queue_depth)", []),
            ("sum by (topic) (tda_queue_depth)", ["topic"]),
            ("sum without (topic, instance) (tda_queue_depth)", ["job"]),
            ("topk by (topic) (1, tda_queue_depth)", ["instance", "job", "topic"]),
            ("count_values by (job) (\"depth\", tda_queue_depth)", ["depth", "job"]),
            ("histogram_quantile(0.9, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))", ["topic"]),
            ("tda_queue_depth * on (job) tda_queue_depth", ["job"]),
            ("tda_queue_depth * ignoring (job) tda_queue_depth", ["instance", "topic"]),
            ("tda_queue_depth * on (job, instance) group_left tda_connection_status", ["instance", "job", "topic"]),
            ("tda_connection_status * on (job, instance) group_right tda_queue_depth", ["instance", "job", "topic"]),
            ("tda_connection_status * on (job) group_left (topic) tda_queue_depth", ["instance", "job", "topic"]),
            ("tda_connection_status and on (job) tda_queue_depth", ["instance", "job"]),
            ("sum by (topic) (tda_queue_depth) or sum by (job) (up)", ["job", "topic"]),
            ("5 * tda_connection_status", ["instance", "job"]),
            ("-tda_connection_status", ["instance", "job"]),
            (
                "label_replace(tda_connection_status, \"host\", \"$1\", \"instance\", \"(.*):.*\")",
                ["host", "instance", "job"]
            ),
            ("label_join(sum by (job) (up), \"a\", \"-\", \"job\")", ["a", "job"]),
            ("absent(tda_messages_total{topic=\"tda.jobs\", status=~\"error|success\", job=\"a\"})", ["job", "topic"]),
            ("absent_over_time(up{job=\"a\", job=\"b\"}[5m])", []),
            ("absent(sum(up))", []),
            ("vector(1)", []),
            ("scalar(up)", []),
            ("time()", []),
            ("hour()", []),
            ("hour(tda_connection_status)", ["instance", "job"]),
            ("max_over_time(sum by (job) (up)[1h:])", ["job"]),
        ])
    func labels(text: String, expected: [String]) throws {
        let labels = ExpressionChecker(catalog).labels(of: try parsed(text))
        #expect(labels.names == expected)
        #expect(!labels.isOpen)
    }

    @Test(
        "the metric's name is a label until an operation changes the value",
        arguments: [
            ("tda_queue_depth > 5", true), ("-tda_queue_depth", false), ("tda_queue_depth * 2", false),
            ("rate(tda_messages_total[5m])", false), ("last_over_time(tda_queue_depth[5m])", true),
            ("sum without (topic) (tda_queue_depth)", false), ("topk(1, tda_queue_depth)", true),
            ("tda_queue_depth > bool 5", false), ("tda_queue_depth and tda_queue_depth", true),
            ("tda_queue_depth > on (job) tda_queue_depth", false), ("sort(tda_queue_depth)", true),
            ("absent(tda_queue_depth)", false), ("histogram_quantile(0.9, tda_latency_seconds_bucket)", false),
        ])
    func metricName(text: String, isThere: Bool) throws {
        #expect(ExpressionChecker(catalog).labels(of: try parsed(text)).mayHave("__name__") == isThere)
    }

    @Test("a label is certain where every series has it")
    func certainty() throws {
        let checker = ExpressionChecker(catalog)
        let either = checker.labels(of: try parsed("sum by (topic, job) (tda_queue_depth) or sum by (job) (up)"))
        #expect(either.certainlyHas("job"))
        #expect(either.mayHave("topic") && !either.certainlyHas("topic"))
        #expect(either.labels["topic"]?.values == ["tda.jobs", "tda.results"])
    }

    @Test("matchers restrict the values of a label")
    func values() throws {
        let labels = ExpressionChecker(catalog).labels(
            of: try parsed("tda_messages_total{status!=\"error\", job=~\"a|b\"}"))
        #expect(labels.labels["status"]?.values == ["success"])
        #expect(labels.labels["job"]?.values == ["a", "b"])
    }

    @Test("an open set lacks only what was removed from it")
    func open() throws {
        let labels = ExpressionChecker(catalog).labels(of: try parsed("sum without (job) ({job=\"a\", x=\"y\"})"))
        #expect(labels.isOpen)
        #expect(!labels.mayHave("job"))
        #expect(labels.mayHave("x") && labels.mayHave("anything"))
    }
}
