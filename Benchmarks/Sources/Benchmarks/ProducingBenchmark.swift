import EventContracts
import Foundation
import Logging
import TDAContracts

/// The cost of one message from its factory to its completion, with metrics on: CPU of the whole process and wall time, for
/// each way of sending and two transports, and the share of each step.
struct ProducingBenchmark {
    private static let jobID = "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11"

    private enum Mode: CaseIterable {
        case awaitedBy1, awaitedBy64, awaitedBy1000, batch, background

        var name: String {
            switch self {
            case .awaitedBy1: "awaited by 1 task"
            case .awaitedBy64: "awaited by 64 tasks"
            case .awaitedBy1000: "awaited by 1,000 tasks"
            case .batch: "send(batch:) of 1,000"
            case .background: "background"
            }
        }

        var tasks: Int {
            switch self {
            case .awaitedBy1: 1
            case .awaitedBy64: 64
            case .awaitedBy1000: 1000
            case .batch, .background: 0
            }
        }
    }

    func run() async throws {
        print("Producing, for one message: median of 5 rounds")
        try measureSteps()
        for mode in Mode.allCases { try await measure(mode, on: "sink that accepts at once", ImmediateSink()) }
        for mode in Mode.allCases { try await measure(mode, on: "sink on another thread", ThreadedSink()) }
    }

    // MARK: Whole sends

    private func measure(_ mode: Mode, on name: String, _ transport: any Transport) async throws {
        let producer = Producer(
            transport: transport, contracts: [TDA.self],
            configuration: ProducerConfiguration(backgroundCapacity: 1_000_000, backgroundByteCapacity: .max / 2),
            context: MessageContext(service: "tda-backend"),
            metrics: [TDA.Metrics()], logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        try await producer.start()
        let count = 100_000
        await send(10_000, mode, with: producer)
        var rounds: [Cost] = []
        for _ in 0..<5 {
            let start = Cost.now()
            await send(count, mode, with: producer)
            rounds.append((Cost.now() - start) / Double(count))
        }
        let cost = rounds.sorted { $0.cpu < $1.cpu }[2]
        print("  \(mode.name), \(name): \(cost)")
        let expected = 10_000 + 5 * count
        await producer.shutdown()
        guard producer.statistics.messagesSent == expected else {
            fatalError("\(producer.statistics.messagesSent) of \(expected) messages were delivered")
        }
    }

    private func send(_ count: Int, _ mode: Mode, with producer: Producer) async {
        switch mode {
        case .awaitedBy1, .awaitedBy64, .awaitedBy1000:
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<mode.tasks {
                    group.addTask {
                        for _ in 0..<(count / mode.tasks) { _ = try? await producer.send(Self.message()) }
                    }
                }
            }
            for _ in 0..<(count % mode.tasks) { _ = try? await producer.send(Self.message()) }
        case .batch:
            for _ in 0..<(count / 1000) { _ = await producer.send(batch: (0..<1000).map { _ in Self.message() }) }
        case .background:
            let before = producer.statistics.messagesSent
            for _ in 0..<count { producer.sendInBackground(Self.message()) }
            while producer.statistics.messagesSent < before + count { await Task.yield() }
        }
    }

    @inline(never)
    private static func message() -> Draft<JobMessage> {
        JobMessage.completed(jobID: jobID, resultID: "res-7b1d", algorithm: "vietoris_rips", executionTime: 12.5)
    }

    // MARK: Steps

    private func measureSteps() throws {
        let context = MessageContext(service: TDA.service)
        let message = Self.message().stamped(in: context)
        let bytes = try message.encoded()
        var tape = JSONTape()
        step("default id") { count in
            for _ in 0..<count { consume(MessageContext.randomID()) }
        }
        step("timestamp") { count in
            for _ in 0..<count { consume(Timestamp.now()) }
        }
        step("factory") { count in
            for _ in 0..<count { consume(Self.message()) }
        }
        step("factory and stamp, with id and timestamp") { count in
            for _ in 0..<count { consume(Self.message().stamped(in: context)) }
        }
        step("encode") { count in
            for _ in 0..<count { consume(try? message.encoded()) }
        }
        step("parse and validate") { count in
            for _ in 0..<count {
                try? tape.parse(bytes)
                consume(JobMessage.validate(tape))
            }
        }
        step("headers") { count in
            for _ in 0..<count { consume(message.recordHeaders) }
        }
        let metrics = TDA.Metrics()
        let topic = JobMessage.topic
        step("observation of the content") { count in
            for _ in 0..<count { consume(metrics.observation(of: message)) }
        }
        let labels = metrics.labels(of: JobMessage.self, event: message.messageType.rawValue, topic: topic)
        step("counting a delivery") { count in
            guard let labels else { return }
            for _ in 0..<count {
                metrics.delivered(labels, bytes: 463, duration: .milliseconds(2), at: Timestamp(secondsSince1970: 0))
            }
        }
    }

    /// Prints the CPU time of a step, the median of 5 rounds.
    private func step(_ name: String, _ run: (Int) -> Void) {
        let count = 100_000
        run(1000)
        let rounds = (0..<5).map { _ in
            let start = Cost.now()
            run(count)
            return ((Cost.now() - start) / Double(count)).cpu
        }
        print("  step \(name): \(String(format: "%.3f", rounds.sorted()[2] * 1e6)) µs CPU")
    }
}

/// CPU time of all threads, and wall time.
struct Cost: CustomStringConvertible {
    var cpu: Double
    var wall: Double

    static func now() -> Cost {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        var wall = timespec()
        clock_gettime(CLOCK_MONOTONIC, &wall)
        return Cost(
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            wall: Double(wall.tv_sec) + Double(wall.tv_nsec) / 1e9)
    }

    static func - (end: Cost, start: Cost) -> Cost { Cost(cpu: end.cpu - start.cpu, wall: end.wall - start.wall) }
    static func / (cost: Cost, count: Double) -> Cost { Cost(cpu: cost.cpu / count, wall: cost.wall / count) }

    var description: String {
        String(format: "%.2f µs CPU, %.2f µs wall", cpu * 1e6, wall * 1e6)
    }
}
