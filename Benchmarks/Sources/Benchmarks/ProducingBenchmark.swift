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
            case .batch: "batches of 1,000"
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

    /// The messages of a round.
    var count = 100_000

    /// - Parameter name: The beginning of the one mode to be measured, on both sinks; `nil` for all of it.
    func run(only name: String?) async throws {
        print("Producing, for one message: median of 5 rounds")
        if let name {
            for mode in Mode.allCases where mode.name.hasPrefix(name) {
                try await measure(mode, on: "sink that accepts at once", ImmediateSink())
                try await measure(mode, on: "sink on another thread", ThreadedSink())
            }
            return
        }
        try await measureShares()
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
        await send(count / 10, mode, with: producer)
        var rounds: [Cost] = []
        for _ in 0..<5 {
            let start = Cost.now()
            await send(count, mode, with: producer)
            rounds.append((Cost.now() - start) / Double(count))
        }
        let cost = rounds.sorted { $0.cpu < $1.cpu }[2]
        print("  \(mode.name), \(name): \(cost)")
        let expected = count / 10 + 5 * count
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

    /// Prints the steps of a message in the background: the CPU time and the share of each.
    ///
    /// Hand-over is what sending costs beyond the other steps; completion is measured as one report of all records.
    private func measureShares() async throws {
        let context = MessageContext(service: TDA.service)
        let message = Self.message().stamped(in: context)
        let bytes = try message.encoded()
        var tape = JSONTape()
        let metrics = TDA.Metrics()
        let factory = time { for _ in 0..<$0 { consume(Self.message()) } }
        let id = time { for _ in 0..<$0 { consume(MessageContext.randomID()) } }
        let stamped = time { for _ in 0..<$0 { consume(Self.message().stamped(in: context)) } }
        let steps = [
            ("default id", id), ("factory", factory), ("stamp", stamped - factory - id),
            ("encode", time { for _ in 0..<$0 { consume(try? message.encoded()) } }),
            (
                "validate",
                time { count in
                    for _ in 0..<count {
                        try? tape.parse(bytes)
                        consume(JobMessage.validate(tape))
                    }
                }
            ),
            (
                "headers",
                time { count in
                    var headers = RecordHeaders()
                    for _ in 0..<count {
                        headers.removeAll()
                        message.addHeaders(to: &headers)
                    }
                }
            ),
            ("observation of the content", time { for _ in 0..<$0 { consume(metrics.observation(of: message)) } }),
        ]
        let (sending, completion) = try await measureHeld()
        // The draft is proven valid, so that its validation is no part of sending it.
        let own = steps.filter { $0.0 != "validate" }.reduce(0) { $0 + $1.1 }
        let all = steps + [("hand-over", max(sending - own, 0)), ("completion", completion)]
        let total = all.filter { $0.0 != "validate" }.reduce(0) { $0 + $1.1 }
        for (name, cost) in all {
            let share =
                name == "validate"
                ? "only of messages that are not proven valid" : String(format: "%.0f %%", cost / total * 100)
            print("  \(name): \(String(format: "%.3f", cost * 1e6)) µs CPU, \(share)")
        }
        print("  factory to completion: \(String(format: "%.3f", total * 1e6)) µs CPU")
    }

    /// The CPU time of sending a message in the background, and that of its completion.
    private func measureHeld() async throws -> (sending: Double, completion: Double) {
        let sink = HeldSink()
        let producer = Producer(
            transport: sink, contracts: [TDA.self],
            configuration: ProducerConfiguration(backgroundCapacity: 1_000_000, backgroundByteCapacity: .max / 2),
            context: MessageContext(service: "tda-backend"),
            metrics: [TDA.Metrics()], logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        try await producer.start()
        let count = 20_000
        var (sendings, completions): ([Double], [Double]) = ([], [])
        for _ in 0..<25 {
            let start = Cost.now()
            for _ in 0..<count { producer.sendInBackground(Self.message()) }
            let middle = Cost.now()
            sink.complete()
            sendings.append((middle - start).cpu / Double(count))
            completions.append((Cost.now() - middle).cpu / Double(count))
        }
        await producer.shutdown()
        return (sendings.sorted()[12], completions.sorted()[12])
    }

    /// The CPU time of a step, the median of 25 rounds.
    private func time(_ run: (Int) -> Void) -> Double {
        let count = 20_000
        run(1000)
        let rounds = (0..<25).map { _ in
            let start = Cost.now()
            run(count)
            return ((Cost.now() - start) / Double(count)).cpu
        }
        return rounds.sorted()[12]
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
