import ContractModel
import MetricsCompiler
import PromQL

/// Checks alerts against the metrics that they query, and their templates against the labels of their results.
struct AlertChecker {
    private let contract: Contract
    private let catalog: MetricCatalog
    let scrapeInterval: Duration
    let targetLabels: [String]
    /// The names of the exported series.
    let scraped: Set<String>

    /// A longer `for` is probably a typo: by default, Prometheus keeps its data for 15 days.
    private static let maximumHold = Duration.day * 15

    init(_ contract: Contract, _ metrics: CompiledMetrics, recordings: [RecordingRule]) {
        self.contract = contract
        scrapeInterval = metrics.scrapeInterval
        targetLabels = contract.metrics?.targetLabels.map(\.value) ?? []
        catalog = metrics.catalog(recordings: recordings, targetLabels: targetLabels)
        scraped = Set(
            metrics.families.flatMap { family in
                family.kind == .histogram ? ["_bucket", "_sum", "_count"].map { family.name + $0 } : [family.name]
            })
    }

    /// The checker of the expressions of all alerts.
    var expressions: ExpressionChecker { ExpressionChecker(catalog) }

    /// - Parameter allowances: The rules that the alert may break.
    func check(_ alert: CompiledAlert, allowances: inout Allowances, diagnostics: inout Diagnostics) {
        let checker = expressions
        let source = alert.source ?? Located("", at: alert.conditionLocation)
        var findings = alert.expression.findings
        let expression = alert.expression.tree
        if let expression {
            findings += checker.check(expression) + resultFindings(expression, checker)
            // The window of an intent is checked at its own place.
            if alert.source == nil { findings.removeAll { $0.rule == .shortRange } }
        } else {
            allowances.keepAll()
        }
        report(findings, in: source, allowances: &allowances, diagnostics: &diagnostics)
        checkReplacementCharacter(alert, diagnostics: &diagnostics)

        // The labels of an invalid expression are unknown.
        let labels = expression.map(checker.labels) ?? .unknown
        let value = expression.map(checker.value)
        for text in alert.annotations + alert.labels {
            report(
                AnnotationTemplate.check(text.text, labels: labels, value: value, queries: checker),
                in: Located(text.text, at: text.location), allowances: &allowances, diagnostics: &diagnostics)
        }
        checkRunbook(alert, diagnostics: &diagnostics)
        checkLabels(alert, yielded: labels, allowances: &allowances, diagnostics: &diagnostics)
        if let expression { checkStaleness(alert, expression, allowances: &allowances, diagnostics: &diagnostics) }
        checkDuration(alert, expression, allowances: &allowances, diagnostics: &diagnostics)
        AlertTestChecker(contract: contract, checker: checker)
            .check(alert, expression, allowances: &allowances, diagnostics: &diagnostics)
    }

    /// Reports U+FFFD: Prometheus prints the expression of a rule and parses it again, and then takes this character for
    /// bytes that are not UTF-8.
    private func checkReplacementCharacter(_ alert: CompiledAlert, diagnostics: inout Diagnostics) {
        guard alert.expression.text.lowercased().contains(#"\ufffd"#) else { return }
        diagnostics.error(
            .promQLSyntax, at: alert.source?.location ?? alert.location,
            "Prometheus cannot evaluate an expression with the replacement character, U+FFFD",
            hint: "check the encoding of the text")
    }

    /// Reports a runbook that is not the address of a page.
    private func checkRunbook(_ alert: CompiledAlert, diagnostics: inout Diagnostics) {
        guard let runbook = alert.annotations.first(where: { $0.name == "runbook_url" }) else { return }
        // The beginning may come from a template.
        let isURL = runbook.text.wholeMatch(of: /(https?:\/\/[^\s\/]|\{\{)\S.*/) != nil && !Self.hasBlanks(runbook.text)
        guard !isURL else { return }
        diagnostics.warning(
            .runbookURL, at: runbook.location, "the runbook '\(runbook.text)' is not a URL",
            hint: "expected an address that can be opened, such as https://wiki.example.com/runbooks/\(alert.name)")
    }

    /// Returns whether a string has spaces outside of actions.
    private static func hasBlanks(_ text: String) -> Bool {
        text.replacing(/\{\{.*?\}\}/, with: "").contains(where: \.isWhitespace)
    }

    /// Returns the findings of the type of the result. An alert fires for each series of a vector, or for a number.
    private func resultFindings(_ expression: Expression, _ checker: ExpressionChecker) -> [Finding] {
        switch expression.type {
        case .vector, .scalar: checker.findings(ofAlert: expression)
        case .matrix, .string:
            [
                Finding(
                    .promQLType, expression.range,
                    "an alert's expression must be an instant vector, found \(expression.type.described)",
                    hint: expression.type == .matrix ? "apply rate(...) or another function" : nil)
            ]
        }
    }

    private func report(
        _ findings: [Finding], in text: Located<String>, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        let findings = findings.filter { !allowances.excuses($0.rule) }
        guard !findings.isEmpty else { return }
        let places = contract.places(in: text)
        for finding in findings {
            diagnostics.append(
                Diagnostic(
                    finding.rule.level == .warning ? .warning : .error, finding.rule,
                    at: places.location(ofByte: finding.range.lowerBound), finding.message, hint: finding.hint))
        }
    }

    private func checkDuration(
        _ alert: CompiledAlert, _ expression: Expression?, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        // Alerts of objectives and of the producer have generated durations.
        guard alert.holdLocation != alert.location, let (message, hint) = problem(ofHold: alert.holdsFor, expression),
            !allowances.excuses(.alertDuration)
        else { return }
        diagnostics.error(.alertDuration, at: alert.holdLocation, message, hint: hint)
    }

    /// Describes a `for` that has no effect, or that no condition can satisfy.
    private func problem(
        ofHold holdsFor: Duration, _ expression: Expression?
    ) -> (message: String, hint: String)? {
        if holdsFor > .zero, holdsFor < scrapeInterval {
            return (
                "'for' is shorter than the \(PromQLText.duration(scrapeInterval)) between two scrapes: "
                    + "it has no effect",
                "remove it, or expect at least \(PromQLText.duration(scrapeInterval * 2))"
            )
        }
        if let limit = expression.flatMap(HoldLimit.longest), holdsFor >= limit {
            return (
                "'for' is \(PromQLText.duration(holdsFor)), but the expression holds for less than "
                    + "\(PromQLText.duration(limit)) at a time",
                "expected less than that"
            )
        }
        guard holdsFor > Self.maximumHold else { return nil }
        return (
            "'for' is \(PromQLText.duration(holdsFor)), longer than Prometheus keeps data",
            "expected at most \(PromQLText.duration(Self.maximumHold))"
        )
    }
}
