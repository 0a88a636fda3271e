import ContractModel
import MetricsCompiler

/// The times of a test: of its samples, of its evaluations, and of the changes of a condition over a range.
struct TestClock {
    /// The range of the condition; 0 for a condition on current values.
    let window: Duration
    let holdsFor: Duration
    let keepsFiringFor: Duration
    /// The time between two samples.
    let interval: Duration
    /// The time between two evaluations of the rules.
    let evaluation: Duration

    /// The possible intervals between samples: divisors and multiples of a minute, so that samples and evaluations coincide.
    private static let intervals =
        [100, 200, 250, 500, 1000, 2000, 3000, 4000, 5000, 6000, 10_000, 12_000, 15_000, 20_000, 30_000]
        .map { Duration.milliseconds($0) }
        + [1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440].map { Duration.minute * $0 }

    /// The maximum number of samples in a test. promtool loads at most 10,000 in a query, with its result; other rules may
    /// query the whole test.
    static let maximumSamples = 8000

    /// Creates a clock with five samples in a window, or two if a long `for` would otherwise need too many samples. Rules with
    /// ranges of hours and days have fewer evaluations, which are slow in promtool.
    static func coarse(window: Duration, holdsFor: Duration, keepsFiringFor: Duration) -> TestClock {
        let index = window <= .hour ? 0 : window <= .day ? 1 : 2
        let evaluation = AlertTest.evaluationIntervals[index]
        let often = interval(window, samples: 5)
        let isTooOften = (window * 4 + holdsFor + keepsFiringFor).count(of: often) > maximumSamples
        return TestClock(
            window: window, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor,
            interval: isTooOften ? interval(window, samples: 2) : often, evaluation: evaluation)
    }

    /// Creates a clock with frequent samples, for tests of `for` that are shorter than a window.
    static func fine(window: Duration, holdsFor: Duration) -> TestClock {
        let often = min(.minute, interval(window, samples: 5))
        let seldom = intervals.first { (holdsFor + .minute * 2).count(of: $0) < maximumSamples } ?? often
        return TestClock(
            window: window, holdsFor: holdsFor, keepsFiringFor: .zero,
            interval: max(often, min(seldom, interval(window, samples: 2))), evaluation: .minute)
    }

    /// Creates a clock for a condition on current values.
    static func gauge(holdsFor: Duration, keepsFiringFor: Duration) -> TestClock {
        TestClock(
            window: .zero, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor, interval: .minute, evaluation: .minute)
    }

    private static func interval(_ window: Duration, samples: Int) -> Duration {
        let fitting = intervals.filter { $0 * samples <= window }
        return fitting.last { window.isMultiple(of: $0) } ?? fitting.last
            ?? .milliseconds(max(1, window.milliseconds / Int64(samples)))
    }

    // MARK: Times

    /// Returns the first evaluation at or after a time.
    func evaluation(from time: Duration) -> Duration { time.roundedUp(to: evaluation) }
    /// Returns the first evaluation after a time.
    func evaluation(after time: Duration) -> Duration { evaluation(from: time + .milliseconds(1)) }

    /// Returns the first evaluation at or after a time that coincides with a sample.
    func sampledEvaluation(from time: Duration) -> Duration {
        var (a, b) = (interval.milliseconds, evaluation.milliseconds)
        while b != 0 { (a, b) = (b, a % b) }
        return time.roundedUp(to: evaluation * (interval.milliseconds / a))
    }

    /// Returns a part of the window in whole samples: at least one, and not all of them.
    func part(_ ratio: Double) -> Duration {
        let count = window.count(of: interval)
        return interval * max(1, min(count - 1, Int((Double(count) * ratio).rounded())))
    }

    /// A time some evaluations after the window is full and the condition has held for long enough.
    var settled: Duration { sampledEvaluation(from: window + holdsFor + evaluation * 4) }

    /// Returns the evaluation of a condition that has held for long enough, and then has faded for a time.
    func end(fadingFor length: Duration) -> Duration {
        sampledEvaluation(from: window + holdsFor + evaluation + length)
    }

    /// Returns the first evaluation at which all samples in the window are equal, after a last change at a time.
    func forgotten(_ time: Duration) -> Duration { evaluation(after: time + window - interval) }

    // MARK: Expectations

    /// Returns the expectations of a condition that first holds at a time: the alert fires after `for`, and not before.
    func firing(from start: Duration) -> [AlertTest.Expectation] {
        let time = evaluation(from: start + holdsFor)
        let before = time - evaluation
        return (before >= .zero ? [.init(time: before, fires: false)] : []) + [.init(time: time, fires: true)]
    }

    /// Returns the expectations of a condition that no longer holds at an evaluation: the alert fires until
    /// `keep_firing_for` is over.
    func ending(at time: Duration) -> [AlertTest.Expectation] {
        let end = evaluation(from: time + keepsFiringFor)
        return [.init(time: end - evaluation, fires: true), .init(time: end, fires: false)]
    }

    static let endingNote = "until 'keep_firing_for' is over"

    /// Returns the expectation after `keep_firing_for`, counted from a time.
    func kept(_ time: Duration, fires: Bool) -> AlertTest.Expectation {
        .init(time: evaluation(from: time + keepsFiringFor), fires: fires)
    }

    /// Returns the test of `keep_firing_for`, if the alert has one.
    ///
    /// - Parameter series: Returns series for which the condition holds until a time, plus the window.
    func endings(labels: [AlertTest.Label] = [], _ series: (Duration) -> [AlertTest.Series]) -> [AlertTest] {
        guard keepsFiringFor > .zero else { return [] }
        let last = sampledEvaluation(from: window + holdsFor + evaluation * 2)
        let end = window > .zero ? forgotten(last) : last
        return [test(Self.endingNote, ending(at: end), series(last), labels: labels)]
    }

    /// Returns traffic with enough events in each interval.
    func enough(_ minimumEvents: Int?, _ traffic: [SeriesMaker.Traffic]) -> [SeriesMaker.Traffic] {
        guard let minimumEvents else { return traffic }
        let factor = max(1, 3 * Double(minimumEvents) / (100 * interval.inSeconds))
        return traffic.map { traffic in
            var traffic = traffic
            traffic.rate *= factor
            return traffic
        }
    }

    func test(
        _ note: String, _ expectations: [AlertTest.Expectation], _ series: [AlertTest.Series],
        labels: [AlertTest.Label] = []
    ) -> AlertTest {
        AlertTest(
            note: note, interval: interval, evaluationInterval: evaluation, expectations: expectations, series: series,
            labels: labels)
    }

    /// Returns whether promtool can load the samples of a test.
    static func isLoadable(_ test: AlertTest) -> Bool { test.length.count(of: test.interval) <= maximumSamples }
}
