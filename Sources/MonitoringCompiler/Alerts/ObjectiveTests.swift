import MetricsCompiler

/// What proves an objective's alerts: of each pair of windows, that it fires where no other pair could, and that it needs
/// both of its windows, each as long as it is, above the limit.
struct ObjectiveTests {
    let target: MetricTarget
    /// The share of bad events that is allowed.
    let budget: Double
    let keepsFiringFor: Int
    let series: (SeriesMaker, [SeriesMaker.Traffic]) -> [AlertTest.Series]

    /// - Parameter alone: Whether no other pair of the alert can fire at this pace: none has a lower limit.
    func tests(of pace: ObjectiveCompiler.Pace, holdsFor: Int, alone: Bool) -> [AlertTest] {
        let evaluation =
            pace.short <= 5 * ObjectiveCompiler.minute ? AlertTest.evaluationInterval : 15 * ObjectiveCompiler.minute
        let clock = TestClock(
            window: pace.long, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor,
            interval: min(evaluation, max(AlertTest.evaluationInterval, pace.short / 6)), evaluation: evaluation)
        return [windows(of: pace, clock), limits(of: pace, clock, alone: alone)] + numbers(of: pace, clock)
    }

    /// Very many good events at the start keep every longer window far below its limit. Once the long window has left
    /// them behind, the alert fires; it does not matter how many events there are; and it ends when the short window has none
    /// any more.
    private func windows(of pace: ObjectiveCompiler.Pace, _ clock: TestClock) -> AlertTest {
        let start = clock.evaluation
        let looks = clock.firing(from: clock.forgotten(start))
        let surge = (looks.last?.time ?? start) + clock.evaluation
        let slump = surge + max(1, pace.short / 2 / clock.evaluation) * clock.evaluation
        let end = slump + clock.evaluation
        let traffic: [SeriesMaker.Traffic] = [
            .init(rate: 5000 * Double(pace.long / start), badShare: 0, length: start),
            .init(badShare: near(pace, 0.03), length: surge - start),
            .init(rate: 300, badShare: near(pace, 0.03), length: slump - surge),
            .init(rate: 30, badShare: near(pace, 0.03), length: end - slump),
            .init(rate: 0, badShare: 0, length: pace.short + keepsFiringFor + clock.interval),
        ]
        return test(
            "at \(pace.text) times the budget over \(PromQLText.duration(pace.long)) and \(PromQLText.duration(pace.short)) alone",
            clock,
            looks + [
                .init(time: slump, fires: true), .init(time: end, fires: true),
            ] + clock.ending(at: end + pace.short), clock.enough(target.minimumEvents, traffic))
    }

    /// So few events that the long window has too few of them, and then a few more. As above, no longer window fires.
    private func numbers(of pace: ObjectiveCompiler.Pace, _ clock: TestClock) -> [AlertTest] {
        guard let minimumEvents = target.minimumEvents else { return [] }
        let number = Double(minimumEvents)
        let start = clock.evaluation
        let rate = ConditionCompiler.below * number / (Double(pace.long) / 1000)
        let few = clock.sampledEvaluation(from: clock.forgotten(start) + clock.holdsFor + clock.evaluation)
        let more = clock.sampledEvaluation(from: few + 1)
        let bump = (ConditionCompiler.above - ConditionCompiler.below) * number / (Double(more - few) / 1000)
        let end = more + clock.holdsFor + clock.evaluation
        let share = near(pace, 0.03)
        let traffic: [SeriesMaker.Traffic] = [
            .init(rate: 100 * number / budget / (Double(start) / 1000), badShare: 0, length: start),
            .init(rate: rate, badShare: share, length: few - start),
            .init(rate: rate + bump, badShare: share, length: more - few),
            .init(rate: rate, badShare: share, length: end - more + clock.interval),
        ]
        return [
            test(
                "with just enough events in \(PromQLText.duration(pace.long))", clock,
                [.init(time: few, fires: false), .init(time: end, fires: true)], traffic)
        ]
    }

    /// Just below the limit over the long window and above it over the short one, and then the other way round.
    private func limits(of pace: ObjectiveCompiler.Pace, _ clock: TestClock, alone: Bool) -> AlertTest {
        let (low, high) = (near(pace, -0.05), near(pace, 0.05))
        let start = alone ? 0 : clock.evaluation + pace.long
        let length = 2 * pace.short
        var traffic: [SeriesMaker.Traffic] = [
            .init(rate: 1000, badShare: low, length: length), .init(badShare: high, length: length),
            .init(rate: 10_000, badShare: high, length: length),
            .init(badShare: low, length: length + keepsFiringFor + clock.interval),
        ]
        if !alone {
            traffic =
                [
                    .init(rate: 50_000 * Double(pace.long / clock.evaluation), badShare: 0, length: clock.evaluation),
                    .init(rate: 0, badShare: 0, length: pace.long),
                ] + traffic
        }
        return test(
            "where only one of \(PromQLText.duration(pace.long)) and \(PromQLText.duration(pace.short)) is above "
                + "\(pace.text) times the budget",
            clock,
            [
                .init(time: start + 2 * length, fires: false), .init(time: start + 3 * length, fires: true),
                clock.kept(start + 4 * length, fires: false),
            ], clock.enough(target.minimumEvents, traffic))
    }

    /// The limit, and so much of it more; or as much as there is room for.
    private func near(_ pace: ObjectiveCompiler.Pace, _ part: Double) -> Double {
        let limit = pace.factor * budget
        let room = min(abs(part), (1 / limit - 1) / 2)
        return limit * (1 + (part < 0 ? -room : room))
    }

    private func test(
        _ note: String, _ clock: TestClock, _ looks: [AlertTest.Look], _ traffic: [SeriesMaker.Traffic]
    ) -> AlertTest {
        let maker = SeriesMaker(target, interval: clock.interval)
        return clock.test(note, looks, series(maker, traffic), labels: maker.keptLabels)
    }
}
