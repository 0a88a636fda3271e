import ContractModel
import PromQL
import Testing

extension ExpressionCheckerTests {
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
            "tda_latency_ms_p95", .unknownMetric, at: "tda_latency_ms_p95",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(0.95, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case(
            "tda_latency_second_P95", .unknownMetric, at: "tda_latency_second_P95",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(0.95, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case(
            "tda_latency_seconds_p99_9", .unknownMetric, at: "tda_latency_seconds_p99_9",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(0.999, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case(
            "tda_latency_seconds_p100", .unknownMetric, at: "tda_latency_seconds_p100",
            hint: "a histogram exports no quantiles; write "
                + "histogram_quantile(1, sum by (le, topic) (rate(tda_latency_seconds_bucket[5m])))"),
        Case("tda_latency_seconds_p1000", .unknownMetric, at: "tda_latency_seconds_p1000"),
        Case(
            "{__name__=~\"tda_(messages|mesages)_total\"}", .unknownMetric, at: "\"tda_(messages|mesages)_total\"",
            hint: "did you mean 'tda_messages_total'?"),
        Case("{__name__=~\"tda_.+|kafka_.+\"}", .unknownMetric, at: "\"tda_.+|kafka_.+\""),
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
        Case("tda_messages_total{topic=~\"tda.(jobs|resultz)\"}", .impossibleLabelValue, at: "\"tda.(jobs|resultz)\""),
        Case(
            "tda_messages_total{topic=~\"tda.jobs|tda.result\"}", .impossibleLabelValue, at: "\"tda.jobs|tda.result\""),
        Case("tda_messages_total{status=~\"error|fail.*\"}", .impossibleLabelValue, at: "\"error|fail.*\""),
        Case("tda_messages_total{status=~\"(?i)eror\"}", .impossibleLabelValue, at: "\"(?i)eror\""),
        Case("tda_messages_total{status=~\"(\\\\pL+)|\\\\d+\"}", .impossibleLabelValue, at: "\"(\\\\pL+)|\\\\d+\""),
        Case(
            "tda_messages_total{status=~\"^eror$\"}", .impossibleLabelValue, at: "\"^eror$\"",
            hint: "did you mean 'error'?"),
        Case("rate(tda_latency_seconds_bucket{le=~\"0.3|0.5\"}[5m])", .impossibleLabelValue, at: "\"0.3|0.5\""),
        Case(
            "sum(rate(tda_latency_seconds_bucket{le=\"1\"}[5m]))", .impossibleLabelValue, at: "\"1\"",
            hint: "write le=\"1.0\", or le=~\"1(\\\\.0)?\" for both formats"),
        Case(
            "rate(tda_latency_seconds_bucket{le=\"0.50\"}[5m])", .impossibleLabelValue, at: "\"0.50\"",
            hint: "write le=\"0.5\""),
        Case("{__name__=~\"tda_messages_total\", status=\"eror\"}", .impossibleLabelValue, at: "\"eror\""),
        Case("{__name__=~\"tda_(messages|results)_total\", status=\"eror\"}", .impossibleLabelValue, at: "\"eror\""),
        Case("{__name__=~\"tda_.+\", nope=\"x\"}", .unknownMetricLabel, at: "nope"),
        Case(
            "ALERTS{alertstate=\"fireing\"}", .impossibleLabelValue, at: "\"fireing\"", hint: "did you mean 'firing'?"),
    ]

    static let functions = [
        Case("rate(tda_queue_depth[5m])", .rateOfGauge, at: "rate"),
        Case("irate(tda_queue_depth{topic=\"tda.jobs\"}[5m])", .rateOfGauge, at: "irate"),
        Case("increase(tda_connection_status[5m]) > 1", .rateOfGauge, at: "increase"),
        Case("resets(tda_connection_status[5m])", .rateOfGauge, at: "resets"),
        Case("rate(sum(tda_queue_depth)[5m:15s])", .rateOfGauge, at: "rate"),
        Case("rate(up[5m])", .rateOfGauge, at: "rate"),
        Case("rate({__name__=~\"tda_connection_status\"}[5m])", .rateOfGauge, at: "rate"),
        Case("increase(label_replace(tda_queue_depth, \"a\", \"b\", \"\", \"\")[5m:])", .rateOfGauge, at: "increase"),
        Case(
            "rate((tda_queue_depth * on (job, instance) group_left tda_connection_status)[5m:])", .rateOfGauge,
            at: "rate"),
        Case("rate(rate(tda_messages_total[5m])[5m:])", .rateOfGauge, at: "rate"),
        Case("rate(sum(rate(tda_messages_total[5m]))[5m:])", .rateOfGauge, at: "rate"),
        Case("rate(count(up)[5m:])", .rateOfGauge, at: "rate"),
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
            "sum(tda_messages_total) + sum(tda_results_total) > 100", .rawCounter,
            at: "sum(tda_messages_total) + sum(tda_results_total)"),
        Case(
            "tda_messages_total * on (job, instance) group_left up > 100", .rawCounter,
            at: "tda_messages_total * on (job, instance) group_left up"),
        Case(
            "label_replace(tda_messages_total, \"a\", \"b\", \"\", \"\") > 100", .rawCounter,
            at: "label_replace(tda_messages_total, \"a\", \"b\", \"\", \"\")"),
        Case("sum(tda_messages_total) > on () vector(100)", .rawCounter, at: "sum(tda_messages_total)"),
        Case("(sum(tda_messages_total) or vector(0)) > 100", .rawCounter, at: "(sum(tda_messages_total) or vector(0))"),
        Case("sum(tda_messages_total) > sum(tda_queue_depth)", .rawCounter, at: "sum(tda_messages_total)"),
        Case("ln(sum(tda_messages_total)) > 5", .rawCounter, at: "ln(sum(tda_messages_total))"),
        Case("scalar(sum(tda_messages_total)) > bool 100", .rawCounter, at: "scalar(sum(tda_messages_total))"),
        Case(
            "sum(tda_messages_total{status=\"error\"}) / sum(tda_messages_total) > 0.05", .rawCounter,
            at: "sum(tda_messages_total{status=\"error\"}) / sum(tda_messages_total)",
            hint: "divide their growth: rate(…[5m]) / rate(…[5m])"),
        Case(
            "{job=\"x\", __name__=~\"tda_.*_total\"} > 1e12", .rawCounter,
            at: "{job=\"x\", __name__=~\"tda_.*_total\"}"),
        Case(
            "histogram_quantile(0.9, rate(tda_messages_total[5m]))", .missingBucketBound,
            at: "rate(tda_messages_total[5m])"),
        Case(
            "histogram_quantile(0.9, rate(tda_latency_seconds_sum[5m]))", .missingBucketBound,
            at: "rate(tda_latency_seconds_sum[5m])",
            hint: "use all buckets: rate(tda_latency_seconds_bucket[5m])"),
        Case("histogram_quantile(0.9, tda_queue_depth)", .missingBucketBound, at: "tda_queue_depth"),
        Case(
            "histogram_quantile(0.9, rate(tda_latency_seconds_bucket{le=\"1.0\"}[5m]))", .missingBucketBound,
            at: "rate(tda_latency_seconds_bucket{le=\"1.0\"}[5m])"),
        Case(
            "histogram_quantile(0.9, sum by (topic) (rate(tda_latency_seconds_bucket[5m])))", .missingBucketBound,
            at: "sum",
            hint: "write sum by (le, topic)"),
        Case("sum(rate(tda_latency_seconds_bucket[5m]))", .missingBucketBound, at: "sum", hint: "write sum by (le)"),
        Case(
            "sum(rate(tda_latency_seconds_bucket[5m]) + rate(tda_latency_seconds_bucket[5m])) > 1", .missingBucketBound,
            at: "sum"),
        Case(
            "sum by (topic) (label_replace(rate(tda_latency_seconds_bucket[5m]), \"a\", \"b\", \"\", \"\"))",
            .missingBucketBound, at: "sum"),
        Case(
            "histogram_fraction(0, 0.5, rate(tda_latency_seconds_bucket[5m])) >= 0", .neverMatches,
            at: "histogram_fraction"),
        Case(
            "avg without (le) (tda_latency_seconds_bucket)", .missingBucketBound, at: "avg",
            hint: "leave le out of without (…)"),
        Case(
            "histogram_quantile(95, tda_latency_seconds_bucket)", .quantileRange, at: "95", hint: "did you mean 0.95?"),
        Case("histogram_quantile(-0.1, tda_latency_seconds_bucket)", .quantileRange, at: "-0.1"),
        Case("quantile(1 + 1, tda_queue_depth)", .quantileRange, at: "1 + 1", hint: "did you mean 0.02?"),
        Case("quantile(1.5, tda_queue_depth)", .quantileRange, at: "1.5"),
        Case("quantile(99.9, tda_queue_depth)", .quantileRange, at: "99.9", hint: "did you mean 0.999?"),
        Case("quantile(2 ^ 2, tda_queue_depth)", .quantileRange, at: "2 ^ 2"),
        Case("quantile(pi(), tda_queue_depth)", .quantileRange, at: "pi()"),
        Case("quantile(95 % 100, tda_queue_depth)", .quantileRange, at: "95 % 100", hint: "did you mean 0.95?"),
        Case("quantile(scalar(vector(95)), tda_queue_depth)", .quantileRange, at: "scalar(vector(95))"),
        Case("quantile_over_time(NaN, tda_queue_depth[5m])", .quantileRange, at: "NaN"),
        Case("rate(tda_messages_total[20s])", .rangeTooShort, at: "tda_messages_total[20s]"),
        Case("rate(tda_messages_total[29s999ms])", .rangeTooShort, at: "tda_messages_total[29s999ms]"),
        Case("max_over_time(tda_queue_depth[10s])", .rangeTooShort, at: "tda_queue_depth[10s]"),
        Case("delta(sum(tda_queue_depth)[1m:1m])", .rangeTooShort, at: "sum(tda_queue_depth)[1m:1m]"),
        Case("rate(tda_messages_total[10s:])", .rangeTooShort, at: "tda_messages_total[10s:]"),
        Case("rate(tda_messages_total[10s:1s])", .rangeTooShort, at: "tda_messages_total[10s:1s]"),
        Case("delta(tda_queue_depth[20s:])", .rangeTooShort, at: "tda_queue_depth[20s:]"),
        Case("max_over_time(tda_queue_depth[10s:])", .rangeTooShort, at: "tda_queue_depth[10s:]"),
        Case("changes(tda_queue_depth[20s])", .rangeTooShort, at: "tda_queue_depth[20s]"),
        Case(
            "rate(tda_messages_total[30s])", .shortRange, at: "tda_messages_total[30s]",
            hint: "use four times the interval: [1m]"),
        Case("rate(tda_messages_total[59s])", .shortRange, at: "tda_messages_total[59s]"),
        Case("delta(tda_queue_depth[30s:])", .shortRange, at: "tda_queue_depth[30s:]"),
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
        Case("count by (__name__) (rate(tda_messages_total[5m]))", .unknownGrouping, at: "__name__"),
        Case(
            "tda_queue_depth / on (job) sum by (job) (tda_queue_depth)", .neverMatches, at: "/",
            hint: "sum the left side by the matched labels, or add group_left ()"),
        Case(
            "rate(tda_messages_total{status=\"error\"}[5m]) / ignoring (status) rate(tda_messages_total[5m])",
            .neverMatches,
            at: "/", hint: "sum the right side by the matched labels, or add group_right ()"),
        Case(
            "rate(tda_latency_seconds_bucket[5m]) / ignoring (le) rate(tda_latency_seconds_count[5m])", .neverMatches,
            at: "/", hint: "sum the left side by the matched labels, or add group_left ()"),
        Case(
            "sum by (job) (tda_queue_depth) / on (job) tda_queue_depth", .neverMatches, at: "/",
            hint: "sum the right side by the matched labels, or add group_right ()"),
        Case(
            "tda_queue_depth / on (job) group_right sum by (job) (tda_queue_depth)", .neverMatches, at: "/",
            hint: "use group_left if the left side has several"),
        Case("tda_queue_depth{topic=\"tda.jobs\"} > tda_queue_depth{topic=\"tda.results\"}", .neverMatches, at: ">"),
    ]

    static let sensible = [
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
        "{__name__=~\".+_total\", zone=\"a\"}",
        "{job=\"tda\"}",
        "rate(tda_messages_total[1m])",
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
        "1 - sum(rate(tda_latency_seconds_bucket{le=~\"1(\\\\.0)?\"}[5m])) / sum(rate(tda_latency_seconds_bucket{le=\"+Inf\"}[5m])) > 0.1",
        "sum(rate(tda_latency_seconds_bucket{le=~\"1|1.0\"}[5m])) > 5",
        "sum by (le) (rate(tda_latency_seconds_bucket{le=~\"0.5|1|1\\\\.0\"}[5m])) > 5",
        "tda_messages_total{topic=~\"tda.(jobs|results)\"}",
        "tda_messages_total{status=~\"(?i)ERROR\"}",
        "tda_messages_total{status=~\"|error\"}",
        "tda_messages_total{status=~\"\\\\p{Greek}+|error\"}",
        "rate({__name__=~\"tda_(messages|results)_total\"}[5m]) > 1",
        "{__name__=~\"tda_.+\", __name__!~\".*_bucket\", topic=\"tda.jobs\"}",
        "{__name__!=\"up\", zone=\"a\"} > 5",
        "rate({__name__=~\".*_depth\"}[5m]) > 1",
        "count by (__name__) (tda_messages_total)",
        "sum by (__name__) ({__name__=~\"tda_.*_total\"}) == 0",
        "count by (__name__, topic) (last_over_time(tda_messages_total[5m]) == 0)",
        "tda_messages_total{status=\"error\"} - tda_messages_total{status=\"error\"} offset 5m > 10",
        "tda_messages_total{status=\"error\"} > tda_messages_total{status=\"error\"} offset 5m",
        "sum(tda_job_events_total{event=\"created\"}) - sum(tda_job_events_total{event=\"completed\"}) > 10",
        "sum(tda_messages_total) > sum(tda_results_total)",
        "sum(increase(tda_messages_total[1h])) > 0.1 * sum(tda_messages_total)",
        "sum(increase(tda_messages_total{status=\"error\"}[30d])) / sum(increase(tda_messages_total[30d])) > 0.001",
        "sum(tda_messages_total) / (time() - max({__name__=~\".+_start_time_seconds|.+\"})) > 5",
        "rate((tda_messages_total * on (job, instance) group_left up)[5m:])",
        "(sum(rate(tda_messages_total{status=\"error\"}[5m])) or vector(0)) / sum(rate(tda_messages_total[5m])) > 0.05",
        "delta(sum(rate(tda_messages_total[5m]))[1h:5m]) < 0",
        "deriv(histogram_quantile(0.9, rate(tda_latency_seconds_bucket[5m]))[1h:1m]) > 0",
        "rate(tda_latency_seconds_bucket[5m]) / ignoring (le) group_left rate(tda_latency_seconds_count[5m]) > 0.9",
        "max_over_time(tda_queue_depth[15s])", "avg_over_time(tda_queue_depth[15s])",
        "sum_over_time(tda_queue_depth[15s])", "rate(tda_messages_total[1m:])", "rate(tda_messages_total[1m:5s])",
        "max_over_time(tda_queue_depth[10s:5s])",
        "tda_queue_depth / on (topic, job, instance) sum by (topic, job, instance) (tda_queue_depth)",
        "tda_queue_depth / on (job) group_left sum by (job) (tda_queue_depth)",
        "topk(1, tda_queue_depth) / on () sum(tda_queue_depth)",
        "tda_queue_depth{topic=\"tda.jobs\"} / on (job, instance) tda_connection_status",
        "(tda_queue_depth > 5) * on (job, instance) tda_connection_status",
        "rate(tda_messages_total{status=\"error\"}[5m]) / ignoring (status) group_left rate(tda_messages_total{status=\"success\"}[5m])",
        "tda_messages_total - on (status, job, instance) sum by (status, job, instance) (tda_messages_total)",
        "rate(tda_latency_seconds_bucket{le=\"0.5\"}[5m]) / ignoring (le) rate(tda_latency_seconds_count[5m]) < 0.9",
        "quantile(2 ^ -1, tda_queue_depth)", "quantile(1 > bool 2, tda_queue_depth)",
    ]
}
