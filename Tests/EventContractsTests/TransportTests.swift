import Foundation
import EventContracts
import TDAContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct InMemoryTransportTests {
    private func record(_ key: String?, topic: String = "tda_jobs", partition: Int32? = nil) -> Record {
        Record(topic: topic, key: key.map { Array($0.utf8) }, value: [1], partition: partition)
    }

    /// Keys whose murmur2 Kafka's own tests give (UtilsTest.testMurmur2).
    @Test(
        "a key's partition is the one that Kafka's clients choose",
        arguments: [
            ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
        ] as [(String, Int32)])
    func partitions(key: String, hash: Int32) async throws {
        for topic in TDA.topics {
            let transport = InMemoryTransport(topics: TDA.topics)
            try await transport.start()
            let delivery = try await transport.send(record(key, topic: topic.name))
            #expect(delivery.partition == Int32(Int(hash & 0x7FFF_FFFF) % topic.partitions))
        }
    }

    @Test("offsets count within a partition; records without a key go to each in turn")
    func offsets() async throws {
        let transport = InMemoryTransport(topics: TDA.topics)
        try await transport.start()
        let keyed = [try await transport.send(record("a")), try await transport.send(record("a"))]
        #expect(keyed.map(\.offset) == [0, 1])
        var partitions: [Int32] = []
        for _ in 0..<7 { partitions.append(try await transport.send(record(nil, topic: "tda_results")).partition) }
        #expect(partitions == [0, 1, 2, 0, 1, 2, 0])
        #expect(try await transport.send(record("a", partition: 5)).partition == 5)
        #expect(transport.records(in: "tda_results").count == 7)
    }

    @Test("unknown topics and partitions are errors")
    func unknown() async throws {
        let transport = InMemoryTransport(topics: TDA.topics)
        await #expect(throws: TransportError(.notRunning, "the transport is not running")) {
            try await transport.send(record("a"))
        }
        try await transport.start()
        for record in [record("a", topic: "x"), record("a", partition: 6), record("a", partition: -1)] {
            do {
                _ = try await transport.send(record)
                Issue.record("delivered")
            } catch {
                #expect(error.kind == .unknownTopic)
            }
        }
        let lenient = InMemoryTransport(topics: [], defaultPartitionCount: 2)
        try await lenient.start()
        #expect(try await lenient.send(record("a", topic: "x")).offset == 0)
    }

    @Test("stalled sends go on by the behavior that comes next, and fail at a shutdown")
    func stalls() async throws {
        let transport = InMemoryTransport(topics: TDA.topics)
        try await transport.start()
        transport.behavior = .stall
        let first = Task { [record = record("a")] in try await transport.send(record) }
        await transport.waitForStalledSends(1)
        transport.behavior = .failNext(1, TransportError(.rejected, "no"))
        await #expect(throws: TransportError(.rejected, "no")) { try await first.value }
        transport.behavior = .stall
        let second = Task { [record = record("a")] in try await transport.send(record) }
        await transport.waitForStalledSends(1)
        await transport.shutdown()
        await #expect(throws: TransportError(.notRunning, "the transport is not running")) { try await second.value }
    }

    @Test("a test can wait for records")
    func waits() async throws {
        let transport = InMemoryTransport(topics: TDA.topics)
        try await transport.start()
        async let waiting: Void = transport.waitForRecords(2)
        _ = try await transport.send(record("a"))
        _ = try await transport.send(record("b"))
        await waiting
        #expect(transport.records.count == 2)
    }
}

@Suite(.timeLimit(.minutes(1))) struct JSONLinesTransportTests {
    private func inFile(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test("each record is one line, with its value as JSON where it is JSON")
    func lines() async throws {
        try await inFile { path in
            let transport = JSONLinesTransport(
                .file(path), topics: TDA.topics, synchronization: .afterEachRecord, now: { Bench.now })
            try await transport.start()
            let headers = [RecordHeader(name: "h", value: "v"), RecordHeader(name: "b", value: [0xFF])]
            _ = try await transport.send(
                Record(topic: "tda_jobs", key: Array("a".utf8), value: Array("{ \"x\":\n 1 }".utf8), headers: headers))
            _ = try await transport.send(Record(topic: "other", key: [0xC0], value: [0, 1, 2, 3]))
            _ = try await transport.send(Record(topic: "other", value: Array("{\"a\":1,\"a\":2}".utf8)))
            try await transport.flush()
            await transport.shutdown()
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(
                text == """
                    {"topic":"tda_jobs","partition":4,"offset":0,"timestamp":"2023-11-14T22:13:20Z","key":"a","headers":[{"name":"h","value":"v"},{"name":"b","value":{"base64":"/w=="}}],"value":{"x":1}}
                    {"topic":"other","partition":0,"offset":0,"timestamp":"2023-11-14T22:13:20Z","key":{"base64":"wA=="},"headers":[],"value":{"base64":"AAECAw=="}}
                    {"topic":"other","partition":0,"offset":1,"timestamp":"2023-11-14T22:13:20Z","key":null,"headers":[],"value":{"base64":"eyJhIjoxLCJhIjoyfQ=="}}

                    """)
        }
    }

    @Test("a second run appends")
    func appends() async throws {
        try await inFile { path in
            for _ in 0..<2 {
                let transport = JSONLinesTransport(.file(path))
                try await transport.start()
                _ = try await transport.send(Record(topic: "t", value: Array("1".utf8)))
                await transport.shutdown()
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 2)
        }
    }

    @Test("many tasks write whole lines")
    func concurrency() async throws {
        try await inFile { path in
            let transport = JSONLinesTransport(.file(path))
            try await transport.start()
            let value = Array("\"\(String(repeating: "x", count: 5000))\"".utf8)
            await withTaskGroup { group in
                for _ in 0..<100 { group.addTask { _ = try? await transport.send(Record(topic: "t", value: value)) } }
            }
            await transport.shutdown()
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 100)
            for line in lines { _ = try JSONTape(parsing: line.utf8).kind(at: .root) }
        }
    }

    #if os(Linux)
    @Test("a full disk is an error, and the offset is given to the next record")
    func fullDisk() async throws {
        let transport = JSONLinesTransport(.file("/dev/full"))
        try await transport.start()
        for _ in 0..<2 {
            do {
                _ = try await transport.send(Record(topic: "t", value: [1]))
                Issue.record("written")
            } catch {
                #expect(error == TransportError(.inputOutput, "can't write: No space left on device"))
            }
        }
        #expect(await transport.health().status == .degraded)
    }
    #endif

    @Test("a pipe that nobody reads blocks nothing but itself: every sender is told in time")
    func fullPipe() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let transport = JSONLinesTransport(.descriptor(ends[1]))
        let producer = Producer(transport: transport, context: Bench.context)
        try await producer.start()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    // More than a pipe holds, so that every task comes to wait.
                    for _ in 0..<1000 {
                        do throws(ProducerError) {
                            try await producer.send(Bench.job(), timeout: .milliseconds(200))
                        } catch {
                            return error == .timedOut(after: .milliseconds(200))
                        }
                    }
                    return false
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes == [true, true, true, true])
        #expect(await transport.health().status == .healthy)
        // The reader goes: the blocked write ends with an error, and all can be let go.
        close(ends[0])
        await producer.shutdown()
        close(ends[1])
    }

    @Test("a pipe that nobody reads any more is an error, and not the end of the program")
    func brokenPipe() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let transport = JSONLinesTransport(.descriptor(ends[1]))
        try await transport.start()
        await #expect(throws: TransportError(.inputOutput, "can't write: Broken pipe")) {
            try await transport.send(Record(topic: "t", value: [1]))
        }
        close(ends[1])
    }

    @Test("Base64 is that of RFC 4648, section 10", arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
    func base64(text: String) async throws {
        try await inFile { path in
            let transport = JSONLinesTransport(.file(path), now: { Bench.now })
            try await transport.start()
            let value = Array(text.utf8) + [0xFF]
            _ = try await transport.send(Record(topic: "t", value: value))
            await transport.shutdown()
            let line = try String(contentsOfFile: path, encoding: .utf8)
            #expect(line.contains("{\"base64\":\"\(Data(value).base64EncodedString())\"}"))
        }
    }
}
