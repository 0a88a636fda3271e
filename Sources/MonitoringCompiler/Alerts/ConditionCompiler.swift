import ContractModel

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

    /// - Returns: `nil` where the intent can't be made into a query; a diagnostic says why.
    func compile(_ condition: AlertCondition, diagnostics: inout Diagnostics) -> Outcome? {
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
            guard let target = target(selection, [.counter], "rate_above", diagnostics: &diagnostics) else {
                return nil
            }
            let rate = PromQLText.sum("rate(\(target.selector)[\(target.window)])", by: target.grouping)
            let series = SeriesMaker(target, holdsFor: holdsFor)
            return Outcome(
                expression: "\(rate) > \(PromQLText.number(value.value))",
                tests: [
                    series.test(fires: true, [series.growing(by: max(2 * value.value, value.value + 1))]),
                    series.test(fires: false, [series.growing(by: max(0, value.value / 2))]),
                ])
        case .above(let selection, let value):
            guard let target = target(selection, [.gauge], "above", diagnostics: &diagnostics) else { return nil }
            return comparison(target, ">", value.value, firing: value.value + 1, quiet: value.value)
        case .equals(let selection, let value):
            guard let target = target(selection, [.gauge], "equals", diagnostics: &diagnostics) else { return nil }
            return comparison(target, "==", value.value, firing: value.value, quiet: value.value + 1)
        case .silent(let selection):
            return silent(selection, diagnostics: &diagnostics)
        case .absent(let selection):
            guard
                let target = target(selection, [.counter, .gauge, .histogram], "absent", diagnostics: &diagnostics)
            else { return nil }
            let name = target.family.kind == .histogram ? target.family.name + "_count" : target.family.name
            let selector = PromQLText.selector(name, target.matching)
            let series = SeriesMaker(target, holdsFor: holdsFor)
            return Outcome(
                expression: "absent(\(selector))",
                tests: [
                    series.test(fires: true, from: 0, []), series.test(fires: false, [series.constant(1, named: name)]),
                ])
        }
    }

    /// The family that an intent selects from, if it is of a kind that the intent can look at.
    func target(
        _ selection: MetricSelection, _ kinds: [MetricKind], _ intent: String, diagnostics: inout Diagnostics
    ) -> MetricTarget? {
        guard let family = metrics[selection.family.value] else {
            diagnostics.error(
                .unknownMetric, at: selection.family.location, "there is no metric '\(selection.family.value)'",
                hint: Suggestion.hint(for: selection.family.value, among: metrics.families.map(\.name)))
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
        for label in selection.matching.map(\.name) + selection.grouping where !known.contains(label.value) {
            diagnostics.error(
                .unknownMetricLabel, at: label.location, "\(family.name) has no label '\(label.value)'",
                hint: known.isEmpty ? "it has no labels" : Suggestion.hint(for: label.value, among: known))
            isSound = false
        }
        for match in selection.matching {
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
            grouping: selection.grouping.map(\.value), windowLength: window)
    }

    // MARK: Intents

    private func comparison(
        _ target: MetricTarget, _ comparator: String, _ value: Double, firing: Double, quiet: Double
    ) -> Outcome {
        let series = SeriesMaker(target, holdsFor: holdsFor)
        return Outcome(
            expression: "\(target.selector) \(comparator) \(PromQLText.number(value))",
            tests: [
                series.test(fires: true, [series.constant(firing)]),
                series.test(fires: false, [series.constant(quiet)]),
            ])
    }

    /// Silence is that nothing grows, once it has been watched for the whole window: a service that has just started
    /// has not been silent for long. It is also that nobody speaks: a service that is gone has no series that could
    /// fail to grow.
    private func silent(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Outcome? {
        guard let target = target(selection, [.counter], "silent", diagnostics: &diagnostics) else { return nil }
        let range = "\(target.selector)[\(target.window)]"
        let growth = PromQLText.sum("increase(\(range))", by: target.grouping)
        let before = PromQLText.sum("count_over_time(\(range) offset \(target.window))", by: target.grouping)
        let series = SeriesMaker(target, holdsFor: holdsFor, windows: 2)
        var outcome = Outcome(
            expression: "\(growth) == 0 and \(before)",
            tests: [
                series.test(fires: true, from: AlertTest.evaluation(from: target.windowLength), [series.constant(5)]),
                series.test(fires: false, [series.growing(by: 1)]),
            ])
        if let early = series.test(before: target.windowLength, [series.constant(0)]) { outcome.tests.append(early) }
        // Of what is gone only those labels are known that the selection states.
        if target.grouping.allSatisfy({ label in target.matching.contains { $0.0 == label } }) {
            let absence = PromQLText.sum("absent_over_time(\(range))", by: target.grouping)
            outcome.expression = "(\(outcome.expression)) or \(absence)"
            outcome.tests.append(series.test(fires: true, from: 0, []))
        }
        return outcome
    }

    private func quantileAbove(
        _ selection: MetricSelection, _ quantile: Located<Double>, _ value: Located<Double>,
        diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.histogram], "quantile_above", diagnostics: &diagnostics) else {
            return nil
        }
        guard quantile.value > 0, quantile.value < 1 else {
            diagnostics.error(
                .quantileRange, at: quantile.location, "there is no quantile \(PromQLText.number(quantile.value))",
                hint: "expected a number between 0 and 1, such as 0.95")
            return nil
        }
        guard let last = target.family.buckets.last, value.value < last else {
            diagnostics.error(
                .neverMatches, at: value.location,
                "no quantile of \(target.family.name) is ever above its last bucket, "
                    + PromQLText.number(target.family.buckets.last ?? 0),
                hint: "expected a smaller value, or buckets that reach further")
            return nil
        }
        let buckets = PromQLText.selector(target.family.name + "_bucket", target.matching)
        let rate = PromQLText.sum("rate(\(buckets)[\(target.window)])", by: ["le"] + target.grouping)
        let series = SeriesMaker(target, holdsFor: holdsFor)
        return Outcome(
            expression: "histogram_quantile(\(PromQLText.number(quantile.value)), \(rate)) > "
                + PromQLText.number(value.value),
            tests: [
                series.test(fires: true, series.buckets(observedAbove: value.value)),
                series.test(fires: false, series.buckets(observedUpTo: value.value)),
            ])
    }

    private func errorRatioAbove(
        _ selection: MetricSelection, _ value: Located<Double>, diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.counter], "error_ratio_above", diagnostics: &diagnostics) else {
            return nil
        }
        guard !target.matching.isEmpty else {
            diagnostics.error(
                .alertIntent, at: selection.family.location, "'error_ratio_above' does not say which events are errors",
                hint: "add 'where:', such as {status: error}")
            return nil
        }
        guard target.canTellErrors(selection, diagnostics: &diagnostics) else { return nil }
        guard (0..<1).contains(value.value) else {
            diagnostics.error(
                .neverMatches, at: value.location, "no ratio is above \(PromQLText.number(value.value))",
                hint: "expected a number from 0 to 1, such as 0.05")
            return nil
        }
        let series = SeriesMaker(target, holdsFor: holdsFor)
        let ratio = min(1, max(2 * value.value, (1 + value.value) / 2))
        return Outcome(
            expression: "\(target.errorRatio(over: target.window)) > \(PromQLText.number(value.value))",
            tests: [
                series.test(fires: true, series.events(badShare: ratio)),
                series.test(fires: false, series.events(badShare: value.value / 2)),
            ])
    }
}

/// The series that an intent selects.
struct MetricTarget {
    let metrics: CompiledMetrics
    let family: CompiledFamily
    let matching: [(String, String)]
    let grouping: [String]
    /// In milliseconds.
    let windowLength: Int

    var window: String { PromQLText.duration(windowLength) }
    var selector: String { PromQLText.selector(family.name, matching) }

    /// Whether there are others beside the selected events where the labels of `by` are kept apart: else all that there
    /// is would be selected, and its share always 1.
    func canTellErrors(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Bool {
        guard matching.allSatisfy({ grouping.contains($0.0) }), let first = selection.grouping.first else {
            return true
        }
        let names = matching.map { "'\($0.0)'" }.joined(separator: " and ")
        diagnostics.error(
            .alertIntent, at: first.location, "'by' keeps apart what 'where' selects by, so the share is always 1",
            hint: "take \(names) out of 'by'")
        return false
    }

    /// The share of the selected events among all of them.
    func errorRatio(over window: String) -> String {
        let bad = PromQLText.sum("rate(\(selector)[\(window)])", by: grouping)
        let all = PromQLText.sum("rate(\(family.name)[\(window)])", by: grouping)
        return "\(bad) / \(all)"
    }
}
