import ContractModel
import PrometheusMetrics

/// Makes the rules of a service level objective: the share of bad events over several windows, recorded, and an alert for
/// each pace at which the error budget must not burn (Google, "The Site Reliability Workbook", chapter 5: multiwindow,
/// multi-burn-rate alerts).
struct ObjectiveCompiler {
    /// How much faster than allowed the budget burns, over a long window that shows that it matters and a short one that
    /// shows that it still goes on.
    private struct Pace {
        var factor: Double
        var long: String
        var short: String
    }

    private static let fast = [
        Pace(factor: 14.4, long: "1h", short: "5m"), Pace(factor: 6, long: "6h", short: "30m"),
    ]
    private static let slow = [Pace(factor: 3, long: "1d", short: "2h"), Pace(factor: 1, long: "3d", short: "6h")]
    private static let windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]

    let alert: AlertDeclaration
    let objective: ObjectiveDeclaration
    let target: MetricTarget

    struct Outcome {
        var recordings: [RecordingRule]
        /// The names' endings, expressions, times to hold and severities.
        var alerts: [(suffix: String, expression: String, holdsFor: Int, severity: String, tests: [AlertTest])]
        var objective: CompiledObjective
    }

    func compile(diagnostics: inout Diagnostics) -> Outcome? {
        let percent = objective.percent
        let budget = ((100 - percent.value) * 1e9).rounded() / 1e11
        guard budget > 0, budget * 14.4 < 1 else {
            diagnostics.error(
                .neverMatches, at: percent.location,
                "an objective of \(PromQLText.number(percent.value)) % can't be watched: "
                    + (budget > 0 ? "its budget never burns 14.4 times too fast" : "it leaves no error budget"),
                hint: "expected a number from 93.1 to less than 100, such as 99.9")
            return nil
        }
        guard let good = self.good(diagnostics: &diagnostics) else { return nil }
        let stem = "slo:\(Self.snakeCase(alert.name.value)):error_ratio_rate"
        let recordings = Self.windows.map {
            RecordingRule(name: stem + $0, expression: good($0), labels: target.grouping)
        }
        func expression(_ paces: [Pace]) -> String {
            paces.map { pace in
                let limit = "(\(PromQLText.number(pace.factor)) * \(PromQLText.number(budget)))"
                return "(\(stem)\(pace.long) > \(limit) and \(stem)\(pace.short) > \(limit))"
            }.joined(separator: " or ")
        }
        let minute = 60_000
        return Outcome(
            recordings: recordings,
            alerts: [
                ("FastBurn", expression(Self.fast), 2 * minute, alert.severity.value, fastTests(budget: budget)),
                ("SlowBurn", expression(Self.slow), 15 * minute, "warning", slowTests(budget: budget)),
            ],
            objective: CompiledObjective(
                name: alert.name.value, budget: budget, hourlyRatio: stem + "1h", grouping: target.grouping))
    }

    /// The share of bad events over a window.
    private func good(diagnostics: inout Diagnostics) -> ((String) -> String)? {
        if target.family.kind == .counter {
            guard !target.matching.isEmpty, objective.goodUpTo == nil else {
                diagnostics.error(
                    .alertIntent, at: objective.selection.family.location,
                    "an objective on a counter says with 'where' which events are bad, and has no 'good_up_to'",
                    hint: "add 'where:', such as {status: error}")
                return nil
            }
            guard target.canTellErrors(objective.selection, diagnostics: &diagnostics) else { return nil }
            return { target.errorRatio(over: $0) }
        }
        guard let bound = objective.goodUpTo, target.family.buckets.contains(bound.value) else {
            diagnostics.error(
                .alertIntent, at: objective.goodUpTo?.location ?? objective.selection.family.location,
                "an objective on a histogram says with 'good_up_to' which of its buckets is the last good one",
                hint: "one of: " + target.family.buckets.map(PromQLText.number).joined(separator: ", "))
            return nil
        }
        let all = PromQLText.selector(target.family.name + "_bucket", target.scope + target.matching + [("le", "+Inf")])
        let bucket = goodBuckets(upTo: bound.value)
        return { window in
            let goodRate = PromQLText.sum("rate(\(bucket)[\(window)])", by: target.grouping)
            return "1 - \(goodRate) / \(PromQLText.sum("rate(\(all)[\(window)])", by: target.grouping))"
        }
    }

    /// OpenMetrics writes the bound as `1.0` and the older format as `1`.
    private func goodBuckets(upTo bound: Double) -> String {
        let text = NumberText.bound(bound)
        let isWhole = text != NumberText.canonical(bound)
        let matcher = isWhole ? "le=~\"\(text)(\\\\.0)?\"" : "le=\"\(text)\""
        let others = (target.scope + target.matching).map { "\($0)=\(PromQLText.string($1))" }
        return "\(target.family.name)_bucket{" + (others + [matcher]).joined(separator: ",") + "}"
    }

    // MARK: Tests

    /// What only one of the two pairs of windows sees, and what only a short or only a long window sees.
    private func fastTests(budget: Double) -> [AlertTest] {
        let minute = AlertTest.evaluationInterval
        let series = SeriesMaker(target, holdsFor: 2 * minute)
        let hour = 60 * minute
        var tests = [
            series.fires("just above 6 times the budget", bad(series, [(6 * budget * ConditionCompiler.above, hour)])),
            series.staysQuiet(
                "just below 6 times the budget", at: hour,
                bad(series, [(6 * budget * ConditionCompiler.below, 2 * hour)])),
            series.staysQuiet(
                "when it is over", at: 50 * minute, bad(series, [(min(1, 50 * budget), 10 * minute), (0, hour)])),
            series.staysQuiet(
                "when it is short", at: hour + 10 * minute, bad(series, [(0, hour), (min(1, 20 * budget), hour)])),
        ]
        // Half an hour of 33 times the budget is 14.4 times that of the hour, and not yet 6 times that of all there is.
        if 33 * budget <= 1 {
            tests.append(
                series.fires(
                    "within half an hour", at: 3 * hour + 31 * minute,
                    bad(series, [(0, 3 * hour), (33 * budget, hour)])))
        }
        return tests
    }

    private func slowTests(budget: Double) -> [AlertTest] {
        let minute = AlertTest.evaluationInterval
        let series = SeriesMaker(target, holdsFor: 15 * minute)
        let hour = 60 * minute
        return [
            series.fires("just above the budget", bad(series, [(budget * ConditionCompiler.above, hour)])),
            series.staysQuiet(
                "just below the budget", at: hour, bad(series, [(budget * ConditionCompiler.below, 2 * hour)])),
            series.staysQuiet(
                "when it is over", at: 7 * hour + 10 * minute,
                bad(series, [(min(1, 20 * budget), hour), (0, 7 * hour)])),
            // An hour of 6.5 times the budget is more than 3 times that of two hours, and less than that of nine.
            series.staysQuiet(
                "when it is short", at: 9 * hour, bad(series, [(0, 8 * hour), (min(1, 6.5 * budget), 2 * hour)])),
        ]
    }

    private func bad(_ series: SeriesMaker, _ shares: [(share: Double, length: Int)]) -> [AlertTest.Series] {
        guard target.family.kind == .histogram else { return series.events(badShares: shares) }
        return series.buckets(above: objective.goodUpTo?.value ?? 0, shares: shares)
    }

    // MARK: Names

    /// `TDADelivery` is `tda_delivery`.
    static func snakeCase(_ name: String) -> String {
        let characters = Array(name)
        var text = ""
        for (index, character) in characters.enumerated() {
            // A word starts after a lower letter, and with the last capital of several.
            let startsWord =
                index > 0 && character.isUppercase
                && (!characters[index - 1].isUppercase || characters[(index + 1)...].first?.isLowercase == true)
            if startsWord, text.last != "_" { text += "_" }
            text += character.lowercased()
        }
        return text
    }
}
