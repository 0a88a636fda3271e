import ContractModel
import PromQL
import Testing

@Suite("PromQL: queries held against metrics")
struct QueryCheckerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var rule: Rule
        var place: String
        var hint: String?
        var testDescription: String { text }

        init(_ text: String, _ rule: Rule, at place: String, hint: String? = nil) {
            self.text = text
            self.rule = rule
            self.place = place
            self.hint = hint
        }
    }

    static let metrics = [
        Case("tda_mesages_total", .unknownMetric, at: "tda_mesages_total", hint: "did you mean 'tda_messages_total'?"),
        Case("rate(tda_messages[5m])", .unknownMetric, at: "tda_messages", hint: "did you mean 'tda_messages_total'?"),
        Case(
            "{__name__=\"tda_queue_dept\"}", .unknownMetric, at: "\"tda_queue_dept\"",
            hint: "did you mean 'tda_queue_depth'?"),
        Case("{__name__=~\"kafka_.+\"}", .unknownMetric, at: "\"kafka_.+\""),
        Case(
            "tda_latency_seconds > 1", .unknownMetric, at: "tda_latency_seconds",
            hint: "it is exported as tda_latency_seconds_bucket, tda_latency_seconds_sum and tda_latency_seconds_count"),
        Case(
            "tda_latency_seconds_p95 > 0.5", .unknownMetric, at: "tda_latency_seconds_p95",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(0.95, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case(
            "tda_latency_p999", .unknownMetric, at: "tda_latency_p999",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(0.999, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case(
            "tda_latency_p50_seconds", .unknownMetric, at: "tda_latency_p50_seconds",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(0.5, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case(
            "tda_latency_seconds{quantile=\"0.99\"}", .unknownMetric, at: "tda_latency_seconds",
            hint: "write histogram_quantile(0.99, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
    ]

    static let labels = [
        Case("tda_queue_depth{topics=\"a\"}", .unknownMetricLabel, at: "topics", hint: "did you mean 'topic'?"),
        Case(
            "tda_connection_status{zone=\"a\"}", .unknownMetricLabel, at: "zone", hint: "expected one of: instance, job"
        ),
        Case("tda_queue_depth{le=\"1\"}", .unknownMetricLabel, at: "le"),
        Case("topic:tda_errors:ratio5m{job=\"a\"}", .unknownMetricLabel, at: "job"),
        Case(
            "tda_messages_total{status=\"eror\"}", .impossibleLabelValue, at: "\"eror\"", hint: "did you mean 'error'?"),
        Case("tda_messages_total{status!=\"eror\"}", .impossibleLabelValue, at: "\"eror\""),
        Case("tda_messages_total{status=~\"error|eror\"}", .impossibleLabelValue, at: "\"error|eror\""),
        Case("tda_messages_total{status!~\"eror\"}", .impossibleLabelValue, at: "\"eror\""),
        Case("tda_messages_total{topic=~\"kafka.*\"}", .impossibleLabelValue, at: "\"kafka.*\""),
        Case("tda_messages_total{topic!~\"kafka.*\"}", .impossibleLabelValue, at: "\"kafka.*\""),
        Case("tda_messages_total{topic=~\"tda\"}", .impossibleLabelValue, at: "\"tda\""),
        Case("tda_messages_total{topic=\"\"}", .impossibleLabelValue, at: "\"\""),
        Case("tda_messages_total{status=\"error\", status!=\"error\"}", .impossibleLabelValue, at: "\"error\""),
        Case("tda_messages_total{status!=\"error\", status=~\"e.*\"}", .impossibleLabelValue, at: "\"e.*\""),
        Case("rate(tda_latency_seconds_bucket{le=\"0.2\"}[5m])", .impossibleLabelValue, at: "\"0.2\""),
        Case(
            "ALERTS{alertstate=\"fireing\"}", .impossibleLabelValue, at: "\"fireing\"", hint: "did you mean 'firing'?"),
    ]

    static let functions = [
        Case("rate(tda_queue_depth[5m])", .rateOfGauge, at: "rate"),
        Case("irate(tda_queue_depth{topic=\"tda.jobs\"}[5m])", .rateOfGauge, at: "irate"),
        Case("increase(tda_connection_status[5m]) > 1", .rateOfGauge, at: "increase"),
        Case("resets(tda_connection_status[5m])", .rateOfGauge, at: "resets"),
        Case("rate(sum(tda_queue_depth)[5m:15s])", .rateOfGauge, at: "rate"),
        Case("delta(tda_messages_total[5m])", .deltaOfCounter, at: "delta"),
        Case("deriv(tda_latency_seconds_sum[5m])", .deltaOfCounter, at: "deriv"),
        Case("idelta(tda_latency_seconds_bucket[5m])", .deltaOfCounter, at: "idelta"),
        Case("predict_linear(tda_messages_total[5m], 60)", .deltaOfCounter, at: "predict_linear"),
        Case(
            "tda_messages_total > 100", .rawCounter, at: "tda_messages_total",
            hint: "compare its growth: increase(tda_messages_total[5m])"),
        Case(
            "sum by (topic) (tda_messages_total{status=\"error\"}) >= 5", .rawCounter,
            at: "sum by (topic) (tda_messages_total{status=\"error\"})"),
        Case("5 < tda_latency_seconds_count", .rawCounter, at: "tda_latency_seconds_count"),
        Case(
            "tda_latency_seconds_bucket{le=\"0.5\"} > 5", .rawCounter,
            at: "tda_latency_seconds_bucket{le=\"0.5\"}"),
        Case(
            "max_over_time(tda_messages_total[5m]) > 5", .rawCounter,
            at: "max_over_time(tda_messages_total[5m])"),
        Case("(tda_messages_total * 2) > bool 5", .rawCounter, at: "(tda_messages_total * 2)"),
        Case(
            "histogram_quantile(0.9, rate(tda_messages_total[5m]))", .missingBucketBound,
            at: "rate(tda_messages_total[5m])"),
        Case(
            "histogram_quantile(0.9, rate(tda_latency_seconds_sum[5m]))", .missingBucketBound,
            at: "rate(tda_latency_seconds_sum[5m])",
            hint: "take it of all buckets: rate(tda_latency_seconds_bucket[5m])"),
        Case("histogram_quantile(0.9, tda_queue_depth)", .missingBucketBound, at: "tda_queue_depth"),
        Case(
            "histogram_quantile(0.9, rate(tda_latency_seconds_bucket{le=\"1\"}[5m]))", .missingBucketBound,
            at: "rate(tda_latency_seconds_bucket{le=\"1\"}[5m])"),
        Case(
            "histogram_quantile(0.9, sum by (topic) (rate(tda_latency_seconds_bucket[5m])))", .missingBucketBound,
            at: "sum",
            hint: "write sum by (le, topic)"),
        Case("sum(rate(tda_latency_seconds_bucket[5m]))", .missingBucketBound, at: "sum", hint: "write sum by (le)"),
        Case(
            "avg without (le) (tda_latency_seconds_bucket)", .missingBucketBound, at: "avg",
            hint: "leave le out of without (…)"),
        Case(
            "histogram_quantile(95, tda_latency_seconds_bucket)", .quantileRange, at: "95", hint: "did you mean 0.95?"),
        Case("histogram_quantile(-0.1, tda_latency_seconds_bucket)", .quantileRange, at: "-0.1"),
        Case("quantile(1 + 1, tda_queue_depth)", .quantileRange, at: "1 + 1", hint: "did you mean 0.02?"),
        Case("quantile_over_time(NaN, tda_queue_depth[5m])", .quantileRange, at: "NaN"),
        Case("rate(tda_messages_total[20s])", .rangeTooShort, at: "tda_messages_total[20s]"),
        Case("rate(tda_messages_total[29s999ms])", .rangeTooShort, at: "tda_messages_total[29s999ms]"),
        Case("max_over_time(tda_queue_depth[10s])", .rangeTooShort, at: "tda_queue_depth[10s]"),
        Case("delta(sum(tda_queue_depth)[1m:1m])", .rangeTooShort, at: "sum(tda_queue_depth)[1m:1m]"),
    ]

    static let grouping = [
        Case("sum by (event) (tda_queue_depth)", .unknownGrouping, at: "event"),
        Case(
            "sum without (topics) (tda_queue_depth)", .unknownGrouping, at: "topics", hint: "did you mean 'topic'?"
        ),
        Case("sum by (topic) (sum by (job) (tda_queue_depth))", .unknownGrouping, at: "topic"),
        Case("topk by (event) (3, tda_queue_depth)", .unknownGrouping, at: "event"),
        Case("sum by (le) (rate(tda_latency_seconds_count[5m]))", .unknownGrouping, at: "le"),
        Case("sum by (topic) (vector(1))", .unknownGrouping, at: "topic", hint: "there are no labels"),
        Case("tda_queue_depth * on (event) tda_queue_depth", .unknownGrouping, at: "event"),
        Case("tda_queue_depth * on (topic) tda_connection_status", .unknownGrouping, at: "topic"),
        Case(
            "tda_queue_depth * ignoring (event, topic) group_left tda_connection_status", .unknownGrouping,
            at: "event"),
        Case(
            "tda_queue_depth * on (job, instance) group_left (event) tda_connection_status", .unknownGrouping,
            at: "event"),
        Case("label_replace(up, \"host\", \"$1\", \"instnce\", \"(.*):.*\")", .unknownGrouping, at: "\"instnce\""),
        Case("label_join(up, \"a\", \"-\", \"job\", \"x\")", .unknownGrouping, at: "\"x\""),
        Case("sum by (topic) (absent(tda_connection_status))", .unknownGrouping, at: "topic"),
        Case(
            "sum by (topic) (rate(tda_messages_total[5m])) / sum by (event) (rate(tda_job_events_total[5m]))",
            .neverMatches,
            at: "/", hint: "group both sides by the same labels"),
        Case(
            "sum by (topic) (tda_queue_depth) / sum(tda_queue_depth)", .neverMatches, at: "/",
            hint: "match on the labels that both have: on () group_left ()"),
        Case(
            "tda_queue_depth * tda_connection_status", .neverMatches, at: "*",
            hint: "match on the labels that both have: on (instance, job) group_left ()"),
        Case(
            "rate(tda_messages_total{status=\"error\"}[5m]) / rate(tda_messages_total{status=\"success\"}[5m])",
            .neverMatches,
            at: "/", hint: "add ignoring (status)"),
        Case("tda_queue_depth and tda_connection_status == 0", .neverMatches, at: "and"),
        Case("tda_queue_depth unless tda_connection_status", .neverMatches, at: "unless"),
        Case("tda_queue_depth > vector(5)", .neverMatches, at: ">"),
        Case("tda_queue_depth{topic=\"tda.jobs\"} > tda_queue_depth{topic=\"tda.results\"}", .neverMatches, at: ">"),
    ]

    @Test("what cannot be meant is found, at its place", arguments: metrics + labels + functions + grouping)
    func finding(expected: Case) throws {
        let findings = QueryChecker(catalog).check(try parsed(expected.text))
        #expect(findings.map(\.rule) == [expected.rule], "\(findings)")
        let finding = try #require(findings.first)
        #expect(place(finding, in: expected.text) == expected.place)
        if let hint = expected.hint { #expect(finding.hint == hint) }
        #expect(!finding.message.hasSuffix("."))
    }

    @Test("every query that a hint spells out is right itself", arguments: metrics)
    func hintsAreRight(expected: Case) throws {
        guard let hint = expected.hint, let start = hint.firstRange(of: "histogram_quantile") else { return }
        #expect(QueryChecker(catalog).check(try parsed(String(hint[start.lowerBound...]))) == [])
    }

    @Test(
        "what can be meant is not found fault with",
        arguments: [
            "up == 0",
            "up{job=\"tda\"}",
            "absent(up{job=\"tda\"})",
            "ALERTS{alertname=\"X\", severity=\"page\", alertstate=\"firing\"}",
            "scrape_duration_seconds > 10",
            "tda_connection_status == 0",
            "tda_messages_total == 0",
            "tda_messages_total{job=\"a\", instance=~\"b.*\", status=\"error\"}",
            "tda_messages_total{status=~\"err.*\"}",
            "tda_messages_total{status=~\"error|success\"}",
            "tda_messages_total{topic=~\"tda\\\\..+\"}",
            "tda_messages_total{topic=~\"(?i)TDA.*\"}",
            "tda_messages_total{topic!~\".*jobs\"}",
            "tda_messages_total{status!=\"\"}",
            "tda_results_total{kind=\"anything\"}",
            "sum by (kind) (increase(tda_results_total[1h])) > 100",
            "{__name__=~\"tda_.+\", zone=\"a\"}",
            "{job=\"tda\"}",
            "rate(tda_messages_total[30s])",
            "max_over_time(tda_queue_depth[30s])",
            "changes(tda_connection_status[10m]) > 3",
            "delta(tda_queue_depth[10m]) > 3",
            "resets(tda_messages_total[1h]) > 3",
            "rate(tda_latency_seconds_sum[5m]) / rate(tda_latency_seconds_count[5m]) > 0.5",
            "histogram_quantile(0.95, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m]))) > 0.5",
            "histogram_quantile(0.95, rate(tda_latency_seconds_bucket[5m]))",
            "histogram_quantile(0.95, sum without (instance) (rate(tda_latency_seconds_bucket[5m])))",
            "histogram_quantile(0.5, tda_latency_seconds_bucket)",
            "histogram_quantile(0.5, sum by (le) (rate(tda_latency_seconds_bucket[5m]) + rate(tda_latency_seconds_bucket[5m])))",
            "sum by (topic) (rate(tda_latency_seconds_bucket{le=\"0.5\"}[5m])) / sum by (topic) (rate(tda_latency_seconds_count[5m]))",
            "sum(rate(tda_latency_seconds_bucket{le=\"1.0\"}[5m]))",
            "sum(rate(tda_latency_seconds_bucket{le=\"+Inf\"}[5m]))",
            "count(tda_latency_seconds_bucket)",
            "sum by (topic) (rate(tda_messages_total{status=\"error\"}[5m])) / sum by (topic) (rate(tda_messages_total[5m])) > 0.05",
            "tda_queue_depth * on (job, instance) group_left tda_connection_status",
            "tda_queue_depth * ignoring (topic) group_left tda_connection_status",
            "tda_queue_depth and on (job, instance) tda_connection_status == 0",
            "tda_queue_depth or tda_connection_status",
            "sum(tda_queue_depth) or vector(0)",
            "sum(tda_queue_depth) > on () vector(5)",
            "rate(tda_messages_total{status=\"error\"}[5m]) / ignoring (status) rate(tda_messages_total{status=\"success\"}[5m])",
            "topic:tda_errors:ratio5m > 0.1",
            "topic:tda_errors:ratio5m > on (topic) group_right () tda_queue_depth",
            "count_values(\"depth\", tda_queue_depth)",
            "sum by (host) (label_replace(up, \"host\", \"$1\", \"instance\", \"(.*):.*\"))",
            "sum by (a) (label_join(up, \"a\", \"-\", \"job\", \"instance\"))",
            "quantile by (topic) (0.9, tda_queue_depth)",
            "quantile(scalar(up), tda_queue_depth)",
            "time() - timestamp(tda_connection_status) > 300",
            "hour() >= 8 and on () tda_connection_status == 0",
            "max_over_time(sum(rate(tda_messages_total[5m]))[1h:])",
            "topk(3, sum by (topic) (rate(tda_messages_total[5m])))",
        ])
    func clean(text: String) throws {
        #expect(QueryChecker(catalog).check(try parsed(text)) == [])
    }

    @Test("all findings of a query are reported, by their place")
    func severalFindings() throws {
        let text = "rate(tda_queue_depth{topics=\"a\"}[1s]) > tda_nothing{x=\"y\"}"
        let rules = QueryChecker(catalog).check(try parsed(text)).map(\.rule)
        #expect(rules == [.rateOfGauge, .rangeTooShort, .unknownMetricLabel, .unknownMetric])
    }

    @Test("the labels that a scrape is said to add are known")
    func targetLabels() throws {
        let catalog = MetricCatalog(families: catalog.families, scrapeInterval: 15_000, targetLabels: ["pod"])
        for text in ["tda_queue_depth{pod=\"a\"}", "sum by (pod) (tda_queue_depth)", "up * on (pod) tda_queue_depth"] {
            #expect(QueryChecker(catalog).check(try parsed(text)) == [])
        }
        let nested = QueryChecker(catalog).check(try parsed("sum by (pod) (sum without (pod) (tda_queue_depth))"))
        #expect(nested.map(\.rule) == [.unknownGrouping])
    }
}
