import ContractModel
import MetricsCompiler
import PromQL

/// The intents on the growth of a counter. In tests in which the alert must not fire, the selected series are just below the
/// limit, among series that are not selected; in the others they are just above it.
extension ConditionCompiler {
    func rateAbove(
        _ selection: MetricSelection, _ value: Located<Double>, diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.counter], "rate_above", diagnostics: &diagnostics) else { return nil }
        guard isNotNegative(value, "rate", diagnostics: &diagnostics) else { return nil }
        return Outcome(
            .binary(target.rate(of: target.selector, over: target.window), .greater, .number(value.value)),
            tests: rateTests(target, limit: value.value))
    }

    private func rateTests(_ target: MetricTarget, limit: Double) -> [AlertTest] {
        let clock = clock(window: target.window)
        let series = SeriesMaker(target, interval: clock.interval)
        func growing(_ rate: Double) -> [SeriesMaker.Phase] { [.init(rate: rate, length: clock.settled)] }
        func ended(_ rate: Double, for length: Duration) -> [AlertTest.Series] {
            series.selected([
                .init(rate: rate, length: clock.end(fadingFor: length) - length),
                .init(rate: 0, length: length + clock.keepsFiringFor + clock.interval),
            ])
        }
        let part = clock.part(0.6)
        let over = limit > 0 ? clock.part(0.8) : clock.window
        func left(after length: Duration) -> Double { 1 - length / clock.window }
        return [
            burst(target, limit: limit),
            clock.test(
                "just above the limit", [.init(time: clock.settled, fires: true)],
                series.selected(growing(limit == 0 ? 0.01 : limit * Self.above)), labels: series.groupLabels),
            clock.test(
                "just below the limit, next to others", [.init(time: clock.settled, fires: false)],
                series.selected(growing(limit * Self.below)) + series.others(growing(10 * max(limit, 1)))),
            clock.test(
                "as long as the range contains enough of it", [clock.kept(clock.end(fadingFor: part), fires: true)],
                ended(limit == 0 ? 1 : 1.2 * limit / left(after: part), for: part), labels: series.groupLabels),
            clock.test(
                "when it has left the range", [clock.kept(clock.end(fadingFor: over), fires: false)],
                ended(limit == 0 ? 1 : 0.8 * limit / left(after: over), for: over)),
        ]
            + clock.endings(labels: series.groupLabels) { length in
                series.selected([
                    .init(rate: burstRate(over: limit, clock), length: length),
                    .init(rate: 0, length: clock.window + clock.keepsFiringFor + clock.evaluation),
                ])
            }
    }

    /// Returns a rate that exceeds the limit over the whole range after one interval.
    private func burstRate(over limit: Double, _ clock: TestClock) -> Double {
        3 * max(limit, 1) * Double(max(1, clock.window.count(of: clock.interval)))
    }

    /// Returns the test of a burst: the first two samples are enough.
    private func burst(_ target: MetricTarget, limit: Double) -> AlertTest {
        let clock = TestClock.fine(window: target.window, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        return clock.test(
            "at once", clock.firing(from: clock.evaluation(from: clock.interval)),
            series.selected([.init(rate: burstRate(over: limit, clock), length: clock.settled)]),
            labels: series.groupLabels)
    }

    func errorRatioAbove(
        _ selection: MetricSelection, _ value: Located<Double>, diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.counter], "error_ratio_above", diagnostics: &diagnostics) else {
            return nil
        }
        guard !target.matching.isEmpty else {
            diagnostics.error(
                .alertIntent, at: selection.family.location,
                "'error_ratio_above' has no 'where', which selects the errors",
                hint: "add 'where:', such as {status: error}")
            return nil
        }
        guard target.distinguishesErrors(selection, diagnostics: &diagnostics) else { return nil }
        guard (0..<1).contains(value.value) else {
            diagnostics.error(
                .neverFires, at: value.location, "no ratio is above \(PromQLText.number(value.value))",
                hint: "expected a number from 0 to 1, such as 0.05")
            return nil
        }
        return Outcome(
            target.withEnoughEvents(
                .binary(target.errorRatio(over: target.window), .greater, .number(value.value))),
            tests: ratioTests(target, limit: value.value))
    }

    private func ratioTests(_ target: MetricTarget, limit: Double) -> [AlertTest] {
        let clock = clock(window: target.window)
        let fine = TestClock.fine(window: target.window, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        let above = limit == 0 ? 0.01 : Self.justAbove(limit)
        let ratios = RatioTests(
            limit: limit, minimumEvents: target.minimumEvents, clock: clock, labels: series.groupLabels,
            series: series.events)
        return [
            fine.test(
                "just above the limit", fine.firing(from: fine.evaluation(from: fine.interval)),
                SeriesMaker(target, interval: fine.interval)
                    .events(fine.enough(target.minimumEvents, [.init(badRatio: above, length: fine.settled)])),
                labels: series.groupLabels),
            clock.test(
                "just below the limit", [.init(time: clock.settled, fires: false)],
                series.events(
                    clock.enough(target.minimumEvents, [.init(badRatio: limit * Self.below, length: clock.settled)]))),
            ratios.steadyRatio(above),
        ] + ratios.fading + ratios.endings + ratios.numbers
    }
}
