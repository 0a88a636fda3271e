import EventContracts
import EventContractsTesting
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Faults that a whole process has to suffer: each test runs in one of its own.
@Suite("JSON lines transport: faults", .timeLimit(.minutes(20)))
struct JSONLinesFaultTests {
    @Test("a line that the disk has no room for is cut off again, and the lines before it stay")
    func partialWrite() async throws {
        await #expect(processExitsWith: .success) {
            // The kernel writes up to the limit, and then refuses, as a full disk does.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(2) }
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("full-\(UUID()).jsonl").path
            let transport = JSONLinesTransport(.file(path), unknownTopics: .created(partitions: 1))
            let driver = TransportDriver(transport)
            try await driver.start()
            let record = Record(topic: "t", value: Array("\"\(String(repeating: "x", count: 300))\"".utf8))
            let results = await driver.send(batch: [record, record, record, record])
            let delivered = results.compactMap { try? $0.get().offset }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            // A shorter line finds room, with the offset after the last that is in the file.
            let small = try await driver.send(Record(topic: "t", value: Array("1".utf8)))
            await transport.shutdown()
            let all = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            try FileManager.default.removeItem(atPath: path)
            guard delivered == [0, 1], text.hasSuffix("\"}\n"), text.split(separator: "\n").count == 2 else { exit(3) }
            guard small.offset == 2, all.count == 3, all.last?.hasSuffix("\"value\":1}") == true else { exit(4) }
        }
    }

    @Test("a file that was truncated before the disk is full is not extended by what is cut off")
    func partialWriteAfterTruncation() async throws {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(2) }
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("cut-\(UUID()).jsonl").path
            let transport = JSONLinesTransport(.file(path), unknownTopics: .created(partitions: 1))
            let driver = TransportDriver(transport)
            try await driver.start()
            let record = Record(topic: "t", value: Array("\"\(String(repeating: "x", count: 300))\"".utf8))
            _ = await driver.send(batch: [record, record])
            guard truncate(path, 0) == 0 else { exit(3) }
            let results = await driver.send(batch: [record, record, record, record])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            try FileManager.default.removeItem(atPath: path)
            guard results.compactMap({ try? $0.get().offset }) == [2, 3], !bytes.contains(0) else { exit(4) }
            let lines = bytes.split(separator: 10)
            guard bytes.last == 10, lines.count == 2, lines.allSatisfy({ (try? JSONTape(parsing: $0)) != nil }) else {
                exit(5)
            }
            guard await transport.health().details["truncated"] == "1" else { exit(6) }
        }
    }

    @Test("a pipe without a reader is an error, not a SIGPIPE")
    func brokenPipe() async throws {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let pipe = Pipe()
            let transport = JSONLinesTransport(
                .descriptor(pipe.fileHandleForWriting.fileDescriptor), unknownTopics: .created(partitions: 1))
            let driver = TransportDriver(transport)
            try await driver.start()
            try pipe.fileHandleForReading.close()
            do {
                _ = try await driver.send(Record(topic: "t", value: []))
                exit(2)
            } catch {
                guard "\(error)".contains("Broken pipe") else { exit(3) }
            }
        }
    }

    @Test("writing waits until a non-blocking descriptor is ready")
    func fullPipe() async throws {
        await #expect(processExitsWith: .success) {
            let pipe = Pipe()
            let descriptor = pipe.fileHandleForWriting.fileDescriptor
            guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { exit(2) }
            let transport = JSONLinesTransport(.descriptor(descriptor), unknownTopics: .created(partitions: 1))
            let driver = TransportDriver(transport)
            try await driver.start()
            // More than a pipe holds, so that the transport must wait for the reader.
            let record = Record(topic: "t", value: Array("\"\(String(repeating: "x", count: 1_000_000))\"".utf8))
            let reader = Thread {
                var count = 0
                while count < 1_000_000 { count += pipe.fileHandleForReading.availableData.count }
            }
            reader.start()
            guard try await driver.send(record).offset == 0 else { exit(3) }
        }
    }

    @Test("a pipe that nobody reads blocks nothing else: senders time out, and health answers")
    func blockedPipe() async throws {
        // A process of its own: one that another test starts meanwhile would inherit the pipe and keep it open.
        await #expect(processExitsWith: .success) {
            let pipe = Pipe()
            let transport = JSONLinesTransport(.descriptor(pipe.fileHandleForWriting.fileDescriptor))
            let producer = Producer(
                transport: transport, contracts: [Notes.self], context: .testing(), logger: LogRecorder().logger)
            try await producer.start()
            let outcomes = await withTaskGroup(of: ProducerError?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        // More than a pipe holds, so that every task comes to wait.
                        let text = String(repeating: "x", count: 100_000)
                        return await failure { () throws(ProducerError) in
                            try await producer.send(NoteMessage("n", text: text), timeout: .milliseconds(200))
                        }
                    }
                }
                return await group.reduce(into: [ProducerError?]()) { $0.append($1) }
            }
            guard outcomes == Array(repeating: .unknown(.timedOut(after: .milliseconds(200))), count: 4) else {
                exit(2)
            }
            guard await transport.health().status == .healthy else { exit(3) }
            // The reader goes: the blocked write ends with an error, and all can be let go.
            try pipe.fileHandleForReading.close()
            await producer.shutdown()
        }
    }
}
