import ContractModel
import MetricsCompiler

/// Makes PromQL of an alert's intent, and the series that prove the alert right.
struct ConditionCompiler {
    /// What an intent becomes.
    struct Outcome {
        var expression: String
        var tests: [AlertTest] = []
    }

    static let defaultWindow = 5 * 60_000

    let metrics: CompiledMetrics
    let holdsFor: Int
    var keepsFiringFor = 0

    /// - Returns: `nil` where the intent can't be made into a query; a diagnostic says why.
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

    /// Whether values just above and just below a number can be told apart, and added up over a window.
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
            return Outcome(expression: expression.value)
        case .objective:
            return nil
        case .quantileAbove(let selection, let quantile, let value):
            return quantileAbove(selection, quantile, value, diagnostics: &diagnostics)
        case .errorRatioAbove(let selection, let value):
            return errorRatioAbove(selection, value, diagnostics: &diagnostics)
        case .rateAbove(let selection, let value):
            return rateAbove(selection, value, diagnostics: &diagnostics)
        case .above(let selection, let value):
            return comparison(selection, "above", ">", value.value, diagnostics: &diagnostics)
        case .equals(let selection, let value):
            return comparison(selection, "equals", "==", value.value, diagnostics: &diagnostics)
        case .silent(let selection):
            return silent(selection, diagnostics: &diagnostics)
        case .absent(let selection):
            return absent(selection, diagnostics: &diagnostics)
        }
    }

    /// - Parameter window: The range that the condition looks at, in milliseconds.
    func clock(window: Int) -> TestClock {
        TestClock(window: window, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor)
    }

    /// The family that an intent selects from, if it is of a kind that the intent can look at.
    func target(
        _ selection: MetricSelection, _ kinds: [MetricKind], _ intent: String, diagnostics: inout Diagnostics
    ) -> MetricTarget? {
        guard let family = metrics[selection.family.value] else {
            diagnostics.error(
                .unknownMetric, at: selection.family.location, "there is no metric '\(selection.family.value)'",
                hint: Suggestion.hint(for: selection.family.value, among: metrics.families.lazy.map(\.name)))
            return nil
        }
        guard kinds.contains(family.kind) else {
            diagnostics.error(
                .alertIntent, at: selection.family.location,
                "'\(intent)' looks at a \(kinds.map(\.rawValue).joined(separator: " or ")), and \(family.name) is a "
                    + family.kind.rawValue)
            return nil
        }
        let known = family.labels.map(\.name)
        var isSound = true
        for label in (selection.matching + selection.scope).map(\.name) + selection.grouping
        where !known.contains(label.value) {
            diagnostics.error(
                .unknownMetricLabel, at: label.location, "\(family.name) has no label '\(label.value)'",
                hint: known.isEmpty ? "it has no labels" : Suggestion.hint(for: label.value, among: known))
            isSound = false
        }
        for match in selection.matching + selection.scope {
            guard let label = family.labels.first(where: { $0.name == match.name.value }),
                let type = metrics.labelType(label), !type.values.contains(where: { $0.text == match.text.value })
            else { continue }
            diagnostics.error(
                .impossibleLabelValue, at: match.text.location,
                "the label '\(label.name)' of \(family.name) is never '\(match.text.value)'",
                hint: Suggestion.hint(for: match.text.value, among: type.values.map(\.text)))
            isSound = false
        }
        if family.kind == .gauge, let location = selection.window?.location ?? selection.grouping.first?.location {
            diagnostics.error(
                .alertIntent, at: location, "'\(intent)' looks at a gauge as it is, without 'window' and 'by'",
                hint: "take them out, or write the query as 'expr'")
            isSound = false
        }
        let window = selection.window?.value ?? Self.defaultWindow
        if let written = selection.window, written.value < 2 * metrics.scrapeInterval {
            diagnostics.error(
                .rangeTooShort, at: written.location,
                "\(PromQLText.duration(written.value)) is shorter than two scrapes, which are "
                    + "\(PromQLText.duration(metrics.scrapeInterval)) apart",
                hint: "expected at least \(PromQLText.duration(2 * metrics.scrapeInterval))")
            isSound = false
        }
        guard isSound else { return nil }
        return MetricTarget(
            metrics: metrics, family: family, matching: selection.matching.map { ($0.name.value, $0.text.value) },
            scope: selection.scope.map { ($0.name.value, $0.text.value) }, grouping: selection.grouping.map(\.value),
            windowLength: window, minimumEvents: selection.minimumEvents?.value)
    }
}
