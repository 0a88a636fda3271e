import MetricsCompiler

/// When a test samples its series and evaluates its rules, and when a condition that looks back over a window then turns.
/// All times are in milliseconds.
struct TestClock {
    /// How far back the condition looks; 0 where it looks at what is.
    let window: Int
    let holdsFor: Int
    /// For how long the alert keeps firing once the condition no longer holds.
    let keepsFiringFor: Int
    /// Between two samples.
    let interval: Int
    /// Between two evaluations of the rules.
    let evaluation: Int

    private static let minute = AlertTest.evaluationInterval
    private static let hour = 60 * minute

    /// Lengths that part a minute, or that minutes part: with them, samples and evaluations meet.
    private static let lengths =
        [100, 200, 250, 500, 1000, 2000, 3000, 4000, 5000, 6000, 10_000, 12_000, 15_000, 20_000, 30_000]
        + [1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440].map { $0 * minute }

    /// The samples that promtool takes in one query (10,000), with room for the result. A rule on the same series may
    /// have a range that holds all of a test.
    static let mostSamples = 8000

    init(window: Int, holdsFor: Int, keepsFiringFor: Int, interval: Int, evaluation: Int) {
        self.window = window
        self.holdsFor = holdsFor
        self.keepsFiringFor = keepsFiringFor
        self.interval = interval
        self.evaluation = evaluation
    }

    /// With five samples in a window, or two where `for` is so long that these are too many. Over hours and days rules are
    /// evaluated seldom: promtool takes its time for each.
    init(window: Int, holdsFor: Int, keepsFiringFor: Int) {
        let index = window <= Self.hour ? 0 : window <= 24 * Self.hour ? 1 : 2
        let evaluation = AlertTest.evaluationIntervals[index]
        let often = Self.interval(window, samples: 5)
        let isTooOften = (4 * window + holdsFor + keepsFiringFor) / often > Self.mostSamples
        self.init(
            window: window, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor,
            interval: isTooOften ? Self.interval(window, samples: 2) : often, evaluation: evaluation)
    }

    /// Looks often, to see what `for` waits for; not for as long as a window may be.
    static func fine(window: Int, holdsFor: Int) -> TestClock {
        let often = min(minute, interval(window, samples: 5))
        let seldom = lengths.first { (holdsFor + 2 * minute) / $0 < mostSamples } ?? often
        return TestClock(
            window: window, holdsFor: holdsFor, keepsFiringFor: 0,
            interval: max(often, min(seldom, interval(window, samples: 2))), evaluation: minute)
    }

    /// Of what has no window: a value is forgotten after five minutes.
    static func gauge(holdsFor: Int, keepsFiringFor: Int) -> TestClock {
        TestClock(
            window: 0, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor, interval: minute, evaluation: minute)
    }

    private static func interval(_ window: Int, samples: Int) -> Int {
        let fitting = lengths.filter { samples * $0 <= window }
        return fitting.last { window % $0 == 0 } ?? fitting.last ?? max(1, window / samples)
    }

    // MARK: Times

    /// The first evaluation that is no earlier than a time.
    func evaluation(from time: Int) -> Int { (time + evaluation - 1) / evaluation * evaluation }
    func evaluation(after time: Int) -> Int { evaluation(from: time + 1) }

    /// The first evaluation from a time on at which there is a sample too.
    func sampledEvaluation(from time: Int) -> Int {
        var (a, b) = (interval, evaluation)
        while b != 0 { (a, b) = (b, a % b) }
        let step = interval / a * evaluation
        return (time + step - 1) / step * step
    }

    /// About so much of the window, in whole samples: at least one, and not all of them.
    func part(_ share: Double) -> Int {
        let count = window / interval
        return max(1, min(count - 1, Int((Double(count) * share).rounded()))) * interval
    }

    /// When the window is full and the condition has held, and some evaluations later.
    var settled: Int { sampledEvaluation(from: window + holdsFor + 4 * evaluation) }

    /// When to look at what has held for long enough to fire and then has faded for a while.
    func end(fadingFor length: Int) -> Int { sampledEvaluation(from: window + holdsFor + evaluation + length) }

    /// The first evaluation at which no sample that differs from the one before it is left in the window, where the last
    /// such is at a time.
    func forgotten(_ time: Int) -> Int { evaluation(after: time + window - interval) }

    // MARK: Looks

    /// A condition that first holds at a time makes the alert fire once `for` is over, and not before.
    func firing(from start: Int) -> [AlertTest.Look] {
        let time = evaluation(from: start + holdsFor)
        let before = evaluation(from: start + holdsFor) - evaluation
        return (before >= 0 ? [AlertTest.Look(time: before, fires: false)] : []) + [.init(time: time, fires: true)]
    }

    /// A condition that holds last before an evaluation lets the alert fire until `keep_firing_for` is over, and no longer.
    func ending(at time: Int) -> [AlertTest.Look] {
        let end = evaluation(from: time + keepsFiringFor)
        return [.init(time: end - evaluation, fires: true), .init(time: end, fires: false)]
    }

    static let endingNote = "until 'keep_firing_for' is over"

    /// A look at what has just been found or has just ended, when `keep_firing_for` is over too.
    func kept(_ time: Int, fires: Bool) -> AlertTest.Look {
        .init(time: evaluation(from: time + keepsFiringFor), fires: fires)
    }

    /// The test of `keep_firing_for`, where there is one.
    ///
    /// - Parameter series: Series for which the condition holds until a time. Where there is a window, it holds until that
    ///   has passed too.
    func endings(labels: [AlertTest.Label] = [], _ series: (Int) -> [AlertTest.Series]) -> [AlertTest] {
        guard keepsFiringFor > 0 else { return [] }
        let last = sampledEvaluation(from: window + holdsFor + 2 * evaluation)
        let end = window > 0 ? forgotten(last) : last
        return [test(Self.endingNote, ending(at: end), series(last), labels: labels)]
    }

    /// Traffic of which each interval alone has more events than there must be in a range.
    func enough(_ minimumEvents: Int?, _ traffic: [SeriesMaker.Traffic]) -> [SeriesMaker.Traffic] {
        guard let minimumEvents else { return traffic }
        let factor = max(1, 3 * Double(minimumEvents) / (100 * Double(interval) / 1000))
        return traffic.map { traffic in
            var traffic = traffic
            traffic.rate *= factor
            return traffic
        }
    }

    func test(
        _ note: String, _ looks: [AlertTest.Look], _ series: [AlertTest.Series], labels: [AlertTest.Label] = []
    ) -> AlertTest {
        AlertTest(
            note: note, interval: interval, evaluationInterval: evaluation, looks: looks, series: series,
            labels: labels)
    }

    /// Whether promtool can load what the test is made of.
    static func isLoadable(_ test: AlertTest) -> Bool { test.length / test.interval <= mostSamples }
}
