import ContractModel
import PromQL
import Testing

@Suite("PromQL: queries checked against metrics")
struct ExpressionCheckerTests {
    @Test("nonsensical expressions are reported at their place", arguments: metrics + labels + functions + grouping)
    func finding(expected: Case) throws {
        let findings = ExpressionChecker(catalog).check(try parsed(expected.text))
        #expect(findings.map(\.rule) == [expected.rule], "\(findings)")
        let finding = try #require(findings.first)
        #expect(place(finding, in: expected.text) == expected.place)
        if let hint = expected.hint { #expect(finding.hint == hint) }
        #expect(!finding.message.hasSuffix("."))
    }

    @Test("an event has one topic: selecting one of the two determines the other")
    func labelsThatBelongTogether() throws {
        let events = MetricFamily(
            "events_total", .counter,
            labels: [.init("topic", .closed(["a", "b"])), .init("event", .closed(["x", "y", "z"]))])
        let checker = ExpressionChecker(MetricCatalog(families: [events], scrapeInterval: .seconds(15)))
        func rules(_ text: String) throws -> [Rule] { checker.check(try parsed(text)).map(\.rule) }
        #expect(
            try rules("rate(events_total{event=\"x\"}[5m]) / on (instance) rate(events_total{event=\"y\"}[5m])") == [])
        #expect(
            try rules("rate(events_total[5m]) / on (instance) sum by (instance) (rate(events_total[5m]))")
                == [.neverMatches])
    }

    @Test("a hint's range contains enough scrapes, and precedes an offset")
    func suggestedRange() throws {
        let events = MetricFamily("events_total", .counter)
        let checker = ExpressionChecker(MetricCatalog(families: [events], scrapeInterval: .seconds(240)))
        let findings = checker.check(try parsed("events_total offset 1h > 5"))
        #expect(findings.map(\.hint) == ["compare its growth: increase(events_total[16m] offset 1h)"])
    }

    @Test("every expression in a hint is valid itself", arguments: metrics)
    func hintsAreRight(expected: Case) throws {
        guard let hint = expected.hint, let start = hint.firstRange(of: "histogram_quantile") else { return }
        #expect(ExpressionChecker(catalog).check(try parsed(String(hint[start.lowerBound...]))) == [])
    }

    @Test("sensible expressions are not reported", arguments: sensible)
    func clean(text: String) throws {
        #expect(ExpressionChecker(catalog).check(try parsed(text)) == [])
    }

    @Test("all findings of an expression are reported, by their place")
    func severalFindings() throws {
        let text = "rate(tda_queue_depth{topics=\"a\"}[1s]) > tda_nothing{x=\"y\"}"
        let rules = ExpressionChecker(catalog).check(try parsed(text)).map(\.rule)
        #expect(rules == [.rateOfGauge, .rangeTooShort, .unknownMetricLabel, .unknownMetric])
    }

    @Test("the labels that the manifest states for a scrape are known")
    func targetLabels() throws {
        let catalog = MetricCatalog(families: catalog.families, scrapeInterval: .seconds(15), targetLabels: ["pod"])
        for text in [
            "tda_queue_depth{pod=\"a\"}", "sum by (pod) (tda_queue_depth)", "up * on (pod) group_right tda_queue_depth",
        ] {
            #expect(ExpressionChecker(catalog).check(try parsed(text)) == [])
        }
        let nested = ExpressionChecker(catalog).check(try parsed("sum by (pod) (sum without (pod) (tda_queue_depth))"))
        #expect(nested.map(\.rule) == [.unknownGrouping])
    }

    @Test(
        "an alert that always fires is reported",
        arguments: [
            ("tda_queue_depth > bool 5", ">"), ("(sum(up) == bool 0)", "=="), ("1", "1"),
            ("scalar(up) > bool 5", "scalar(up) > bool 5"),
        ])
    func alwaysFires(text: String, at expected: String) throws {
        let findings = ExpressionChecker(catalog).findings(ofAlert: try parsed(text))
        #expect(findings.map(\.rule) == [.alwaysFires])
        #expect(findings.map { place($0, in: text) } == [expected])
    }

    @Test(
        "an alert that can resolve is not reported, nor a deliberate dead man's switch",
        arguments: [
            "tda_queue_depth > 5", "(tda_queue_depth > bool 5) == 1", "vector(1)", "up == 0 and on (job) (up > bool 5)",
        ])
    func canRest(text: String) throws {
        #expect(ExpressionChecker(catalog).findings(ofAlert: try parsed(text)) == [])
    }

    @Test("a message abbreviates long texts in the middle")
    func longWords() throws {
        let word = String(repeating: "x", count: 100_000)
        for text in [word, "up{a=~\"\(word)(\"}", "up{\(word)=\"\"}", "0\(word)", "{__name__=~\"\(word)\"}"] {
            var findings: [Finding] = []
            if let expression = Expression.parse(text, findings: &findings) {
                findings = ExpressionChecker(catalog).check(expression)
            }
            let finding = try #require(findings.first)
            #expect(finding.message.utf8.count <= 400)
            #expect((finding.hint ?? "").utf8.count <= 1200)
        }
    }
}
