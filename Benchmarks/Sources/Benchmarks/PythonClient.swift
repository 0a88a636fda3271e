import Foundation

/// Python's prometheus_client doing the same work, in the environment that scripts/setup-judges makes.
enum PythonClient {
    struct Times: Decodable {
        /// Nanoseconds to count with the labels looked up, as most programs do, and with the child kept.
        var increment: Double
        var incrementChild: Double
        var observe: Double
        var observeChild: Double
        /// Milliseconds to write 10,000 series.
        var exposition: Double
    }

    static func measure() throws -> Times { try run(script) }

    /// Runs a script and reads the JSON that it prints.
    static func run<Result: Decodable>(_ script: String) throws -> Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: ".build/judges/bin/python")
        process.arguments = ["-c", script]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode(Result.self, from: data)
    }

    private static let script = """
        import json, statistics, time
        from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

        registry = CollectorRegistry()
        counter = Counter("messages", "Messages.", ["topic", "type", "status"], registry=registry)
        histogram = Histogram("latency", "Latency.", ["topic"], registry=registry,
                              buckets=[.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5])
        values = [(i * 7919 % 4096) / 600 for i in range(4096)]

        def nanoseconds(work, count=20000):
            times = []
            for _ in range(9):
                start = time.perf_counter_ns()
                for i in range(count): work(i)
                times.append((time.perf_counter_ns() - start) / count)
            return statistics.median(times)

        counter_child = counter.labels("tda_jobs", "job.completed", "success")
        histogram_child = histogram.labels("tda_jobs")
        result = {
            "increment": nanoseconds(lambda i: counter.labels("tda_jobs", "job.completed", "success").inc()),
            "incrementChild": nanoseconds(lambda i: counter_child.inc()),
            "observe": nanoseconds(lambda i: histogram.labels("tda_jobs").observe(values[i & 4095])),
            "observeChild": nanoseconds(lambda i: histogram_child.observe(values[i & 4095])),
        }
        many = CollectorRegistry()
        big = Counter("many", "Many.", ["a", "b"], registry=many)
        for a in range(100):
            for b in range(100): big.labels(f"tda_topic_{a}", f"event.number_{b}").inc(a * 100 + b)
        times = []
        for _ in range(5):
            start = time.perf_counter_ns()
            generate_latest(many)
            times.append((time.perf_counter_ns() - start) / 1e6)
        result["exposition"] = statistics.median(times)
        print(json.dumps(result))
        """
}
