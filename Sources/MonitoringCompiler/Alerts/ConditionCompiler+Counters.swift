import ContractModel
import MetricsCompiler

/// What an intent on a counter's growth becomes: a query, and what proves it. A test that should not fire lies just below
/// the limit, among series that must not count; one that should fire lies just above.
extension ConditionCompiler {
    func rateAbove(
        _ selection: MetricSelection, _ value: Located<Double>, diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.counter], "rate_above", diagnostics: &diagnostics) else { return nil }
        guard isNotNegative(value, "rate", diagnostics: &diagnostics) else { return nil }
        let rate = PromQLText.sum("rate(\(target.selector)[\(target.window)])", by: target.grouping)
        return Outcome(
            expression: "\(rate) > \(PromQLText.number(value.value))", tests: rateTests(target, limit: value.value))
    }

    private func rateTests(_ target: MetricTarget, limit: Double) -> [AlertTest] {
        let clock = clock(window: target.windowLength)
        let series = SeriesMaker(target, interval: clock.interval)
        func growing(_ rate: Double) -> [SeriesMaker.Phase] { [.init(rate: rate, length: clock.settled)] }
        func ended(_ rate: Double, for length: Int) -> [AlertTest.Series] {
            series.selected([
                .init(rate: rate, length: clock.end(fadingFor: length) - length),
                .init(rate: 0, length: length + clock.keepsFiringFor + clock.interval),
            ])
        }
        let part = clock.part(0.6)
        let over = limit > 0 ? clock.part(0.8) : clock.window
        func left(after length: Int) -> Double { 1 - Double(length) / Double(clock.window) }
        return [
            burst(target, limit: limit),
            clock.test(
                "just above the limit", [.init(time: clock.settled, fires: true)],
                series.selected(growing(limit == 0 ? 0.01 : limit * Self.above)), labels: series.keptLabels),
            clock.test(
                "just below the limit, beside others", [.init(time: clock.settled, fires: false)],
                series.selected(growing(limit * Self.below)) + series.others(growing(10 * max(limit, 1)))),
            clock.test(
                "as long as the range has it", [clock.kept(clock.end(fadingFor: part), fires: true)],
                ended(limit == 0 ? 1 : 1.2 * limit / left(after: part), for: part), labels: series.keptLabels),
            clock.test(
                "when it is over", [clock.kept(clock.end(fadingFor: over), fires: false)],
                ended(limit == 0 ? 1 : 0.8 * limit / left(after: over), for: over)),
        ]
            + clock.endings(labels: series.keptLabels) { length in
                series.selected([
                    .init(rate: burstRate(over: limit, clock), length: length),
                    .init(rate: 0, length: clock.window + clock.keepsFiringFor + clock.evaluation),
                ])
            }
    }

    /// A rate of which one interval makes the rate over the whole range exceed the limit.
    private func burstRate(over limit: Double, _ clock: TestClock) -> Double {
        3 * max(limit, 1) * Double(max(1, clock.window / clock.interval))
    }

    /// The first two samples, which fill only a part of the range, are enough.
    private func burst(_ target: MetricTarget, limit: Double) -> AlertTest {
        let clock = TestClock.fine(window: target.windowLength, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        return clock.test(
            "at once", clock.firing(from: clock.evaluation(from: clock.interval)),
            series.selected([.init(rate: burstRate(over: limit, clock), length: clock.settled)]),
            labels: series.keptLabels)
    }

    func errorRatioAbove(
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
        return Outcome(
            expression: target.withEnoughEvents(
                "\(target.errorRatio(over: target.window)) > \(PromQLText.number(value.value))"),
            tests: ratioTests(target, limit: value.value))
    }

    private func ratioTests(_ target: MetricTarget, limit: Double) -> [AlertTest] {
        let clock = clock(window: target.windowLength)
        let fine = TestClock.fine(window: target.windowLength, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        let above = limit == 0 ? 0.01 : Self.justAbove(limit)
        let shares = ShareTests(
            limit: limit, minimumEvents: target.minimumEvents, clock: clock, labels: series.keptLabels,
            series: series.events)
        return [
            fine.test(
                "just above the limit", fine.firing(from: fine.evaluation(from: fine.interval)),
                SeriesMaker(target, interval: fine.interval)
                    .events(fine.enough(target.minimumEvents, [.init(badShare: above, length: fine.settled)])),
                labels: series.keptLabels),
            clock.test(
                "just below the limit", [.init(time: clock.settled, fires: false)],
                series.events(
                    clock.enough(target.minimumEvents, [.init(badShare: limit * Self.below, length: clock.settled)]))),
            shares.steadyShare(above),
        ] + shares.fading + shares.endings + shares.numbers
    }
}
