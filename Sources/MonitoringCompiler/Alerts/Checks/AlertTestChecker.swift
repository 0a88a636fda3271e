import ContractModel
import MetricsCompiler
import PromQL

/// Checks the declared tests of an alert against the metrics, and reports tests that prove nothing.
struct AlertTestChecker {
    let contract: Contract
    let checker: ExpressionChecker

    /// - Parameter expression: The expression of the alert; `nil` if it is invalid.
    func check(
        _ alert: CompiledAlert, _ expression: Expression?, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        var isReported = false
        for test in alert.declaredTests {
            guard let series = series(of: test, allowances: &allowances, diagnostics: &diagnostics) else {
                isReported = true
                continue
            }
            // If the alert must not fire, series that its matchers exclude prove the matchers.
            let data = TestData(
                series: series, interval: AlertTest.evaluationInterval, usesMatchers: test.fires.value)
            let time = AlertTest.writtenEvaluation(holdsFor: alert.holdsFor)
            guard let expression else { continue }
            let outcome = AlertTestOutcome(alert: alert, expression: expression, series: series)
            if readsOnlySeriesOfTests(expression),
                let contradiction = outcome.contradiction(fires: test.fires.value)
            {
                isReported = true
                diagnostics.error(
                    .wrongAlertTest, at: test.fires.location, contradiction.message, hint: contradiction.hint)
            } else if !data.mayYield(expression, .init(time: time)) {
                isReported = true
                reportEmpty(test, at: time, of: alert, allowances: &allowances, diagnostics: &diagnostics)
            }
        }
        let hasFiring = alert.tests.contains(where: \.fires)
        let hasQuiet = alert.tests.contains { !$0.fires }
        // The tests of objectives and of the producer's alerts are generated.
        guard alert.origin == .declared, !isReported, !hasFiring || !hasQuiet, !allowances.excuses(.untestedAlert)
        else {
            return
        }
        let missing = hasFiring ? "no test in which it must not fire" : "no test in which it must fire"
        diagnostics.warning(
            .untestedAlert, at: alert.location,
            "the alert '\(alert.name)' has \(hasFiring || hasQuiet ? missing : "no tests")",
            hint: "add 'tests:' with series for which it must fire, and series for which it must not fire")
    }

    /// Returns whether an expression reads no series that rules write, which a test does not list.
    private func readsOnlySeriesOfTests(_ expression: Expression) -> Bool {
        expression.selectors.allSatisfy { selector in
            selector.name.map { checker.catalog.isScraped($0.text) } ?? false
        }
    }

    private func reportEmpty(
        _ test: AlertTestDeclaration, at time: Duration, of alert: CompiledAlert, allowances: inout Allowances,
        diagnostics: inout Diagnostics
    ) {
        if allowances.excuses(.untestedAlert) { return }
        diagnostics.warning(
            .untestedAlert, at: test.fires.location,
            "the expression of '\(alert.name)' has no result for these series after \(PromQLText.duration(time)), the time "
                + "of the evaluation: " + (test.fires.value ? "the alert cannot fire" : "the test proves nothing"),
            hint: "add series that it selects, with a value each minute until then, such as "
                + "'0x\(time.count(of: AlertTest.evaluationInterval))'")
    }

    // MARK: Series

    /// - Returns: `nil` if one is invalid.
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

    /// Parses a series in promtool's notation: a name and labels with values.
    private func selector(
        _ text: Located<String>, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) -> (name: String, labels: [String: String])? {
        var findings: [Finding] = []
        let expression = Expression.parse(text.value, findings: &findings)
        guard let expression, case .vectorSelector(let selector) = expression.node, let name = selector.name,
            selector.time.offset == nil, selector.time.at == nil,
            selector.matchers.allSatisfy({ $0.operation == .equal })
        else {
            let offset = findings.first?.range.lowerBound ?? 0
            diagnostics.error(
                .alertTest, at: contract.places(in: text).location(ofByte: offset),
                "invalid series '\(text.value)'" + (findings.first.map { ": \($0.message)" } ?? ""),
                hint: "expected a metric and its labels, such as up{job=\"shop\"}")
            return nil
        }
        let found = checker.check(expression).filter { !allowances.excuses($0.rule) }
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
                hint: "expected values such as '5', '0x20' (21 zeros), '0+60x20' (steps of 60) and '_' (no value)")
            return nil
        }
    }
}
