import ContractModel
import MetricsCompiler
import PromQL

/// Holds the tests that an alert declares against the metrics that there are, and asks whether they can prove anything.
struct AlertTestChecker {
    let contract: Contract
    let checker: QueryChecker

    /// - Parameter query: The alert's; `nil` where it can't be read.
    func check(
        _ alert: CompiledAlert, _ query: Query?, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        var isTold = false
        for test in alert.declaredTests {
            guard let series = series(of: test, allowances: &allowances, diagnostics: &diagnostics) else {
                isTold = true
                continue
            }
            // Series that the matchers leave out are what proves them, where the alert must not fire.
            let data = TestData(
                series: series, interval: Int64(AlertTest.evaluationInterval), heedsMatchers: test.fires.value)
            let time = Int64(AlertTest.writtenEvaluation(holdsFor: alert.holdsFor))
            if let query, !data.mayYield(query, .init(time: time)) {
                isTold = true
                tellEmpty(test, at: time, of: alert, allowances: &allowances, diagnostics: &diagnostics)
            }
        }
        let isProven = alert.tests.contains(where: \.fires) && alert.tests.contains { !$0.fires }
        // What an objective or the producer's alerts become, we prove ourselves.
        guard alert.origin == .declared, !isTold, !isProven, !allowances.excuses(.untestedAlert) else { return }
        diagnostics.warning(
            .untestedAlert, at: alert.location,
            "nothing proves that '\(alert.name)' fires when it should, and only then",
            hint: "add 'tests:' with series for which it must fire, and others for which it must not")
    }

    private func tellEmpty(
        _ test: AlertTestDeclaration, at time: Int64, of alert: CompiledAlert, allowances: inout Allowances,
        diagnostics: inout Diagnostics
    ) {
        if allowances.excuses(.untestedAlert) { return }
        diagnostics.warning(
            .untestedAlert, at: test.fires.location,
            "the expression of '\(alert.name)' sees nothing of these series after \(PromQLText.duration(Int(time))), when it is looked at, so "
                + (test.fires.value ? "the alert can't fire" : "the test proves nothing"),
            hint: "give series that it selects, with values a minute apart until then, such as "
                + "'0x\(Int(time) / AlertTest.evaluationInterval)'")
    }

    // MARK: Series

    /// - Returns: `nil` where one can't be read.
    private func series(
        of test: AlertTestDeclaration, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) -> [TestData.Series]? {
        var read: [TestData.Series] = []
        for written in test.series {
            let name = selector(written.name, allowances: &allowances, diagnostics: &diagnostics)
            let values = values(written.text, diagnostics: &diagnostics)
            guard let (name, labels) = name, let values else { continue }
            read.append(TestData.Series(name: name, labels: labels, values: values))
        }
        return read.count == test.series.count ? read : nil
    }

    /// A series as promtool takes it: a name, and labels each of which has a value.
    private func selector(
        _ text: Located<String>, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) -> (name: String, labels: [String: String])? {
        var findings: [Finding] = []
        let query = Query.parse(text.value, findings: &findings)
        guard let query, case .selector(let selector) = query.node, let name = selector.name,
            selector.window == nil, selector.time.offset == nil, selector.time.at == nil,
            selector.matchers.allSatisfy({ $0.operation == .equal })
        else {
            let offset = findings.first?.range.lowerBound ?? 0
            diagnostics.error(
                .alertTest, at: contract.places(in: text).location(ofByte: offset),
                "'\(text.value)' is no series" + (findings.first.map { ": \($0.message)" } ?? ""),
                hint: "expected a metric and its labels, such as up{job=\"shop\"}")
            return nil
        }
        let found = checker.check(query).filter { !allowances.excuses($0.rule) }
        let places = found.isEmpty ? nil : contract.places(in: text)
        for finding in found {
            diagnostics.error(
                finding.rule, at: places?.location(ofByte: finding.range.lowerBound) ?? text.location,
                finding.message, hint: finding.hint)
        }
        guard found.isEmpty else { return nil }
        let labels = selector.matchers.map { ($0.label.text, $0.value.text) }
        return (name.text, Dictionary(labels) { first, _ in first })
    }

    private func values(_ text: Located<String>, diagnostics: inout Diagnostics) -> SeriesValues? {
        do throws(SeriesValues.Failure) {
            return try SeriesValues(text.value)
        } catch {
            diagnostics.error(
                .alertTest, at: contract.places(in: text).location(ofByte: error.offset), error.message,
                hint: "expected values such as '5', '0x20' (21 times 0), '0+60x20' (each 60 more) and '_' (none)")
            return nil
        }
    }
}
