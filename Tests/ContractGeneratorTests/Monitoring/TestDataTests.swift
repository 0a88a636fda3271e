import Foundation
import PromQL
import TestSupport
import Testing

@testable import MonitoringCompiler

@Suite("The samples of a test's series that a query sees")
struct TestDataTests {
    /// The series `up{job="a"}` has the values; each is a minute after the one before, and 20 minutes are over.
    static let cases: [(expression: String, values: String, sees: Bool)] = [
        ("up", "1x20", true), ("up", "1x16", true), ("up", "1x14", false), ("up", "_x20", false), ("up", "", false),
        ("up", "1x15", true), ("up", "1x18 stale", false), ("up", "1x15 stale _x3", false),
        ("up", "1 stale 1x17", true), ("count_over_time(up[5m])", "1x18 stale", true), ("down", "1x20", false),
        ("up{job='a'}", "1x20", true),
        ("up{job='b'}", "1x20", false), ("up{job=~'a|b'}", "1x20", true), ("up{job!~'a|b'}", "1x20", false),
        ("up{job='a',env=''}", "1x20", true), ("up{env!=''}", "1x20", false), ("{job='a'}", "1x20", true),
        ("{__name__=~'u.'}", "1x20", true), ("{__name__!='up',job='a'}", "1x20", false),
        ("up offset 10m", "1x9", true), ("up offset 10m", "_x11 1x8", false), ("up offset -5m", "1x20", true),
        ("up offset -6m", "1x20", false),
        ("count_over_time(up[3m])", "1x18", true), ("count_over_time(up[3m])", "1x16", false),
        ("rate(up[3m])", "1x19", true), ("rate(up[90s])", "1x19", false), ("rate(up[3m])", "1x18 _x5", true),
        ("rate(up[3m])", "1x17 _x5", false),
        ("delta(up[10m] offset 15m)", "1x20", true), ("delta(up[10m] offset 20m)", "1x20", false),
        ("max_over_time(up[10m:1m])", "1x7", true), ("max_over_time(up[10m:1m])", "1x4", false),
        ("rate(up[10m:1m])", "1x12", true), ("max_over_time(rate(up[2m])[10m:1m])", "1x12", true),
        ("max_over_time(rate(up[2m])[10m:1m])", "1x8", false),
        ("up + up", "1x20", true), ("up + down", "1x20", false), ("up or down", "1x20", true),
        ("down or up", "1x20", true), ("down unless up", "1x20", false), ("up unless down", "1x20", true),
        ("up and down", "1x20", false), ("sum by (job) (up)", "1x20", true), ("sum(down)", "1x20", false),
        ("absent(up)", "", true), ("absent_over_time(up[1m])", "", true), ("vector(1)", "", true),
        ("-up * 2", "1x20", true), ("(up > 0) and on () hour() < 24", "1x20", true),
        ("abs(up)", "1x20", true), ("abs(down)", "1x20", false), ("scalar(down) * vector(1)", "1x20", true),
    ]

    @Test("promtool returns the same")
    func agreement() throws {
        for (text, values, sees) in Self.cases {
            var findings: [Finding] = []
            let expression = try #require(Expression.parse(text, findings: &findings), "\(text): \(findings)")
            let series = TestData.Series(name: "up", labels: ["job": "a"], values: try SeriesValues(values))
            let data = TestData(series: [series], interval: .minute)
            #expect(data.mayYield(expression, .init(time: .minute * 20)) == sees, "\(text) of \(values)")
            #expect(try Self.promtoolSees(text, values) == sees, "\(text) of \(values), by promtool")
        }
    }

    @Test("expressions with the @ modifier are left to Prometheus")
    func fixedMoment() throws {
        let series = TestData.Series(name: "up", labels: [:], values: try SeriesValues("1x5"))
        let data = TestData(series: [series], interval: .minute)
        for text in ["up @ 60", "max_over_time(up[1m:1m] @ 60)"] {
            var findings: [Finding] = []
            let expression = try #require(Expression.parse(text, findings: &findings))
            #expect(data.mayYield(expression, .init(time: .minute * 20)), "\(text)")
        }
    }

    /// Whether a query has any result.
    private static func promtoolSees(_ expression: String, _ values: String) throws -> Bool {
        let test = """
            {"evaluation_interval": "1m", "tests": [{
              "interval": "1m", "input_series": [{"series": "up{job='a'}", "values": "\(values)"}],
              "promql_expr_test": [{"expr": "\(expression)", "eval_time": "20m", "exp_samples": []}]
            }]}
            """
        return try Contracts.inFolder(["test.yaml": test]) { folder in
            let run = try OutsideProgram.promtool().run("test", "rules", "test.yaml", in: folder)
            #expect(run.status == 0 || run.output.contains("got:"), "\(expression): \(run.output)")
            return run.status != 0
        }
    }
}
