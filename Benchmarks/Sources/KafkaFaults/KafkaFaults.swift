import EventContracts
import Foundation
import KafkaTransport
import Logging
import TDAContracts

/// The sender of `scripts/test-faults`: sends numbered job messages in batches, and writes the outcome of each, or the memory.
///
///     KafkaFaults BROKERS COUNT outcomes|memory
///
/// The form of outcomes is that of `KafkaFaultYardstick`; memory is a line of the messages sent and the resident size in
/// kilobytes, after each million, or after each twentieth of fewer than ten million.
@main
struct KafkaFaults {
    private let count: Int
    private let producer: Producer

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int(arguments[2]) else { exit(64) }
        var configuration = KafkaConfiguration(service: "faults")
        configuration.bootstrapServers = [arguments[1]]
        configuration.producer.deliveryTimeout = .seconds(60)
        let quiet = Logger(label: "faults") { _ in SwiftLogNoOpLogHandler() }
        let producer = Producer(
            transport: try KafkaTransport(configuration, logger: quiet), contracts: [TDA.self],
            configuration: ProducerConfiguration(backgroundCapacity: 5000),
            context: MessageContext(service: "faults"),
            metrics: [TDA.Metrics()], logger: quiet)
        try await producer.start()
        let sender = KafkaFaults(count: count, producer: producer)
        if arguments[3] == "memory" { await sender.writeMemory() } else { await sender.writeOutcomes() }
        await producer.shutdown(deadline: .seconds(70))
    }

    private func message(_ number: Int) -> Draft<JobMessage> {
        JobMessage.completed(jobID: "job-\(number % 100)", resultID: "r", executionTime: Double(number))
    }

    /// 20 lanes, each with five keys of its own, each with one batch at a time.
    private func writeOutcomes() async {
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<20 {
                group.addTask { await send(stride(from: lane, to: count, by: 20).map { $0 }) }
            }
        }
    }

    private func send(_ numbers: [Int]) async {
        for start in stride(from: 0, to: numbers.count, by: 100) {
            let batch = numbers[start..<min(start + 100, numbers.count)]
            let outcomes = await producer.send(batch: batch.map(message))
            let now = Int(Date().timeIntervalSince1970 * 1000)
            var text = ""
            for (number, outcome) in zip(batch, outcomes) {
                let kind =
                    switch outcome {
                    case .success: "A"
                    case .failure(let error): error.isOutcomeUnknown ? "U" : "F"
                    }
                text += "\(kind) \(number) \(now)\n"
            }
            FileHandle.standardOutput.write(Data(text.utf8))
            // Some 20,000 a second in all lanes.
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private func writeMemory() async {
        let part = count >= 10_000_000 ? 1_000_000 : max(count / 20, 1)
        for number in 0..<count {
            _ = await producer.sendInBackground(message(number), waitingForRoom: .seconds(60))
            if (number + 1) % part == 0 { print(number + 1, residentKilobytes) }
        }
    }

    private var residentKilobytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
    }
}
