import CoreMetrics
import MetricsTestKit
import PrometheusMetrics
import SwiftMetricsBridge
import Testing

struct SwiftMetricsMirrorTests {
    private let backend = TestMetrics()
    private var mirror: SwiftMetricsMirror { SwiftMetricsMirror(factory: backend) }

    @Test("a counter's increments arrive at the series with the same labels")
    func mirrorsCounters() throws {
        let counter = CounterFamily(
            "c_total", help: "",
            labels: [Label("topic", ["jobs", "results"]), Label("status", ["success", "error"])],
            initially: .only([0]), mirror: mirror)
        #expect(backend.counters.count == 1)
        #expect(try backend.expectCounter("c_total", [("topic", "jobs"), ("status", "success")]).totalValue == 0)
        counter.increment(at: 1 * 2 + 1, by: 4)
        counter.increment(at: 1 * 2 + 1)
        #expect(try backend.expectCounter("c_total", [("topic", "results"), ("status", "error")]).values == [4, 1])
        #expect(counter.value(at: 3) == 5)
        #expect(backend.counters.count == 2)
    }

    @Test("increments beyond the limit of swift-metrics are clamped")
    func mirrorsGreatCounts() throws {
        let counter = CounterFamily("c_total", help: "", mirror: mirror)
        counter.increment(by: .max)
        #expect(try backend.expectCounter("c_total").lastValue == .max)
    }

    @Test("a gauge's settings and changes arrive as such")
    func mirrorsGauges() throws {
        let gauge = GaugeFamily("g", help: "", mirror: mirror)
        gauge.set(4.5)
        gauge.increment()
        gauge.decrement(by: 2)
        #expect(try backend.expectMeter("g").lastValue == 3.5)
        #expect(gauge.value() == 3.5)
    }

    @Test("each observation of a histogram arrives, in its own unit; one that is not counted does not")
    func mirrorsHistograms() throws {
        let histogram = HistogramFamily("h_seconds", help: "", upperBounds: [1], mirror: mirror)
        histogram.observe(0.25)
        histogram.observe(.nan)
        histogram.observe(.milliseconds(1500))
        let recorder = try backend.expectRecorder("h_seconds")
        #expect(recorder.values == [0.25, 1.5])
        #expect(recorder.aggregate)
    }

    @Test("durations arrive as seconds")
    func mirrorsSeconds() throws {
        let counter = SecondsCounterFamily("s_seconds_total", help: "", mirror: mirror)
        counter.add(.milliseconds(2500))
        counter.add(.milliseconds(500))
        // The backend has only whole counters, to which swift-metrics adds what has become whole.
        #expect(try backend.expectCounter("s_seconds_total").totalValue == 3)
    }

    @Test("values of an open label arrive up to the bound, the others as one")
    func mirrorsOpenLabels() throws {
        let types = BoundedLabel(atMost: 1)
        let counter = CounterFamily("c_total", help: "", labels: [Label("type", types)], mirror: mirror)
        #expect(backend.counters.map(\.dimensions.description) == [[("type", "other")].description])
        for value in ["a", "b", "a", "c"] { counter.increment(at: types.index(of: value)) }
        #expect(try backend.expectCounter("c_total", [("type", "a")]).totalValue == 2)
        #expect(try backend.expectCounter("c_total", [("type", "other")]).totalValue == 2)
    }

    @Test("concurrent increments all arrive")
    func losesNothing() async throws {
        let counter = CounterFamily(
            "c_total", help: "", labels: [Label("a", ["x", "y"])], initially: .none, mirror: mirror)
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for step in 0..<1000 { counter.increment(at: step % 2) }
                }
            }
        }
        #expect(backend.counterTotal(label: "c_total") == 4000)
        #expect(try backend.expectCounter("c_total", [("a", "x")]).totalValue == 2000)
    }
}
