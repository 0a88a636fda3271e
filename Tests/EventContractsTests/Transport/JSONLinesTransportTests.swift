import EventContracts
import EventContractsTesting
import Foundation
import Testing

@Suite("JSON lines transport", .timeLimit(.minutes(20)))
struct JSONLinesTransportTests {
    private let folder: URL
    private var path: String { folder.appendingPathComponent("records.jsonl").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("event-contracts-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test("a pipe without a reader is an error at the start, and one with a reader receives the lines")
    func pipes() async throws {
        let pipe = folder.appendingPathComponent("pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        await #expect(throws: TransportError.self) {
            try await TransportDriver(JSONLinesTransport(.file(pipe))).start()
        }

        let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(reader >= 0)
        let transport = JSONLinesTransport(.file(pipe), unknownTopics: .created(partitions: 1))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        _ = try await driver.send(Record(topic: "t", value: Array("1".utf8)))
        var bytes = [UInt8](repeating: 0, count: 4096)
        #expect(read(reader, &bytes, bytes.count) > 0)
        #expect(close(reader) == 0)
        // A process that another test starts has the reader too, until it becomes another program.
        while (try? await driver.send(Record(topic: "t", value: Array("2".utf8)))) != nil { await Task.yield() }
    }

    private func makeTransport(
        _ destination: JSONLinesTransport.Destination, synchronization: JSONLinesTransport.Synchronization = .onFlush
    ) -> JSONLinesTransport {
        JSONLinesTransport(
            destination, unknownTopics: .created(partitions: 1), synchronization: synchronization,
            now: { Bench.time })
    }

    private func lines() throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n").map(String.init)
    }

    private func removeFolder() {
        try? FileManager.default.removeItem(at: folder)
    }

    @Test("a line has a record's place and its value as JSON")
    func format() async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file(path))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        let delivery = try await driver.send(
            Record(
                topic: "test_notes", key: Array("kö\"y".utf8), value: Array("{\n \"a\": [1.50, \"b\\n\"]\r\n}".utf8),
                headers: [RecordHeader(name: "h", value: "v"), RecordHeader(name: "h", value: [0xFF])],
                partition: 2))
        #expect(delivery == Delivery(topic: "test_notes", partition: 2, offset: 0, timestamp: Bench.time))
        await transport.shutdown()
        let expected =
            #"{"topic":"test_notes","partition":2,"offset":0,"timestamp":"2023-11-14T22:13:20Z","key":"kö\"y","#
            + #""headers":[{"name":"h","value":"v"},{"name":"h","value":{"base64":"/w=="}}],"#
            + #""value":{  "a": [1.50, "b\n"]  }}"#
        #expect(try lines() == [expected])
    }

    @Test("a record's own timestamp is kept")
    func ownTimestamp() async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file(path))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        let time = Timestamp(secondsSince1970: 1)
        let delivery = try await driver.send(Record(topic: "test_notes", value: Array("1".utf8), timestamp: time))
        #expect(delivery.timestamp == time)
        await transport.shutdown()
        #expect(try #require(try lines().first).contains(#""timestamp":"1970-01-01T00:00:01Z""#))
    }

    @Test(
        "values that are not JSON are written in Base64, and so is JSON that resembles it",
        arguments: [
            ([], #"{"base64":""}"#), ([0, 255], #"{"base64":"AP8="}"#), (Array("nope".utf8), #"{"base64":"bm9wZQ=="}"#),
            (Array(#"{"base64":"x"}"#.utf8), #"{"base64":"eyJiYXNlNjQiOiJ4In0="}"#),
            (Array("{}{}".utf8), #"{"base64":"e317fQ=="}"#), (Array(#""text""#.utf8), #""text""#),
        ] as [([UInt8], String)])
    func base64(value: [UInt8], expected: String) async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file(path))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        _ = try await driver.send(Record(topic: "x", value: value))
        await transport.shutdown()
        let line = try #require(try lines().first)
        #expect(line.hasSuffix(#""key":null,"headers":[],"value":\#(expected)}"#))
        let tape = try JSONTape(parsing: line.utf8)
        let kind = tape.kind(at: .root)
        #expect(kind == .object)
    }

    @Test(
        "partitions are Kafka's, and offsets continue where a file ends, but not in an emptied one",
        arguments: [JSONLinesTransport.Synchronization.eachSend, .onFlush, .never])
    func offsets(synchronization: JSONLinesTransport.Synchronization) async throws {
        defer { removeFolder() }
        let record = Record(topic: "test_notes", key: Array("21".utf8), value: Array("1".utf8))
        for (destination, offsets) in [
            (.file(path), [0, 1]), (.file(path), [2, 3]), (.emptiedFile(path), [0, 1]),
        ] as [(JSONLinesTransport.Destination, [Int64])] {
            let transport = makeTransport(destination, synchronization: synchronization)
            let driver = TransportDriver(transport)
            try await driver.start(topics: [.notes])
            let results = await driver.send(batch: [record, record])
            #expect(results.map { try? $0.get().offset } == offsets)
            #expect(results.map { try? $0.get().partition } == [0, 0].map { _ in (-973_932_308 & 0x7fff_ffff) % 3 })
            try await transport.flush()
            await transport.shutdown()
        }
        #expect(try lines().count == 2)
    }

    @Test("records are appended on a new line to a file with an incomplete last line")
    func foreignContent() async throws {
        defer { removeFolder() }
        try Data("garbage\n[1]\n{\"topic\":\"x\",\"partition\":0,\"offset\":41}\n{\"topic\":\"x\",\"par".utf8)
            .write(to: URL(fileURLWithPath: path))
        let transport = makeTransport(.file(path))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        let delivery = try await driver.send(Record(topic: "x", value: Array("null".utf8)))
        #expect(delivery.offset == 42)
        await transport.shutdown()
        let lines = try lines()
        #expect(lines.count == 5)
        #expect(lines[3] == "{\"topic\":\"x\",\"par")
        #expect(lines[4].hasSuffix("\"value\":{\"base64\":\"bnVsbA==\"}}"))
    }

    @Test("a full disk is an error, and the next records are refused too while it is full")
    func fullDisk() async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file("/dev/full"))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        for _ in 0..<2 {
            let results = await driver.send(batch: [Record(topic: "x", value: [1]), Record(topic: "x", value: [2])])
            for result in results {
                guard case .failure(let error) = result else {
                    Issue.record("expected a failure")
                    continue
                }
                #expect(error.kind == .inputOutput)
                #expect(error.message.contains("No space left"))
            }
        }
        #expect(await transport.health().status == .degraded)
        await transport.shutdown()
    }

    @Test("a descriptor that is closed, or was never open, is an error")
    func closedDescriptor() async throws {
        defer { removeFolder() }
        await #expect(throws: TransportError.self) { try await TransportDriver(makeTransport(.descriptor(-1))).start() }
        // Open for reading only: the same error that a closed one gives, without the risk that its number is in use again.
        let file = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        let transport = makeTransport(.descriptor(file.fileDescriptor))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        await #expect(throws: TransportError(.inputOutput, "write: Bad file descriptor")) {
            try await driver.send(Record(topic: "x", value: []))
        }
        await transport.shutdown()
        try file.close()
    }

    @Test("a place that can't be opened, or that another transport writes to, is an error at start")
    func cannotOpen() async throws {
        defer { removeFolder() }
        for path in [folder.path, "/nonexistent/x", "a\0b", ""] {
            await #expect(throws: TransportError.self) { try await TransportDriver(makeTransport(.file(path))).start() }
        }
        let first = makeTransport(.file(path))
        try await TransportDriver(first).start()
        await #expect(throws: TransportError.self) {
            try await TransportDriver(makeTransport(.emptiedFile(path))).start()
        }
        await first.shutdown()
        let second = makeTransport(.file(path))
        try await TransportDriver(second).start()
        await second.shutdown()
    }

    @Test("accepts no records before start and after shutdown")
    func notRunning() async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file(path))
        let outbound = OutboundRecord(id: RecordID(rawValue: 1), record: Record(topic: "x", value: []))
        #expect(transport.enqueue([outbound]) == 0)
        try await TransportDriver(transport).start()
        await transport.shutdown()
        #expect(transport.enqueue([outbound]) == 0)
        #expect(await transport.health().status == .unhealthy)
    }

    @Test("lines of concurrent tasks are complete, and each offset is unique")
    func concurrency() async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file(path))
        let driver = TransportDriver(transport)
        try await driver.start(topics: [.notes])
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<20 {
                group.addTask {
                    for number in 0..<20 {
                        let value = Array(
                            #"{"task":\#(task),"text":"\#(String(repeating: "x", count: number * 97))"}"#.utf8)
                        _ = try? await driver.send(Record(topic: "test_notes", value: value))
                    }
                }
            }
        }
        await transport.shutdown()
        let lines = try lines()
        #expect(lines.count == 400)
        var places: Set<[Int]> = []
        for line in lines {
            let tape = try JSONTape(parsing: line.utf8)
            guard let partition = tape.member(named: "partition", of: .root),
                let offset = tape.member(named: "offset", of: .root)
            else { continue }
            places.insert([tape.integer(at: partition) ?? -1, tape.integer(at: offset) ?? -1])
        }
        #expect(places.count == 400)
    }

    @Test("a producer on it writes valid lines")
    func producer() async throws {
        defer { removeFolder() }
        let transport = makeTransport(.file(path))
        let producer = Producer(
            transport: transport, contracts: [Notes.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        try await producer.send(NoteMessage("a"))
        producer.sendInBackground(NoteMessage("b"))
        #expect(await producer.shutdown().isClean)
        #expect(try lines().count == 2)
    }
}
