import MetricsCompiler

/// The tests of a condition on the ratio of bad events over a window. The events are in a counter or a histogram.
struct RatioTests {
    /// The condition holds for larger ratios.
    let limit: Double
    /// The minimum number of events in the range.
    let minimumEvents: Int?
    let clock: TestClock
    let labels: [AlertTest.Label]
    /// Whether good events are recorded too.
    var recordsGood = true
    let series: ([SeriesMaker.Traffic]) -> [AlertTest.Series]
    /// Returns events that are not selected.
    var others: ([SeriesMaker.Traffic]) -> [AlertTest.Series] = { _ in [] }

    /// The tests of the length of the window: bad events still count after they have stopped, but not after the window.
    var fading: [AlertTest] {
        [
            clock.test(
                "as long as the range contains enough of them",
                [clock.kept(clock.end(fadingFor: clock.part(0.6)), fires: true)],
                enough(stillOver(fadingFor: clock.part(0.6))), labels: labels),
            clock.test(
                "when they have left the range", [clock.kept(clock.end(fadingFor: over), fires: false)],
                enough(justUnder(fadingFor: over))),
        ]
    }

    /// The tests of `keep_firing_for`.
    var endings: [AlertTest] {
        clock.endings(labels: labels) { length in
            enough([
                .init(badRatio: recordsGood ? clearlyOver : 1, length: length),
                .init(rate: 0, badRatio: 0, length: clock.window + clock.keepsFiringFor + clock.evaluation),
            ])
        }
    }

    /// The tests of the minimum number of events.
    var numbers: [AlertTest] {
        guard let minimumEvents else { return [] }
        func traffic(_ part: Double) -> [SeriesMaker.Traffic] {
            let rate = part * Double(minimumEvents) / clock.window.inSeconds
            return [.init(rate: rate, badRatio: recordsGood ? clearlyOver : 1, length: clock.settled)]
        }
        let few = traffic(ConditionCompiler.below)
        return [
            clock.test(
                "with just enough events", [.init(time: clock.settled, fires: true)],
                series(traffic(ConditionCompiler.above)), labels: labels),
            clock.test(
                "with too few events, beside others", [.init(time: clock.settled, fires: false)],
                series(few) + others(few)),
        ]
    }

    private var clearlyOver: Double { (1 + limit) / 2 }

    private func enough(_ traffic: [SeriesMaker.Traffic]) -> [AlertTest.Series] {
        series(clock.enough(minimumEvents, traffic))
    }

    /// Returns the test of a constant ratio while the number of events changes.
    func steadyRatio(_ ratio: Double) -> AlertTest {
        let surge = clock.part(0.4)
        let time = clock.end(fadingFor: surge)
        let end = clock.sampledEvaluation(from: time + clock.window)
        let traffic: [SeriesMaker.Traffic] = [
            .init(badRatio: ratio, length: time - surge), .init(rate: 300, badRatio: ratio, length: end - time + surge),
            .init(badRatio: ratio, length: clock.window + clock.evaluation + clock.interval),
        ]
        return clock.test(
            "at any number of events",
            [
                .init(time: time, fires: true),
                .init(time: clock.evaluation(from: end + clock.window), fires: true),
            ], enough(traffic), labels: labels)
    }

    /// The time after which the ratio is below the limit.
    private var over: Duration { limit > 0 && recordsGood ? clock.part(0.8) : clock.window }

    /// Returns events with a ratio above the limit by a fifth, or by as much as possible.
    private func stillOver(fadingFor length: Duration) -> [SeriesMaker.Traffic] {
        let left = 1 - length / clock.window
        guard limit > 0 else { return faded(from: 0.5, rate: 100, length) }
        guard limit > left / 2 else { return faded(from: 1.2 * limit / left, rate: 100, length) }
        let ratio = limit + (1 - limit) / 3
        return faded(from: 1, rate: 100 * left * (1 - ratio) / (1 - left) / ratio, length)
    }

    /// Returns events with a ratio below the limit, but not over twice the window.
    private func justUnder(fadingFor length: Duration) -> [SeriesMaker.Traffic] {
        let left = 1 - length / clock.window
        guard limit > 0, left > 0 else { return faded(from: min(1, max(0.5, 3 * limit)), rate: 100, length) }
        guard limit > left else { return faded(from: 0.8 * limit / left, rate: 100, length) }
        let odds = limit / (1 - limit) / 2.5
        return faded(from: 1, rate: 100 * left / (1 - left) / odds, length)
    }

    private func faded(from ratio: Double, rate: Double, _ length: Duration) -> [SeriesMaker.Traffic] {
        [
            .init(badRatio: ratio, length: clock.end(fadingFor: length) - length),
            .init(rate: rate, badRatio: 0, length: length + clock.keepsFiringFor + clock.interval),
        ]
    }
}
