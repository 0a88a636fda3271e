import EventContracts
import Foundation
import Testing

/// What another process does to the file while a transport writes it.
@Suite("JSON lines transport: rotation", .timeLimit(.minutes(20)))
struct JSONLinesRotationTests {
    private let record = Record(topic: "t", value: Array("1".utf8))

    private static func transport(_ path: String) -> JSONLinesTransport {
        JSONLinesTransport(.file(path), unknownTopics: .created(partitions: 1))
    }

    /// Runs a test in a folder that is removed after it, with the path of a file and a transport that has started.
    private func withTransport(_ body: (String, JSONLinesTransport, TransportDriver) async throws -> Void) async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("event-contracts-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("records.jsonl").path
        let transport = Self.transport(path)
        let driver = TransportDriver(transport)
        try await driver.start()
        try await body(path, transport, driver)
        await transport.shutdown()
    }

    /// The offsets that a file's lines name; each line must be whole.
    private func offsets(_ path: String) throws -> [Int] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(!bytes.contains(0) && bytes.last ?? 10 == 10)
        return try bytes.split(separator: 10).compactMap { line in
            let tape = try JSONTape(parsing: line)
            return tape.member(named: "offset", of: .root).flatMap { tape.integer(at: $0) }
        }
    }

    @Test("a file that was moved away is followed by a new one, in which offsets go on")
    func moved() async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            #expect(try await driver.send(record).offset == 1)
            #expect(try offsets(path + ".1") == [0])
            #expect(try offsets(path) == [1])
            #expect(await transport.health() == TransportHealth(.healthy, details: ["moved": "1"]))
        }
    }

    @Test("a call opens the path again, though nothing is sent")
    func reopened() async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            try await transport.reopen()
            #expect(try offsets(path).isEmpty)
            // The moved file's lock is released.
            let other = Self.transport(path + ".1")
            try await TransportDriver(other).start()
            await other.shutdown()
            await #expect(throws: TransportError.self) { try await TransportDriver(Self.transport(path)).start() }
            #expect(await transport.health() == TransportHealth(.healthy))
        }
    }

    @Test("a file that was removed, or replaced, gets no more records, and health counts the loss")
    func removed() async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            try FileManager.default.removeItem(atPath: path)
            _ = try await driver.send(record)
            #expect(try offsets(path) == [1])
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path + ".new"))
            #expect(rename(path + ".new", path) == 0)
            _ = try await driver.send(record)
            #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("mine\n{"))
            #expect(await transport.health() == TransportHealth(.degraded, details: ["removed": "2"]))
            try await transport.reopen()
            #expect(await transport.health() == TransportHealth(.healthy))
        }
    }

    @Test("where the path can't be opened again, records are refused, and may be tried again")
    func unreachable() async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.moveItem(atPath: folder, toPath: folder + "-away")
            do throws(TransportError) {
                _ = try await driver.send(record)
                Issue.record("expected a failure")
            } catch {
                #expect(error.isRetriable && error.message.contains("No such file or directory"))
            }
            #expect(await transport.health().status == .degraded)
            try FileManager.default.moveItem(atPath: folder + "-away", toPath: folder)
            #expect(try await driver.send(record).offset == 1)
            #expect(try offsets(path) == [0, 1])
        }
    }

    @Test("a device or a pipe in place of the file is refused, and a file is written again", arguments: [true, false])
    func device(isPipe: Bool) async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            var reader: FileHandle?
            if isPipe {
                #expect(mkfifo(path, 0o600) == 0)
                // With a reader, a pipe takes lines.
                reader = FileHandle(fileDescriptor: open(path, O_RDONLY | O_NONBLOCK), closeOnDealloc: true)
            } else {
                try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/null")
            }
            do throws(TransportError) {
                _ = try await driver.send(record)
                Issue.record("expected a failure")
            } catch {
                #expect(error.isRetriable)
                #expect(error.message == "the path leads to a device or a pipe in place of the file")
            }
            await #expect(throws: TransportError.self) { try await transport.reopen() }
            #expect(await transport.health().status == .degraded)
            try FileManager.default.removeItem(atPath: path)
            #expect(try await driver.send(record).offset == 1)
            #expect(try offsets(path) == [1])
            try reader?.close()
        }
    }

    @Test("a file that is locked by another transport is not written in place of one that was moved")
    func lockedReplacement() async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            let other = Self.transport(path)
            try await TransportDriver(other).start()
            await #expect(throws: TransportError.self) { try await driver.send(record) }
            await other.shutdown()
            _ = try await driver.send(record)
            #expect(try offsets(path) == [1])
        }
    }

    @Test("a file that was truncated is not padded: the next line follows its end", arguments: [0, 20])
    func truncated(size: Int) async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            #expect(truncate(path, off_t(size)) == 0)
            _ = try await driver.send(record)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == (size > 0 ? 2 : 1))
            #expect(lines.last?.hasSuffix("\"value\":1}") == true)
            #expect(await transport.health() == TransportHealth(.degraded, details: ["truncated": "1"]))
        }
    }

    @Test("a line that another process left without an end is ended first")
    func foreignHalfLine() async throws {
        try await withTransport { path, transport, driver in
            _ = try await driver.send(record)
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data("half".utf8))
            try file.close()
            _ = try await driver.send(record)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 3 && lines[1] == "half")
        }
    }

    @Test("a line of any length is counted at the start, by its first part")
    func longLine() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("long-\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let long = Record(topic: "t", value: Array("\"\(String(repeating: "x", count: 3 << 20))\"".utf8))
        for offset: Int64 in [0, 1] {
            let transport = Self.transport(path)
            let driver = TransportDriver(transport)
            try await driver.start()
            #expect(try await driver.send(long).offset == offset)
            await transport.shutdown()
        }
    }

    @Test("lines with impossible offsets neither allocate memory nor trap")
    func impossiblePlaces() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var lines = [#"{"topic":"t","partition":0,"offset":9223372036854775806}"#]
        lines += (0..<100).map { #"{"topic":"t\#($0)","partition":\#(Int32.max),"offset":0}"# }
        lines.append(#"{"topic":"t","partition":\#(Int.max),"offset":0}"#)
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        let transport = Self.transport(path)
        let driver = TransportDriver(transport)
        try await driver.start()
        #expect(try await driver.send(record).offset == 0)
        await transport.shutdown()
    }
}
