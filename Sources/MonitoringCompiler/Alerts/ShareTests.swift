import MetricsCompiler

/// The tests of a condition on a share of events over a window, whatever shows the events: labels of a counter or
/// buckets of a histogram.
struct ShareTests {
    /// The condition holds for larger shares.
    let limit: Double
    /// The events that there must be in the range; `nil` where any number will do.
    let minimumEvents: Int?
    let clock: TestClock
    let labels: [AlertTest.Label]
    /// Whether what is not bad is seen too; else only that there are no bad ones.
    var seesGood = true
    let series: ([SeriesMaker.Traffic]) -> [AlertTest.Series]
    /// Events that must not count.
    var others: ([SeriesMaker.Traffic]) -> [AlertTest.Series] = { _ in [] }

    /// What shows that the window is no shorter and no longer: bad events that have just stopped still count, and in time
    /// do not.
    var fading: [AlertTest] {
        [
            clock.test(
                "as long as the range has it",
                [clock.kept(clock.end(fadingFor: clock.part(0.6)), fires: true)],
                enough(stillOver(fadingFor: clock.part(0.6))), labels: labels),
            clock.test(
                "when it is over", [clock.kept(clock.end(fadingFor: over), fires: false)],
                enough(justUnder(fadingFor: over))),
        ]
    }

    /// What shows for how long the alert keeps firing once there are no events.
    var endings: [AlertTest] {
        clock.endings(labels: labels) { length in
            enough([
                .init(badShare: seesGood ? surelyOver : 1, length: length),
                .init(rate: 0, badShare: 0, length: clock.window + clock.keepsFiringFor + clock.evaluation),
            ])
        }
    }

    /// What shows how many events there must be.
    var numbers: [AlertTest] {
        guard let minimumEvents else { return [] }
        func traffic(_ part: Double) -> [SeriesMaker.Traffic] {
            let rate = part * Double(minimumEvents) / (Double(clock.window) / 1000)
            return [.init(rate: rate, badShare: seesGood ? surelyOver : 1, length: clock.settled)]
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

    private var surelyOver: Double { (1 + limit) / 2 }

    private func enough(_ traffic: [SeriesMaker.Traffic]) -> [AlertTest.Series] {
        series(clock.enough(minimumEvents, traffic))
    }

    /// What shows that the share is of all events of the same window: it stays as it is when there are suddenly more of
    /// them, and after there have been.
    func steadyShare(_ share: Double) -> AlertTest {
        let surge = clock.part(0.4)
        let time = clock.end(fadingFor: surge)
        let end = clock.sampledEvaluation(from: time + clock.window)
        let traffic: [SeriesMaker.Traffic] = [
            .init(badShare: share, length: time - surge), .init(rate: 300, badShare: share, length: end - time + surge),
            .init(badShare: share, length: clock.window + clock.evaluation + clock.interval),
        ]
        return clock.test(
            "however many there are",
            [
                .init(time: time, fires: true),
                .init(time: clock.evaluation(from: end + clock.window), fires: true),
            ], enough(traffic), labels: labels)
    }

    /// When the share has fallen below the limit: of a limit of 0, or where good events are not seen, when none is left.
    private var over: Int { limit > 0 && seesGood ? clock.part(0.8) : clock.window }

    /// Above the limit by a fifth, or by as much as there is room for.
    private func stillOver(fadingFor length: Int) -> [SeriesMaker.Traffic] {
        let left = 1 - Double(length) / Double(clock.window)
        guard limit > 0 else { return faded(from: 0.5, rate: 100, length) }
        guard limit > left / 2 else { return faded(from: 1.2 * limit / left, rate: 100, length) }
        let share = limit + (1 - limit) / 3
        return faded(from: 1, rate: 100 * left * (1 - share) / (1 - left) / share, length)
    }

    /// Below the limit, but not over twice the window.
    private func justUnder(fadingFor length: Int) -> [SeriesMaker.Traffic] {
        let left = 1 - Double(length) / Double(clock.window)
        guard limit > 0, left > 0 else { return faded(from: min(1, max(0.5, 3 * limit)), rate: 100, length) }
        guard limit > left else { return faded(from: 0.8 * limit / left, rate: 100, length) }
        let odds = limit / (1 - limit) / 2.5
        return faded(from: 1, rate: 100 * left / (1 - left) / odds, length)
    }

    private func faded(from share: Double, rate: Double, _ length: Int) -> [SeriesMaker.Traffic] {
        [
            .init(badShare: share, length: clock.end(fadingFor: length) - length),
            .init(rate: rate, badShare: 0, length: length + clock.keepsFiringFor + clock.interval),
        ]
    }
}
