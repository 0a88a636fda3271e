import ContractModel
import MetricsCompiler
import PromQL

/// The intents on current values, and helpers of all intents.
extension ConditionCompiler {
    /// The factors of values just above and just below a limit.
    static let above = 1.03
    static let below = 0.97

    /// Returns a ratio just above another, at most halfway to 1.
    static func justAbove(_ ratio: Double) -> Double { min(ratio * above, (ratio + 1) / 2) }

    func comparison(
        _ selection: MetricSelection, _ intent: String, _ comparison: Expression.BinaryOperator, _ value: Double,
        diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.gauge], intent, diagnostics: &diagnostics) else { return nil }
        let clock = TestClock.gauge(holdsFor: holdsFor, keepsFiringFor: keepsFiringFor)
        let series = SeriesMaker(target, interval: clock.interval)
        let length = clock.settled * 2
        let more = value + (value == 0 ? 0.3 : abs(value) * (Self.above - 1))
        let (firing, quiet) = comparison == .equal ? (value, more) : (more, value)
        let others = series.otherValues(of: target.scope + target.matching).map {
            series.constant(firing, length: length, nil, [$0])
        }
        return Outcome(
            .binary(target.selector.expression, comparison, .number(value)),
            tests: [
                clock.test(
                    comparison == .equal ? "at the value" : "just above the limit", clock.firing(from: .zero),
                    [series.constant(firing, length: length)], labels: series.groupLabels),
                clock.test(
                    comparison == .equal ? "next to the value" : "at the limit",
                    [.init(time: clock.settled, fires: false)], [series.constant(quiet, length: length)] + others),
            ]
                + clock.endings(labels: series.groupLabels) { start in
                    [series.changing(from: firing, to: quiet, at: start, length: clock.keepsFiringFor)]
                })
    }

    func absent(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Outcome? {
        guard let target = target(selection, [.counter, .gauge, .histogram], "absent", diagnostics: &diagnostics) else {
            return nil
        }
        let isHistogram = target.family.kind == .histogram
        let name = target.family.name + (isHistogram ? "_bucket" : "")
        let bound = isHistogram ? [("le", "+Inf")] : []
        let clock = TestClock.gauge(holdsFor: holdsFor, keepsFiringFor: keepsFiringFor)
        let series = SeriesMaker(target, interval: clock.interval)
        let length = clock.settled * 2
        let others = series.otherValues(of: target.matching + target.scope).map {
            series.constant(1, length: length, name, [$0] + bound)
        }
        return Outcome(
            .call(.absent, Expression.VectorSelector(name, target.scope + target.matching + bound).expression),
            tests: [
                clock.test("next to others", clock.firing(from: .zero), others),
                clock.test(
                    "while it exists", [.init(time: clock.settled, fires: false)],
                    [series.constant(1, length: length, name, bound)]),
            ]
                + clock.endings { start in
                    [series.changing(from: nil, to: 1, at: start, length: clock.keepsFiringFor, name, bound)]
                })
    }

    /// Reports a negative limit of a value that is never negative.
    func isNotNegative(
        _ value: Located<Double>, _ subject: String, diagnostics: inout Diagnostics
    ) -> Bool {
        guard value.value < 0 else { return true }
        diagnostics.error(
            .alertIntent, at: value.location, "every \(subject) is above \(PromQLText.number(value.value))",
            hint: "expected a number of at least 0")
        return false
    }
}
