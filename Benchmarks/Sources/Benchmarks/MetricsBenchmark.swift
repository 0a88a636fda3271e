import CAllocationCount
import Foundation
import PrometheusMetrics
import Synchronization

/// Counting and observing beside a plain atomic, a lock with a dictionary, and Python's client; and what a scrape costs.
struct MetricsBenchmark {
    private static let upperBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private static let topics = ["tda_jobs", "tda_results", "tda_errors"]
    private static let types = (0..<14).map { "event.number_\($0)" }
    private static let statuses = ["success", "error"]

    private let counter = CounterFamily(
        "messages_total", help: "Messages.",
        labels: [
            Label("topic", Self.topics), Label("type", Self.types), Label("status", Self.statuses),
        ])
    private let histogram = HistogramFamily(
        "latency_seconds", help: "Latency.", labels: [Label("topic", Self.topics)],
        upperBounds: Self.upperBounds)
    private let gauge = GaugeFamily("depth", help: "Depth.")
    /// So many in no order that the processor can't learn which bucket comes next.
    private let values = (0..<0x10000).map { _ in Double.random(in: 0..<6.8) }
    private let plain = PlainAtomic()
    private let locked = LockedRegistry()

    private final class PlainAtomic: Sendable {
        let value = Atomic<UInt64>(0)
    }

    func run() throws {
        print("Metrics")
        let python = try PythonClient.measure()
        measureOneThread(python)
        measureTwoThreads()
        measureAllocation()
        try measureExposition(python)
    }

    private func measureOneThread(_ python: PythonClient.Times) {
        let (counter, histogram, gauge, values, plain, locked) = (counter, histogram, gauge, values, plain, locked)
        let (topics, types, statuses) = (Self.topics, Self.types, Self.statuses)
        let times = Measurement.medians([
            .init(name: "counter") { count in
                for step in 0..<count { counter.increment(at: (step & 1) * 28 + 5) }
            },
            .init(name: "atomic") { count in
                for _ in 0..<count { plain.value.wrappingAdd(1, ordering: .relaxed) }
            },
            .init(name: "lock and dictionary") { count in
                for step in 0..<count {
                    locked.increment("messages_total", labels: [topics[step & 1], types[5], statuses[0]])
                }
            },
            .init(name: "histogram") { count in
                for step in 0..<count { histogram.observe(values[step & 0xFFFF], at: step & 1) }
            },
            .init(name: "lock and dictionary") { count in
                for step in 0..<count {
                    locked.observe(
                        values[step & 0xFFFF], "latency_seconds", labels: [topics[step & 1]],
                        upperBounds: Self.upperBounds)
                }
            },
            .init(name: "gauge set") { count in
                for step in 0..<count { gauge.set(Double(step)) }
            },
            .init(name: "gauge increment") { count in
                for _ in 0..<count { gauge.increment() }
            },
        ])
        print(
            "  counter increment: \(text(times[0])) ns\(verdict(times[0] <= 10, "10 ns")), a plain atomic "
                + "\(text(times[1])) ns, lock and dictionary \(text(times[2])) ns: \(text(times[2] / times[0])) x"
                + "\(verdict(times[2] / times[0] >= 10, "10 x"))")
        print(
            "    Python's client \(text(python.increment)) ns: \(text(python.increment / times[0])) x, its child kept "
                + "\(text(python.incrementChild)) ns: \(text(python.incrementChild / times[0])) x")
        print(
            "  histogram observation: \(text(times[3])) ns\(verdict(times[3] <= 20, "20 ns")), lock and dictionary "
                + "\(text(times[4])) ns: \(text(times[4] / times[3])) x\(verdict(times[4] / times[3] >= 10, "10 x"))")
        print(
            "    Python's client \(text(python.observe)) ns: \(text(python.observe / times[3])) x, its child kept "
                + "\(text(python.observeChild)) ns: \(text(python.observeChild / times[3])) x")
        print("  gauge: set \(text(times[5])) ns, increment \(text(times[6])) ns")
    }

    /// Two threads on one series: all that they do is to pass its cache line to and fro.
    private func measureTwoThreads() {
        let (counter, plain, locked) = (counter, plain, locked)
        let (topics, types, statuses) = (Self.topics, Self.types, Self.statuses)
        func onTwoThreads(_ work: @escaping @Sendable (Int) -> Void) -> (Int) -> Void {
            { count in
                let arrivals = Atomic<Int>(0)
                let ended = DispatchSemaphore(value: 0)
                // Neither begins before the other is there.
                @Sendable func half() {
                    arrivals.wrappingAdd(1, ordering: .relaxed)
                    while arrivals.load(ordering: .relaxed) < 2 {}
                    work(count / 2)
                }
                Thread.detachNewThread {
                    half()
                    ended.signal()
                }
                half()
                ended.wait()
            }
        }
        let times = Measurement.medians([
            .init(
                name: "counter",
                run: onTwoThreads { count in
                    for _ in 0..<count { counter.increment(at: 5) }
                }),
            .init(
                name: "atomic",
                run: onTwoThreads { count in
                    for _ in 0..<count { plain.value.wrappingAdd(1, ordering: .relaxed) }
                }),
            .init(
                name: "lock and dictionary",
                run: onTwoThreads { count in
                    for _ in 0..<count {
                        locked.increment("messages_total", labels: [topics[0], types[5], statuses[0]])
                    }
                }),
        ])
        print(
            "  2 threads on one series: \(text(times[0])) ns, on a plain atomic \(text(times[1])) ns: "
                + "\(text(times[0] / times[1])) x\(verdict(times[0] / times[1] <= 1.1, "1.1 x at most")), on lock and "
                + "dictionary \(text(times[2])) ns")
    }

    /// How often a change asks the heap for memory: the C target counts every call of `malloc` and its like.
    private func measureAllocation() {
        let (topics, types, statuses) = (Self.topics, Self.types, Self.statuses)
        func allocations(_ work: () -> Void) -> Int {
            let before = allocation_count()
            work()
            return allocation_count() - before
        }
        guard allocation_count() >= 0 else { return print("  allocations: can't be counted on this system") }
        let ours = allocations {
            for step in 0..<1_000_000 {
                counter.increment(at: step % 84)
                histogram.observe(values[step & 0xFFFF], at: step % 3)
                gauge.increment()
            }
        }
        let theirs = allocations {
            for _ in 0..<1_000_000 {
                locked.increment("messages_total", labels: [topics[0], types[5], statuses[0]])
            }
        }
        print(
            "  allocations in 3,000,000 changes: \(ours)\(verdict(ours == 0, "0")), in 1,000,000 with lock and "
                + "dictionary \(theirs)")
    }

    private func measureExposition(_ python: PythonClient.Times) throws {
        let registry = MetricRegistry()
        let labels = [
            Label("a", (0..<100).map { "tda_topic_\($0)" }), Label("b", (0..<100).map { "event.number_\($0)" }),
        ]
        let counter = CounterFamily("many_total", help: "Many.", labels: labels)
        for index in 0..<10_000 { counter.increment(at: index, by: UInt64(index)) }
        try registry.register(counter)
        let fractions = MetricRegistry()
        let gauge = GaugeFamily("many", help: "Many.", labels: labels)
        for index in 0..<10_000 { gauge.set(Double(index) / 7, at: index) }
        try fractions.register(gauge)
        let histograms = MetricRegistry()
        let histogram = HistogramFamily(
            "many", help: "Many.", labels: [Label("a", (0..<770).map { "tda_topic_\($0)" })],
            upperBounds: Self.upperBounds)
        for step in 0..<77_000 { histogram.observe(values[step & 0xFFFF], at: step % 770) }
        try histograms.register(histogram)
        let times = Measurement.medians(
            [registry, fractions, histograms].map { registry in
                .init(name: "exposition") { count in
                    for _ in 0..<count { consume(registry.exposition().reduce(0) { $0 + $1.count }) }
                }
            }
        ).map { $0 / 1e6 }
        print(
            "  exposition of 10,000 series: \(text(times[0])) ms\(verdict(times[0] <= 5, "5 ms")), Python's client "
                + "\(text(python.exposition)) ms: \(text(python.exposition / times[0])) x")
        print(
            "    of 10,000 gauges with fractions \(text(times[1])) ms\(verdict(times[1] <= 5, "5 ms")), of the 10,010 "
                + "samples of 770 histograms \(text(times[2])) ms\(verdict(times[2] <= 5, "5 ms"))")
    }

    private func text(_ value: Double) -> String {
        String(format: value < 10 ? "%.2f" : "%.0f", value)
    }

    private func verdict(_ isReached: Bool, _ goal: String) -> String {
        " (goal \(goal): \(isReached ? "reached" : "MISSED"))"
    }
}
