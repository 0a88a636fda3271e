import PrometheusMetrics
import Testing

struct BoundedLabelTests {
    @Test("the first values get a series each, the rest share one")
    func bounds() {
        let label = BoundedLabel(atMost: 2)
        #expect(label.count == 3)
        #expect(["b", "a", "c", "b", "a", "d", "other"].map(label.index(of:)) == [0, 1, 2, 0, 1, 2, 2])
        #expect(Label("l", label).count == 3)
    }

    @Test("a bound of zero or less leaves only the rest", arguments: [0, -5])
    func boundsToNothing(bound: Int) throws {
        let label = BoundedLabel(atMost: bound, other: "rest")
        let counter = CounterFamily("c_total", help: "", labels: [Label("l", label)])
        let registry = MetricRegistry()
        try registry.register(counter)
        counter.increment(at: label.index(of: "a"))
        #expect(registry.exposition().text.hasSuffix("counter\nc_total{l=\"rest\"} 1\n"))
    }

    @Test("the order in which values were first used is not visible")
    func ordersValues() throws {
        func text(_ values: [String]) throws -> String {
            let label = BoundedLabel(atMost: 10)
            let counter = CounterFamily(
                "c_total", help: "", labels: [Label("a", ["x", "y"]), Label("l", label), Label("b", ["1", "2"])])
            for value in values { counter.increment(at: (1 * label.count + label.index(of: value)) * 2, by: 3) }
            let registry = MetricRegistry()
            try registry.register(counter)
            return registry.exposition().text
        }
        let values = ["zebra", "Apfel", "äpfel", "apple", "", "日本", "other", "zeb"]
        let expected = try text(values)
        #expect(try text(values.reversed()) == expected)
        #expect(expected.contains("c_total{a=\"y\",l=\"apple\",b=\"1\"} 3\n"))
        let shown = expected.split(separator: "\n").filter { $0.contains("a=\"y\"") && $0.contains("b=\"1\"") }
            .compactMap { $0.split(separator: "\"", omittingEmptySubsequences: false).dropFirst(3).first }
        #expect(shown == ["", "Apfel", "apple", "zeb", "zebra", "äpfel", "日本", "other"])
    }

    @Test("values are compared by bytes, not by canonical equivalence")
    func tellsBytesApart() {
        let label = BoundedLabel(atMost: 5)
        #expect(label.index(of: "\u{E9}") != label.index(of: "e\u{301}"))
    }

    @Test("concurrent threads assign one index to each value")
    func agrees() async throws {
        let label = BoundedLabel(atMost: 50)
        let counter = CounterFamily("c_total", help: "", labels: [Label("l", label)])
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for step in 0..<1000 { counter.increment(at: label.index(of: "v\((step + task * 7) % 100)")) }
                }
            }
        }
        let counts = (0..<50).map(counter.value(at:))
        #expect(counts == Array(repeating: 80, count: 50))
        #expect(counter.value(at: 50) == 4000)
    }

    @Test(
        "a label takes every bound, and a family of it has room for at most a million values",
        arguments: [Int.min, 0, 1, .max])
    func extremeBounds(bound: Int) {
        let label = BoundedLabel(atMost: bound)
        #expect(label.bound == min(max(bound, 0), 1_000_000))
        let family = GaugeFamily("x", help: "X.", labels: [Label("l", label)], initially: .none)
        family.set(1, at: label.index(of: "a"))
        #expect(family.description.seriesCount == label.count)
    }

    @Test("durations at the ends of their type can be observed")
    func extremeDurations() {
        let histogram = HistogramFamily("x_seconds", help: "X.", upperBounds: [1])
        let seconds = SecondsCounterFamily("y_seconds_total", help: "Y.")
        for duration in [
            Duration(attoseconds: .min), .seconds(Int64.min), .seconds(Int64.max), Duration(attoseconds: .max),
        ] {
            histogram.observe(duration)
            histogram.observe([duration, duration][...])
            seconds.add(duration)
        }
        #expect(histogram.snapshot().count == 12)
    }
}
