import PrometheusMetrics
import Testing

struct FamilyTests {
    @Test("a counter counts each series apart")
    func counts() {
        let counter = CounterFamily(
            "c_total", help: "", labels: [Label("a", ["x", "y"]), Label("b", ["1", "2", "3"])])
        counter.increment(at: 1 * 3 + 2, by: 5)
        counter.increment(at: 1 * 3 + 2)
        counter.increment(at: 0)
        #expect((0..<6).map(counter.value(at:)) == [1, 0, 0, 0, 0, 6])
        #expect(counter.description.labelValues(at: 5) == ["y", "3"])
        #expect(counter.description.seriesCount == 6)
    }

    @Test("a counter shows all 64 bits")
    func countsFar() throws {
        let counter = CounterFamily("c_total", help: "")
        counter.increment(by: .max)
        let registry = MetricRegistry()
        try registry.register(counter)
        #expect(registry.exposition().text.hasSuffix("\nc_total 18446744073709551615\n"))
    }

    @Test(
        "durations add up exactly and are shown without needless zeros",
        arguments: [
            (Duration.nanoseconds(1), "0.000000001"), (.milliseconds(1500), "1.5"), (.seconds(3), "3"), (.zero, "0"),
            (.seconds(-3), "0"), (.seconds(Int64.max), "0"), (.seconds(4_000_000_000), "4000000000"),
            (.microseconds(12_345_678), "12.345678"), (Duration(secondsComponent: 0, attosecondsComponent: 999), "0"),
        ])
    func addsDurations(duration: Duration, text: String) throws {
        let counter = SecondsCounterFamily("c_seconds_total", help: "", unit: "seconds")
        counter.add(duration)
        let registry = MetricRegistry()
        try registry.register(counter)
        #expect(registry.exposition().text.hasSuffix("\nc_seconds_total \(text)\n"))
    }

    @Test("a counter of seconds returns its total as a duration")
    func readsDurations() {
        let counter = SecondsCounterFamily("c_seconds_total", help: "")
        counter.add(.seconds(7))
        counter.add(.nanoseconds(5))
        #expect(counter.value() == .seconds(7) + .nanoseconds(5))
    }

    @Test("a gauge is set, rises and falls")
    func gauges() {
        let gauge = GaugeFamily("g", help: "", labels: [Label("a", ["x", "y"])], initially: .none)
        #expect(gauge.value(at: 1) == 0)
        gauge.increment(at: 1)
        gauge.increment(at: 1, by: 2.5)
        gauge.decrement(at: 1, by: 0.5)
        gauge.set(-7, at: 0)
        gauge.decrement(at: 0)
        #expect(gauge.value(at: 1) == 3)
        #expect(gauge.value(at: 0) == -8)
    }

    @Test(
        "numbers are written in their shortest exact form",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-17, "-17"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
            (1e15, "1000000000000000"), (1e22, "1e+22"), (Double.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, nil),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1_705_329_022.123456, "1705329022.123456"),
        ] as [(Double, String?)])
    func showsNumbers(value: Double, text: String?) throws {
        let gauge = GaugeFamily("g", help: "")
        let registry = MetricRegistry()
        try registry.register(gauge)
        gauge.set(value)
        #expect(registry.exposition().text.hasSuffix("\ng \(text ?? "\(value)")\n"))
    }

    @Test("a bucket counts observations up to its bound")
    func observes() {
        let histogram = HistogramFamily(
            "h", help: "", upperBounds: [10, 1, 5, 5, .infinity, .nan])
        #expect(histogram.description.kind == .histogram(upperBounds: [1, 5, 10]))
        for value in [-1, 0, 1, 1.0000000000000002, 5, 7, 10, 11, .infinity] { histogram.observe(value) }
        #expect(histogram.snapshot().cumulativeCounts == [3, 5, 7, 9])
        #expect(histogram.snapshot().count == 9)
        #expect(histogram.snapshot().sum == .infinity)
    }

    @Test("an observation that is not a number is not counted; a duration counts in seconds")
    func observesDurations() {
        let histogram = HistogramFamily(
            "h_seconds", help: "", labels: [Label("a", ["x", "y"])], upperBounds: [0.25, 1])
        histogram.observe(.nan, at: 1)
        histogram.observe(.milliseconds(250), at: 1)
        histogram.observe(.milliseconds(251), at: 1)
        #expect(histogram.snapshot(at: 1) == HistogramSnapshot(cumulativeCounts: [1, 2, 2], sum: 0.501))
        #expect(histogram.snapshot(at: 0) == HistogramSnapshot(cumulativeCounts: [0, 0, 0], sum: 0))
    }

    @Test("durations that are counted together count as each by itself, for a mirror too")
    func observesDurationsTogether() {
        let durations: [Duration] = [
            .milliseconds(250), .milliseconds(250), .seconds(3), .milliseconds(1), .seconds(86_400), .seconds(86_400),
        ]
        let (mirror, other) = (ChangeRecorder(), ChangeRecorder())
        let together = HistogramFamily("h_seconds", help: "", upperBounds: [0.25, 1], mirror: mirror)
        together.observe(durations[...])
        let apart = HistogramFamily("h_seconds", help: "", upperBounds: [0.25, 1], mirror: other)
        for duration in durations { apart.observe(duration) }
        #expect(together.snapshot() == apart.snapshot())
        #expect(together.snapshot() == HistogramSnapshot(cumulativeCounts: [3, 3, 6], sum: 172_803.501))
        #expect(mirror.changes == other.changes)
        #expect(mirror.changes.count == 6)

        let slice = HistogramFamily("h_seconds", help: "", upperBounds: [])
        slice.observe(durations[1..<3])
        slice.observe(durations[2..<2])
        #expect(slice.snapshot() == HistogramSnapshot(cumulativeCounts: [2], sum: 3.25))
    }

    @Test("a histogram without bounds has the bucket +Inf")
    func observesWithoutBounds() {
        let histogram = HistogramFamily("h", help: "", upperBounds: [])
        histogram.observe(3)
        #expect(histogram.snapshot() == HistogramSnapshot(cumulativeCounts: [1], sum: 3))
    }

    @Test("series that do not exist from the start appear when they are first used")
    func appear() throws {
        let labels = [Label("a", ["x", "y", "z"])]
        let counter = CounterFamily("c_total", help: "", labels: labels, initially: .only([1, 99, -1]))
        let gauge = GaugeFamily("g", help: "", labels: labels, initially: .none)
        let histogram = HistogramFamily("h", help: "", labels: labels, upperBounds: [], initially: .none)
        let registry = MetricRegistry()
        try registry.register(counter, gauge, histogram)
        func samples() -> [Substring] {
            registry.exposition().text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        #expect(samples() == [#"c_total{a="y"} 0"#])
        counter.increment(at: 0)
        gauge.set(0, at: 2)
        histogram.observe(0, at: 1)
        #expect(
            samples() == [
                #"c_total{a="x"} 1"#, #"c_total{a="y"} 0"#, #"g{a="z"} 0"#, #"h_bucket{a="y",le="+Inf"} 1"#,
                #"h_sum{a="y"} 0"#, #"h_count{a="y"} 1"#,
            ])
    }

    @Test("an index outside of the family stops the program, as one outside of an array does")
    func stopsOutside() async {
        await #expect(processExitsWith: .failure) {
            CounterFamily("c_total", help: "", labels: [Label("a", ["x", "y"])]).increment(at: 2)
        }
        await #expect(processExitsWith: .failure) {
            HistogramFamily("h", help: "", upperBounds: [1, 2]).observe(3, at: -1)
        }
    }
}
