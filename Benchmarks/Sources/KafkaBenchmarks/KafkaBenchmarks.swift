import EventContracts
import Foundation
import KafkaTransport
import Logging
import TDAContracts

/// Sends job messages to a broker in each way, beside C programs that send the same with librdkafka alone.
///
///     KafkaBenchmarks BROKERS YARDSTICK [COUNT [MODE]]
///
/// Rounds alternate, and each figure is a median. The topic is `tda_jobs`. The beginning of a mode's name measures this mode
/// alone, for a profiler.
@main
struct KafkaBenchmarks {
    private let brokers: String
    private let yardstick: String
    private let count: Int
    private static let rounds = 3

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let count = arguments.count > 3 ? Int(arguments[3]) : 1_000_000 else {
            print("usage: \(arguments[0]) BROKERS YARDSTICK [COUNT [MODE]]")
            exit(64)
        }
        let benchmarks = KafkaBenchmarks(brokers: arguments[1], yardstick: arguments[2], count: count)
        guard arguments.count > 4 else { return try await benchmarks.run() }
        for mode in Mode.allCases where mode.rawValue.hasPrefix(arguments[4]) {
            print("  \(mode.rawValue): \(try await benchmarks.measure(mode))")
        }
    }

    private func run() async throws {
        print(
            "Kafka: \(count) job messages with three headers, acks=all, lz4, idempotence; medians of \(Self.rounds) rounds"
        )
        var ready: [Rate] = []
        var encoded: [Rate] = []
        var windowed: [Mode: [Rate]] = [:]
        var ours: [Mode: [Rate]] = [:]
        for _ in 0..<Self.rounds {
            ready.append(try runYardstick("ready"))
            encoded.append(try runYardstick("snprintf"))
            for mode in Mode.allCases {
                if let (tasks, linger) = mode.awaited {
                    windowed[mode, default: []].append(
                        try runYardstick("snprintf", "\(tasks)", "\(linger)", count: count(of: mode)))
                }
                ours[mode, default: []].append(try await measure(mode))
            }
        }
        let (fastest, formatted) = (ready.median, encoded.median)
        print("  C, bytes that are ready: \(fastest)")
        print("  C, written by snprintf: \(formatted)")
        for mode in Mode.allCases {
            let rate = (ours[mode] ?? []).median
            print(
                "  \(mode.rawValue): \(rate); \(rate.share(of: fastest)) of C ready, \(rate.share(of: formatted)) of C snprintf"
            )
            guard let theirs = windowed[mode]?.median else { continue }
            print("    C snprintf, as many without a report at a time: \(theirs); ours is \(rate.share(of: theirs))")
        }
        try await measureSingle()
    }

    // MARK: Ours

    /// The messages that one measurement sends: fewer where latency, not work, decides how long it takes.
    private func count(of mode: Mode) -> Int { mode.awaited?.tasks == 64 ? count / 20 : count }

    private enum Mode: String, CaseIterable {
        case background = "background"
        case batch = "send(batch:) of 1,000, 8 at once"
        case awaitedBy1000 = "awaited by 1,000 tasks"
        case awaitedBy64 = "awaited by 64 tasks"
        case awaitedBy1000WithoutLinger = "awaited by 1,000 tasks, linger 0"
        case awaitedBy64WithoutLinger = "awaited by 64 tasks, linger 0"

        /// The number of tasks that wait for each message they send, and the linger in milliseconds.
        var awaited: (tasks: Int, linger: Int)? {
            switch self {
            case .background, .batch: nil
            case .awaitedBy1000: (1000, 10)
            case .awaitedBy64: (64, 10)
            case .awaitedBy1000WithoutLinger: (1000, 0)
            case .awaitedBy64WithoutLinger: (64, 0)
            }
        }
    }

    private func producer(linger: Duration) async throws -> Producer {
        var configuration = KafkaConfiguration(service: "bench")
        configuration.bootstrapServers = [brokers]
        configuration.producer.linger = linger
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let producer = Producer(
            transport: try KafkaTransport(configuration, logger: quiet), contracts: [TDA.self],
            context: MessageContext(service: "tda-backend"), metrics: [TDA.Metrics()], logger: quiet)
        try await producer.start()
        return producer
    }

    private func measure(_ mode: Mode) async throws -> Rate {
        let producer = try await producer(linger: .milliseconds(mode.awaited?.linger ?? 10))
        let count = count(of: mode)
        let start = Cost.now()
        switch mode {
        case .background: await sendInBackground(with: producer)
        case .batch: await sendInBatches(with: producer)
        default: await sendAwaited(count, by: mode.awaited?.tasks ?? 1, with: producer)
        }
        let report = await producer.shutdown(deadline: .seconds(120))
        let cost = Cost.now() - start
        guard report.isClean, producer.statistics.messagesSent == count else {
            fatalError("\(producer.statistics.messagesSent) of \(count) were delivered: \(report)")
        }
        return Rate(perSecond: Double(count) / cost.wall, cpu: cost.cpu / Double(count) * 1e6)
    }

    private func sendInBackground(with producer: Producer) async {
        for number in 0..<count { _ = await producer.sendInBackground(message(number), waitingForRoom: .seconds(60)) }
    }

    private func sendInBatches(with producer: Producer) async {
        let size = 1000
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<8 {
                group.addTask {
                    var start = lane * size
                    while start < count {
                        let messages = (start..<min(start + size, count)).map(message)
                        _ = await producer.send(batch: messages)
                        start += 8 * size
                    }
                }
            }
        }
    }

    private func sendAwaited(_ count: Int, by tasks: Int, with producer: Producer) async {
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<tasks {
                group.addTask {
                    for number in stride(from: lane, to: count, by: tasks) {
                        _ = try? await producer.send(message(number))
                    }
                }
            }
        }
    }

    @inline(never)
    private func message(_ number: Int) -> Draft<JobMessage> {
        JobMessage.completed(
            jobID: "job-\(number & 1023)", resultID: "res-7b1d", algorithm: "vietoris_rips", executionTime: 12.5)
    }

    // MARK: One at a time

    private func measureSingle() async throws {
        let sends = 2000
        let theirs = try output(of: ["\(sends)", "single"])
        let producer = try await producer(linger: .zero)
        var times: [Double] = []
        for number in 0..<sends {
            let start = ContinuousClock.now
            try await producer.send(message(number))
            times.append(start.duration(to: .now) / .microseconds(1))
        }
        await producer.shutdown()
        times.sort()
        print(
            "  one at a time, linger 0, p50 and p99: C \(theirs[0]) and \(theirs[1]) µs, ours "
                + String(format: "%.0f and %.0f µs", times[sends / 2], times[sends * 99 / 100]))
    }

    // MARK: C

    private func runYardstick(_ arguments: String..., count: Int? = nil) throws -> Rate {
        let numbers = try output(of: ["\(count ?? self.count)"] + arguments)
        return Rate(perSecond: numbers[0], cpu: numbers[1])
    }

    private func output(of arguments: [String]) throws -> [Double] {
        let process = Process()
        process.executableURL = URL(filePath: yardstick)
        process.arguments = [brokers, "tda_jobs"] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let numbers = text.split { $0.isWhitespace }.compactMap { Double($0) }
        guard process.terminationStatus == 0, numbers.count == 2 else { fatalError("the yardstick failed: \(text)") }
        return numbers
    }
}

/// Messages a second, and microseconds of CPU of the sending process for each.
struct Rate: CustomStringConvertible {
    var perSecond: Double
    var cpu: Double

    var description: String { String(format: "%.0f a second, %.2f µs CPU", perSecond, cpu) }

    func share(of other: Rate) -> String { String(format: "%.0f %%", perSecond / other.perSecond * 100) }
}

extension [Rate] {
    var median: Rate { sorted { $0.perSecond < $1.perSecond }[count / 2] }
}

/// CPU time of all threads, and wall time, in seconds.
private struct Cost {
    var cpu: Double
    var wall: Double

    static func now() -> Cost {
        func seconds(_ clock: clockid_t) -> Double {
            var time = timespec()
            clock_gettime(clock, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        return Cost(cpu: seconds(CLOCK_PROCESS_CPUTIME_ID), wall: seconds(CLOCK_MONOTONIC))
    }

    static func - (end: Cost, start: Cost) -> Cost { Cost(cpu: end.cpu - start.cpu, wall: end.wall - start.wall) }
}
