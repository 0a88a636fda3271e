import ContractModel
import MetricsCompiler

/// What the intents on values as they are become, and what all intents share.
extension ConditionCompiler {
    /// How far from a limit "just above" and "just below" are.
    static let above = 1.03
    static let below = 0.97

    /// A share just above another; halfway to 1 where that is nearer.
    static func justAbove(_ share: Double) -> Double { min(share * above, (share + 1) / 2) }

    func comparison(
        _ selection: MetricSelection, _ intent: String, _ comparator: String, _ value: Double,
        diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.gauge], intent, diagnostics: &diagnostics) else { return nil }
        let clock = TestClock.gauge(holdsFor: holdsFor, keepsFiringFor: keepsFiringFor)
        let series = SeriesMaker(target, interval: clock.interval)
        let length = 2 * clock.settled
        let more = value + (value == 0 ? 0.3 : abs(value) * (Self.above - 1))
        let (firing, quiet) = comparator == "==" ? (value, more) : (more, value)
        let others = series.otherValues(of: target.scope + target.matching).map {
            series.constant(firing, length: length, nil, [$0])
        }
        return Outcome(
            expression: "\(target.selector) \(comparator) \(PromQLText.number(value))",
            tests: [
                clock.test(
                    comparator == "==" ? "at the value" : "just above the limit", clock.firing(from: 0),
                    [series.constant(firing, length: length)], labels: series.keptLabels),
                clock.test(
                    comparator == "==" ? "just beside the value" : "at the limit",
                    [.init(time: clock.settled, fires: false)], [series.constant(quiet, length: length)] + others),
            ]
                + clock.endings(labels: series.keptLabels) { start in
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
        let length = 2 * clock.settled
        let others = series.otherValues(of: target.matching + target.scope).map {
            series.constant(1, length: length, name, [$0] + bound)
        }
        return Outcome(
            expression: "absent(\(PromQLText.selector(name, target.scope + target.matching + bound)))",
            tests: [
                clock.test("beside others", clock.firing(from: 0), others),
                clock.test(
                    "while there is one", [.init(time: clock.settled, fires: false)],
                    [series.constant(1, length: length, name, bound)]),
            ]
                + clock.endings { start in
                    [series.changing(from: nil, to: 1, at: start, length: clock.keepsFiringFor, name, bound)]
                })
    }

    func isNotNegative(
        _ value: Located<Double>, _ what: String, diagnostics: inout Diagnostics
    ) -> Bool {
        guard value.value < 0 else { return true }
        diagnostics.error(
            .alertIntent, at: value.location, "every \(what) is above \(PromQLText.number(value.value))",
            hint: "expected a number of at least 0")
        return false
    }
}
