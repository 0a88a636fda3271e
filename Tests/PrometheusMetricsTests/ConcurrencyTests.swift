import PrometheusMetrics
import Testing

struct ConcurrencyTests {
    @Test("concurrent increments are all counted")
    func losesNothing() async {
        let counter = CounterFamily("c_total", help: "", labels: [Label("a", ["x", "y", "z"])])
        let gauge = GaugeFamily("g", help: "", initially: .none)
        let histogram = HistogramFamily("h", help: "", upperBounds: [1, 2, 3])
        let seconds = SecondsCounterFamily("s_seconds_total", help: "")
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for step in 0..<20_000 {
                        counter.increment(at: step % 3 == 0 ? 2 : 1)
                        gauge.increment(by: 2)
                        gauge.decrement()
                        histogram.observe(Double(step % 5))
                        seconds.add(.nanoseconds(3))
                    }
                }
            }
        }
        #expect(counter.value(at: 0) == 0)
        #expect(counter.value(at: 1) == 8 * 13_333)
        #expect(counter.value(at: 2) == 8 * 6_667)
        #expect(gauge.value() == 160_000)
        #expect(
            histogram.snapshot()
                == HistogramSnapshot(cumulativeCounts: [64_000, 96_000, 128_000, 160_000], sum: 320_000))
        #expect(seconds.value() == .nanoseconds(480_000))
    }

    @Test("a scrape during changes is consistent, and never older than the last")
    func staysConsistent() async throws {
        let histogram = HistogramFamily("h", help: "", upperBounds: [1, 2, 3, 4])
        let registry = MetricRegistry()
        try registry.register(histogram)
        await withTaskGroup { group in
            for _ in 0..<3 {
                group.addTask {
                    for step in 0..<100_000 { histogram.observe(Double(step % 6)) }
                }
            }
            group.addTask {
                var last: [UInt64] = [0, 0, 0, 0, 0]
                for _ in 0..<500 {
                    let values = registry.exposition().text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                        .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.map { UInt64($0) }
                    let buckets = Array(values.prefix(5))
                    #expect(buckets == buckets.sorted())
                    #expect(values.last == buckets.last)
                    #expect(zip(last, buckets).allSatisfy { $0 <= $1 })
                    last = buckets
                }
            }
        }
        #expect(histogram.snapshot().count == 300_000)
    }
}
