import ContractModel
import MetricsCompiler
import PromQL

/// A compiler of an alert's intent to an expression and its tests.
struct ConditionCompiler {
    /// The compiled condition.
    struct Outcome {
        var expression: RuleExpression
        var tests: [AlertTest] = []

        init(_ expression: Expression, tests: [AlertTest]) {
            (self.expression, self.tests) = (RuleExpression(expression), tests)
        }

        init(parsing text: String) { expression = RuleExpression(parsing: text) }
    }

    static let defaultWindow = Duration.minute * 5

    let metrics: CompiledMetrics
    let holdsFor: Duration
    var keepsFiringFor = Duration.zero

    /// - Returns: `nil`, with a diagnostic, if the intent is invalid.
    func compile(_ condition: AlertCondition, diagnostics: inout Diagnostics) -> Outcome? {
        guard numbers(of: condition).allSatisfy({ isMeasurable($0, diagnostics: &diagnostics) }) else { return nil }
        var outcome = intent(condition, diagnostics: &diagnostics)
        outcome?.tests.removeAll { !TestClock.isLoadable($0) }
        return outcome
    }

    private func numbers(of condition: AlertCondition) -> [Located<Double>] {
        switch condition {
        case .quantileAbove(_, let quantile, let value): [quantile, value]
        case .errorRatioAbove(_, let value), .rateAbove(_, let value), .above(_, let value), .equals(_, let value):
            [value]
        case .expression, .silent, .absent, .objective: []
        }
    }

    private static let measurable = 1e-9...1e18

    /// Checks that a limit is in a range in which values just above and just below it are distinct.
    private func isMeasurable(_ number: Located<Double>, diagnostics: inout Diagnostics) -> Bool {
        let magnitude = abs(number.value)
        if magnitude == 0 || Self.measurable.contains(magnitude) { return true }
        diagnostics.error(
            .alertIntent, at: number.location,
            "\(PromQLText.number(number.value)) is too \(magnitude > 1 ? "large" : "small") for a limit",
            hint: "expected 0, or a number from 1e-9 to 1e18 or its negative")
        return false
    }

    private func intent(_ condition: AlertCondition, diagnostics: inout Diagnostics) -> Outcome? {
        switch condition {
        case .expression(let expression):
            return Outcome(parsing: expression.value)
        case .objective:
            return nil
        case .quantileAbove(let selection, let quantile, let value):
            return quantileAbove(selection, quantile, value, diagnostics: &diagnostics)
        case .errorRatioAbove(let selection, let value):
            return errorRatioAbove(selection, value, diagnostics: &diagnostics)
        case .rateAbove(let selection, let value):
            return rateAbove(selection, value, diagnostics: &diagnostics)
        case .above(let selection, let value):
            return comparison(selection, "above", .greater, value.value, diagnostics: &diagnostics)
        case .equals(let selection, let value):
            return comparison(selection, "equals", .equal, value.value, diagnostics: &diagnostics)
        case .silent(let selection):
            return silent(selection, diagnostics: &diagnostics)
        case .absent(let selection):
            return absent(selection, diagnostics: &diagnostics)
        }
    }

    /// - Parameter window: The range of the condition.
    func clock(window: Duration) -> TestClock {
        .coarse(window: window, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor)
    }

    /// Checks the selection of an intent, and returns its target.
    func target(
        _ selection: MetricSelection, _ kinds: [MetricKind], _ intent: String, diagnostics: inout Diagnostics
    ) -> MetricTarget? {
        guard let family = metrics[selection.family.value] else {
            diagnostics.error(
                .unknownMetric, at: selection.family.location, "unknown metric '\(selection.family.value)'",
                hint: Suggestion.hint(for: selection.family.value, among: metrics.families.lazy.map(\.name)))
            return nil
        }
        guard kinds.contains(family.kind) else {
            diagnostics.error(
                .alertIntent, at: selection.family.location,
                "'\(intent)' needs a \(kinds.map(\.rawValue).joined(separator: " or ")), but \(family.name) is a "
                    + family.kind.rawValue)
            return nil
        }
        let known = family.labels.map(\.name)
        var isValid = true
        for label in (selection.matching + selection.scope).map(\.name) + selection.grouping
        where !known.contains(label.value) {
            diagnostics.error(
                .unknownMetricLabel, at: label.location, "\(family.name) has no label '\(label.value)'",
                hint: known.isEmpty ? "it has no labels" : Suggestion.hint(for: label.value, among: known))
            isValid = false
        }
        for match in selection.matching + selection.scope {
            guard let label = family.labels.first(where: { $0.name == match.name.value }),
                let type = metrics.labelType(label), !type.values.contains(where: { $0.text == match.text.value })
            else { continue }
            diagnostics.error(
                .impossibleLabelValue, at: match.text.location,
                "the label '\(label.name)' of \(family.name) never has the value '\(match.text.value)'",
                hint: Suggestion.hint(for: match.text.value, among: type.values.map(\.text)))
            isValid = false
        }
        let window = selection.window?.value ?? Self.defaultWindow
        if let written = selection.window, written.value < metrics.scrapeInterval * 2 {
            diagnostics.error(
                .rangeTooShort, at: written.location,
                "\(PromQLText.duration(written.value)) is shorter than two scrapes, which are "
                    + "\(PromQLText.duration(metrics.scrapeInterval)) apart",
                hint: "expected at least \(PromQLText.duration(metrics.scrapeInterval * 2))")
            isValid = false
        }
        guard isValid else { return nil }
        return MetricTarget(
            metrics: metrics, family: family, matching: selection.matching.map { ($0.name.value, $0.text.value) },
            scope: selection.scope.map { ($0.name.value, $0.text.value) }, grouping: selection.grouping.map(\.value),
            window: window, minimumEvents: selection.minimumEvents?.value)
    }
}
