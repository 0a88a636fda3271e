import ContractModel
import MetricsCompiler
import PromQL

/// The intent on silence.
extension ConditionCompiler {
    /// Compiles the condition for silence. A counter is silent if it has existed for the whole window and has not grown. A
    /// service that has just started is not silent. A missing series is also silent: the service no longer runs.
    func silent(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Outcome? {
        guard let target = target(selection, [.counter], "silent", diagnostics: &diagnostics) else { return nil }
        let (selector, window, grouping) = (target.selector, target.window, target.grouping)
        let growth = Expression.sum(.call(.increase, selector.range(window)), by: grouping)
        let before = Expression.sum(.call(.countOverTime, selector.range(window, offset: window)), by: grouping)
        let clock = clock(window: target.window)
        let series = SeriesMaker(target, interval: clock.interval)
        let isConstant = Expression.binary(.binary(growth, .equal, .number(0)), .and, before)
        let tests =
            [stoppedGrowing(clock, series), stillGrowing(clock, series), justStarted(clock, series)]
            + gaps(clock, series) + resumed(clock, series)
        // Only the labels in the matchers of a missing series are known.
        guard target.grouping.allSatisfy({ label in (target.matching + target.scope).contains { $0.name == label } })
        else {
            return Outcome(isConstant, tests: tests)
        }
        let absence = Expression.sum(.call(.absentOverTime, selector.range(window)), by: grouping)
        return Outcome(
            .binary(isConstant.inParentheses, .or, absence),
            tests: tests + [missing(clock, series), neverThere(target)])
    }

    private func others(_ series: SeriesMaker, _ length: Duration) -> [AlertTest.Series] {
        series.others([.init(rate: 1, length: length)])
    }

    private func stoppedGrowing(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let stop = clock.sampledEvaluation(from: clock.window * 2)
        let expectations = clock.firing(from: clock.forgotten(stop))
        let length = (expectations.last?.time ?? stop) + clock.interval
        return clock.test(
            "when it has not grown for the window, next to others", expectations,
            series.selected([.init(rate: 1, length: stop), .init(rate: 0, length: length - stop)])
                + others(series, length), labels: series.groupLabels)
    }

    /// Returns the test of the end: the first larger sample ends the silence.
    private func resumed(_ clock: TestClock, _ series: SeriesMaker) -> [AlertTest] {
        guard clock.keepsFiringFor > .zero else { return [] }
        let stop = clock.sampledEvaluation(from: clock.window * 2)
        let start = clock.sampledEvaluation(from: clock.forgotten(stop) + holdsFor + clock.evaluation)
        let expectations = clock.ending(at: clock.evaluation(from: start + clock.interval))
        let length = (expectations.last?.time ?? start) + clock.interval
        return [
            clock.test(
                TestClock.endingNote, expectations,
                series.selected([
                    .init(rate: 1, length: stop), .init(rate: 0, length: start - stop),
                    .init(rate: 1, length: length - start),
                ]), labels: series.groupLabels)
        ]
    }

    private func stillGrowing(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let length = clock.settled * 2
        return clock.test(
            "while it grows", [.init(time: length - clock.evaluation, fires: false)],
            series.oneGrowing(1, length: length) + series.constantOthers(length: length))
    }

    /// Returns the test of new series next to older ones.
    private func justStarted(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        func expectations(from start: Duration) -> [AlertTest.Expectation] {
            clock.firing(from: clock.evaluation(from: start + clock.window))
        }
        var start = clock.sampledEvaluation(from: .milliseconds(1))
        // Before the start the series is missing, which may be silence too.
        if isKept(clock, after: start, until: expectations(from: start)) { start = .zero }
        let length = (expectations(from: start).last?.time ?? start) + clock.interval
        return clock.test(
            "no earlier than a window after a start", expectations(from: start),
            [series.constantCounter(from: start, to: length)] + others(series, length), labels: series.groupLabels)
    }

    /// Returns whether an alert that has fired until a time still fires at the first expectation.
    private func isKept(_ clock: TestClock, after time: Duration, until expectations: [AlertTest.Expectation]) -> Bool {
        guard clock.keepsFiringFor > .zero, let first = expectations.first else { return false }
        return clock.kept(time, fires: true).time >= first.time
    }

    /// Returns the tests of missing samples, for example after failed scrapes: there must be a sample in the window before the
    /// window.
    private func gaps(_ clock: TestClock, _ series: SeriesMaker) -> [AlertTest] {
        let (window, interval) = (clock.window, clock.interval)
        guard window.count(of: interval) >= 5 else { return [] }
        let long = clock.sampledEvaluation(from: window + holdsFor)
        let back = clock.sampledEvaluation(from: long + window - interval)
        let time = (back + window - .milliseconds(1)).roundedDown(to: clock.evaluation)
        let again = clock.sampledEvaluation(from: interval * 2 + window + clock.part(0.6))
        let last = again - window - clock.part(0.6)
        let expectations = clock.firing(from: clock.evaluation(from: again + window))
        // The samples before the gap are silent too, while one of them is before the window.
        let silentUntil = clock.evaluation(after: last + window * 2)
        let remembered = [
            clock.test(
                "if there was a sample before the window", [.init(time: time, fires: true)],
                [series.constantCounter(to: time + interval, except: back - clock.part(0.8) + interval..<back)],
                labels: series.groupLabels)
        ]
        if isKept(clock, after: silentUntil, until: expectations) { return remembered }
        return remembered + [
            clock.test(
                "no earlier than a window after a gap", expectations,
                [
                    series.constantCounter(
                        to: (expectations.last?.time ?? again) + interval, except: last + interval..<again)
                ],
                labels: series.groupLabels)
        ]
    }

    private func missing(_ clock: TestClock, _ series: SeriesMaker) -> AlertTest {
        let last = clock.sampledEvaluation(from: clock.window)
        let expectations = clock.firing(from: clock.evaluation(after: last + clock.window))
        let length = (expectations.last?.time ?? last) + clock.interval
        return clock.test(
            "when it has been missing for the window, next to others", expectations,
            series.selected([.init(rate: 1, length: last)]) + others(series, length), labels: series.groupLabels)
    }

    private func neverThere(_ target: MetricTarget) -> AlertTest {
        let clock = TestClock.fine(window: target.window, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        return clock.test("without series", clock.firing(from: .zero), [], labels: series.groupLabels)
    }
}
