import PrometheusMetrics
import TestSupport
import Testing

/// What programs from outside read in the expositions.
struct JudgeTests {
    @Test("promtool reports no problems")
    func passesPromtool() throws {
        let metrics = try SampleMetrics()
        metrics.touch()
        #expect(try Judge.promtool(metrics.registry.exposition().bytes) == "")
    }

    @Test("Python's client reads the same from both formats")
    func readsTheSame() throws {
        let metrics = try SampleMetrics()
        metrics.touch()
        let text = try Judge.python(metrics.registry.exposition(as: .text).bytes, isOpenMetrics: false)
        let openMetrics = try Judge.python(metrics.registry.exposition(as: .openMetrics).bytes, isOpenMetrics: true)
        // The older text has no units, and writes `le` without a fraction.
        #expect(openMetrics.filter { $0.unit == "seconds" }.count == 7)
        #expect(
            Set(text)
                == Set(
                    openMetrics.map {
                        var sample = $0
                        sample.unit = ""
                        if sample.labels["le"] == "1.0" { sample.labels["le"] = "1" }
                        return sample
                    }))
        #expect(text.count == 16)
        let quoted = text.first { $0.labels["result_type"] == "a \"quoted\" \\ and\nbroken name" }
        #expect(quoted?.number == 2)
        #expect(
            text.first { $0.name == "tda_kafka_connection_status" }?.help
                == "1 when a broker answers, 0 when \"none\" does.\nA \\ in help.")
    }

    @Test("label values and numbers of any kind are read unchanged", arguments: ExpositionFormat.allCases)
    func carriesAnything(format: ExpositionFormat) throws {
        var generator = SeededGenerator(seed: 7)
        let texts = Array(Set((0..<1500).map { _ in generator.text() })).sorted()
        let numbers = texts.map { _ in generator.number() }
        let open = BoundedLabel(atMost: texts.count, other: "the rest of them")
        let gauge = GaugeFamily("g", help: "Any number.", labels: [Label("closed", texts)])
        let counter = CounterFamily("c_total", help: "Any text.", labels: [Label("open", open)])
        for (index, (text, number)) in zip(texts, numbers).enumerated() {
            gauge.set(number, at: index)
            counter.increment(at: open.index(of: text), by: UInt64(index) + 1)
        }
        let registry = MetricRegistry()
        try registry.register(gauge, counter)
        let exposition = registry.exposition(as: format).bytes
        if format == .text { #expect(try Judge.promtool(exposition) == "") }
        let samples = try Judge.python(exposition, isOpenMetrics: format == .openMetrics)
        #expect(samples.count == 2 * texts.count + 1)
        let gauges = samples.filter { $0.name == "g" }
        #expect(gauges.map { $0.labels["closed"] } == texts)
        for (sample, number) in zip(gauges, numbers) {
            #expect(sample.number == number || sample.number.isNaN && number.isNaN)
        }
        let counts = Dictionary(
            samples.filter { $0.name == "c_total" }.map { (Array(($0.labels["open"] ?? "").utf8), $0.number) }
        ) { first, _ in first }
        for (index, text) in texts.enumerated() { #expect(counts[Array(text.utf8)] == Double(index + 1)) }
    }

    @Test("every bucket bound is read exactly, and canonical in OpenMetrics")
    func writesBounds() throws {
        var generator = SeededGenerator(seed: 11)
        let powers = (-12...12).flatMap { power in [1, 2.5, 5].map { $0 * Self.power(of: power) } }
        let bounds = Set(powers + [0.1 + 0.2, 123_456.789, 999_999, 1_234_567, Double.leastNonzeroMagnitude, 1.7e308])
            .union((0..<200).map { _ in generator.number() }.filter(\.isFinite).map(\.magnitude)).sorted()
        let registry = MetricRegistry()
        try registry.register(HistogramFamily("h", help: "Bounds.", upperBounds: bounds))
        for format in ExpositionFormat.allCases {
            let samples = try Judge.python(registry.exposition(as: format).bytes, isOpenMetrics: format == .openMetrics)
            let read = samples.compactMap { $0.labels["le"] }
            #expect(read.last == "+Inf")
            #expect(read.dropLast().compactMap { Double($0) } == bounds)
            if format == .openMetrics {
                #expect(Set(["1e-05", "0.0001", "1.0", "100000.0", "1e+06"]).isSubset(of: read))
            }
        }
    }

    @Test("rare forms can be read", arguments: ExpositionFormat.allCases)
    func writesRareShapes(format: ExpositionFormat) throws {
        let registry = MetricRegistry()
        let drift = HistogramFamily("drift", help: "", upperBounds: [-1, 0, 1])
        let plain = CounterFamily("plain", help: "A counter whose name does not say so.")
        try registry.register(
            drift, plain, GaugeFamily("unset", help: "Not yet.", initially: .none),
            HistogramFamily("boundless_bytes", help: "\\n\"", unit: "bytes", upperBounds: []))
        drift.observe(-3)
        plain.increment()
        let isOpenMetrics = format == .openMetrics
        let samples = try Judge.python(registry.exposition(as: format).bytes, isOpenMetrics: isOpenMetrics)
        // Python names both as OpenMetrics does.
        #expect(samples.first { $0.name == "plain_total" }?.number == 1)
        #expect(samples.filter { $0.family == "drift" }.count == (isOpenMetrics ? 4 : 6))
        #expect(samples.first { $0.family == "boundless_bytes" }?.help == "\\n\"")
    }

    private static func power(of exponent: Int) -> Double {
        Double("1e\(exponent)") ?? 0
    }
}
