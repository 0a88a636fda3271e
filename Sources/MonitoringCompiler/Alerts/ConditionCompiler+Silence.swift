import ContractModel
import MetricsCompiler

/// What the intent on silence becomes.
extension ConditionCompiler {
    /// Silence is that nothing grows, once it has been watched for the whole window: a service that has just started
    /// has not been silent for long. It is also that nobody speaks: a service that is gone has no series that could
    /// fail to grow.
    func silent(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Outcome? {
        guard let target = target(selection, [.counter], "silent", diagnostics: &diagnostics) else { return nil }
        let range = "\(target.selector)[\(target.window)]"
        let growth = PromQLText.sum("increase(\(range))", by: target.grouping)
        let before = PromQLText.sum("count_over_time(\(range) offset \(target.window))", by: target.grouping)
        let clock = clock(window: target.windowLength)
        let series = SeriesMaker(target, interval: clock.interval)
        var outcome = Outcome(
            expression: "\(growth) == 0 and \(before)",
            tests: [
                stoppedGrowing(clock, series), stillGrowing(clock, series), justStarted(clock, series),
            ] + unwatched(clock, series) + resumed(clock, series))
        // Of what is gone only those labels are known that the selection states.
        if target.grouping.allSatisfy({ label in (target.matching + target.scope).contains { $0.0 == label } }) {
            let absence = PromQLText.sum("absent_over_time(\(range))", by: target.grouping)
            outcome.expression = "(\(outcome.expression)) or \(absence)"
            outcome.tests += [gone(clock, series), neverThere(target)]
        }
        return outcome
    }

    private func others(_ series: SeriesMaker, _ length: Int) -> [AlertTest.Series] {
        series.others([.init(rate: 1, length: length)])
    }

    private func stoppedGrowing(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let stop = clock.sampledEvaluation(from: 2 * clock.window)
        let looks = clock.firing(from: clock.forgotten(stop))
        let length = (looks.last?.time ?? stop) + clock.interval
        return clock.test(
            "once it has stood still for the window, beside others", looks,
            series.selected([.init(rate: 1, length: stop), .init(rate: 0, length: length - stop)])
                + others(series, length), labels: series.keptLabels)
    }

    /// Silence ends with the first sample that has grown.
    private func resumed(_ clock: TestClock, _ series: SeriesMaker) -> [AlertTest] {
        guard clock.keepsFiringFor > 0 else { return [] }
        let stop = clock.sampledEvaluation(from: 2 * clock.window)
        let start = clock.sampledEvaluation(from: clock.forgotten(stop) + holdsFor + clock.evaluation)
        let looks = clock.ending(at: clock.evaluation(from: start + clock.interval))
        let length = (looks.last?.time ?? start) + clock.interval
        return [
            clock.test(
                TestClock.endingNote, looks,
                series.selected([
                    .init(rate: 1, length: stop), .init(rate: 0, length: start - stop),
                    .init(rate: 1, length: length - start),
                ]), labels: series.keptLabels)
        ]
    }

    private func stillGrowing(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let length = 2 * clock.settled
        return clock.test(
            "while there is something", [.init(time: length - clock.evaluation, fires: false)],
            series.growingBesideStanding(1, length: length) + series.standingApart(length: length))
    }

    /// What has just begun to be watched; others have been for longer.
    private func justStarted(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let start = clock.sampledEvaluation(from: 1)
        let looks = clock.firing(from: clock.evaluation(from: start + clock.window))
        let length = (looks.last?.time ?? start) + clock.interval
        return clock.test(
            "no earlier than a window after a start", looks,
            [series.standing(from: start, to: length)] + others(series, length), labels: series.keptLabels)
    }

    /// What is missing at times, as where scrapes fail: it must have been watched at some time of the window before, and
    /// neither only lately nor only long ago.
    private func unwatched(_ clock: TestClock, _ series: SeriesMaker) -> [AlertTest] {
        let (window, interval) = (clock.window, clock.interval)
        guard window / interval >= 5 else { return [] }
        let long = clock.sampledEvaluation(from: window + holdsFor)
        let back = clock.sampledEvaluation(from: long + window - interval)
        let time = (back + window - 1) / clock.evaluation * clock.evaluation
        let again = clock.sampledEvaluation(from: 2 * interval + window + clock.part(0.6))
        let last = again - window - clock.part(0.6)
        let looks = clock.firing(from: clock.evaluation(from: again + window))
        return [
            clock.test(
                "where it was watched some time before", [.init(time: time, fires: true)],
                [series.standing(to: time + interval, except: back - clock.part(0.8) + interval..<back)],
                labels: series.keptLabels),
            clock.test(
                "no earlier than a window after a gap", looks,
                [series.standing(to: (looks.last?.time ?? again) + interval, except: last + interval..<again)],
                labels: series.keptLabels),
        ]
    }

    private func gone(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let last = clock.sampledEvaluation(from: clock.window)
        let looks = clock.firing(from: clock.evaluation(after: last + clock.window))
        let length = (looks.last?.time ?? last) + clock.interval
        return clock.test(
            "once it has been gone for the window, beside others", looks,
            series.selected([.init(rate: 1, length: last)]) + others(series, length), labels: series.keptLabels)
    }

    private func neverThere(_ target: MetricTarget) -> AlertTest {
        let clock = TestClock.fine(window: target.windowLength, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        return clock.test("where nobody is there", clock.firing(from: 0), [], labels: series.keptLabels)
    }
}
