import MetricsCompiler

/// The tests of an objective's alerts. They show that each pair of windows fires alone, and that both windows must be above
/// the limit.
struct ObjectiveTests {
    let target: MetricTarget
    /// The allowed ratio of bad events.
    let budget: Double
    let keepsFiringFor: Duration
    let series: (SeriesMaker, [SeriesMaker.Traffic]) -> [AlertTest.Series]

    /// - Parameter alone: Whether no other pair of windows has a lower limit.
    func tests(of burn: BurnRate, holdsFor: Duration, alone: Bool) -> [AlertTest] {
        let evaluation =
            burn.short <= .minute * 5 ? AlertTest.evaluationInterval : .minute * 15
        let clock = TestClock(
            window: burn.long, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor,
            interval: min(evaluation, max(AlertTest.evaluationInterval, burn.short / 6)), evaluation: evaluation)
        return [windows(of: burn, clock), limits(of: burn, clock, alone: alone)] + numbers(of: burn, clock)
    }

    /// Returns the test of the two windows. Many good events at the start keep longer windows below their limits. When the
    /// long window no longer contains them, the alert fires, at any number of events. It ends when the short window is
    /// empty.
    private func windows(of burn: BurnRate, _ clock: TestClock) -> AlertTest {
        let start = clock.evaluation
        let firing = clock.firing(from: clock.forgotten(start))
        let surge = (firing.last?.time ?? start) + clock.evaluation
        let slump = surge + clock.evaluation * max(1, (burn.short / 2).count(of: clock.evaluation))
        let end = slump + clock.evaluation
        let traffic: [SeriesMaker.Traffic] = [
            .init(rate: 5000 * Double(burn.long.count(of: start)), badRatio: 0, length: start),
            .init(badRatio: near(burn, 0.03), length: surge - start),
            .init(rate: 300, badRatio: near(burn, 0.03), length: slump - surge),
            .init(rate: 30, badRatio: near(burn, 0.03), length: end - slump),
            .init(rate: 0, badRatio: 0, length: burn.short + keepsFiringFor + clock.interval),
        ]
        return test(
            "at \(burn.text) times the budget over \(PromQLText.duration(burn.long)) and \(PromQLText.duration(burn.short)) alone",
            clock,
            firing + [
                .init(time: slump, fires: true), .init(time: end, fires: true),
            ] + clock.ending(at: end + burn.short), clock.enough(target.minimumEvents, traffic))
    }

    /// Returns the test of the minimum number of events in the long window.
    private func numbers(of burn: BurnRate, _ clock: TestClock) -> [AlertTest] {
        guard let minimumEvents = target.minimumEvents else { return [] }
        let number = Double(minimumEvents)
        // Beside more events, promtool's numbers are too coarse for those that are bad.
        guard number / budget <= 1e10 else { return [] }
        let start = clock.evaluation
        let rate = ConditionCompiler.below * number / burn.long.inSeconds
        let few = clock.sampledEvaluation(from: clock.forgotten(start) + clock.holdsFor + clock.evaluation)
        let more = clock.sampledEvaluation(from: few + .milliseconds(1))
        let bump = (ConditionCompiler.above - ConditionCompiler.below) * number / (more - few).inSeconds
        let end = more + clock.holdsFor + clock.evaluation
        let ratio = near(burn, 0.03)
        let traffic: [SeriesMaker.Traffic] = [
            .init(rate: 100 * number / budget / start.inSeconds, badRatio: 0, length: start),
            .init(rate: rate, badRatio: ratio, length: few - start),
            .init(rate: rate + bump, badRatio: ratio, length: more - few),
            .init(rate: rate, badRatio: ratio, length: end - more + clock.interval),
        ]
        return [
            test(
                "with just enough events in \(PromQLText.duration(burn.long))", clock,
                [.init(time: few, fires: false), .init(time: end, fires: true)], traffic)
        ]
    }

    /// Returns the test of ratios above the limit in only one of the two windows.
    private func limits(of burn: BurnRate, _ clock: TestClock, alone: Bool) -> AlertTest {
        let (low, high) = (near(burn, -0.05), near(burn, 0.05))
        let start = alone ? .zero : clock.evaluation + burn.long
        let length = burn.short * 2
        var traffic: [SeriesMaker.Traffic] = [
            .init(rate: 1000, badRatio: low, length: length), .init(badRatio: high, length: length),
            .init(rate: 10_000, badRatio: high, length: length),
            .init(badRatio: low, length: length),
            // A ratio near this limit would be above those of longer windows, once these have forgotten the good events.
            .init(badRatio: 0, length: keepsFiringFor + clock.interval),
        ]
        if !alone {
            traffic =
                [
                    .init(
                        rate: 50_000 * Double(burn.long.count(of: clock.evaluation)), badRatio: 0,
                        length: clock.evaluation),
                    .init(rate: 0, badRatio: 0, length: burn.long),
                ] + traffic
        }
        return test(
            "where only one of \(PromQLText.duration(burn.long)) and \(PromQLText.duration(burn.short)) is above "
                + "\(burn.text) times the budget",
            clock,
            [
                .init(time: start + length * 2, fires: false), .init(time: start + length * 3, fires: true),
                clock.kept(start + length * 4, fires: false),
            ], clock.enough(target.minimumEvents, traffic))
    }

    /// Returns the limit plus a part of it, or plus as much as possible.
    private func near(_ burn: BurnRate, _ part: Double) -> Double {
        let limit = burn.factor * budget
        let room = min(abs(part), (1 / limit - 1) / 2)
        return limit * (1 + (part < 0 ? -room : room))
    }

    private func test(
        _ note: String, _ clock: TestClock, _ expectations: [AlertTest.Expectation], _ traffic: [SeriesMaker.Traffic]
    ) -> AlertTest {
        let maker = SeriesMaker(target, interval: clock.interval)
        return clock.test(note, expectations, series(maker, traffic), labels: maker.groupLabels)
    }
}
