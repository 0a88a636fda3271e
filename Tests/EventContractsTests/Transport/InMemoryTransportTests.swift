import EventContracts
import Testing

@Suite("In-memory transport", .timeLimit(.minutes(20)))
struct InMemoryTransportTests {
    private let record = Record(topic: "t", key: Array("k".utf8), value: Array("{}".utf8))

    private func kind(_ body: () async throws(TransportError) -> some Any) async -> TransportError.Kind? {
        do throws(TransportError) {
            _ = try await body()
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("accepts no records before start and after shutdown")
    func lifecycle() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        let driver = TransportDriver(transport)
        let outbound = OutboundRecord(id: RecordID(rawValue: 1), record: record)
        #expect(transport.enqueue([outbound]) == 0)
        try await driver.start()
        _ = try await driver.send(record)
        await transport.shutdown()
        #expect(transport.enqueue([outbound]) == 0)
        #expect(await kind { () throws(TransportError) in try await driver.start() } == .notRunning)
        #expect(transport.records.count == 1)
    }

    @Test("a record for an unknown topic is refused, or creates the topic, as configured")
    func unknownTopics() async throws {
        let strict = TransportDriver(InMemoryTransport())
        try await strict.start()
        #expect(await kind { () throws(TransportError) in try await strict.send(record) } == .unknownTopic)
        let lenient = TransportDriver(InMemoryTransport(unknownTopics: .created(partitions: 2)))
        try await lenient.start()
        let deliveries = await lenient.send(batch: (0..<4).map { _ in Record(topic: "new", value: []) })
        #expect(deliveries.map { try? $0.get().partition } == [0, 1, 0, 1])
        #expect(deliveries.map { try? $0.get().offset } == [0, 0, 1, 1])
    }

    @Test("the topics of the session exist from the start, with their partitions")
    func sessionTopics() async throws {
        let driver = TransportDriver(InMemoryTransport())
        try await driver.start(topics: [.notes])
        let deliveries = await driver.send(batch: (0..<4).map { _ in Record(topic: "test_notes", value: []) })
        #expect(deliveries.map { try? $0.get().partition } == [0, 1, 2, 0])
    }

    @Test("a record's own timestamp is that of its delivery")
    func timestamp() async throws {
        let driver = TransportDriver(InMemoryTransport(partitions: ["t": 1], now: { Bench.time }))
        try await driver.start()
        #expect(try await driver.send(record).timestamp == Bench.time)
        var dated = record
        dated.timestamp = Timestamp(secondsSince1970: 7)
        #expect(try await driver.send(dated).timestamp == Timestamp(secondsSince1970: 7))
    }

    @Test(
        "an explicit partition takes precedence, and must exist",
        arguments: [(1, nil), (2, .unknownTopic), (-1, .unknownTopic)]
            as [(Int32, TransportError.Kind?)])
    func explicitPartition(partition: Int32, expected: TransportError.Kind?) async throws {
        let transport = InMemoryTransport(partitions: ["t": 2])
        let driver = TransportDriver(transport)
        try await driver.start()
        var record = record
        record.partition = partition
        #expect(await kind { () throws(TransportError) in try await driver.send(record) } == expected)
    }

    @Test("fails a number of times, or until it recovers")
    func failures() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        let driver = TransportDriver(transport)
        try await driver.start()
        transport.fail(with: TransportError(.queueFull, "full"), times: 2)
        let batch = await driver.send(batch: [record, record, record])
        #expect(batch.map { (try? $0.get()) != nil } == [false, false, true])
        transport.fail(with: TransportError(.unavailable, "gone"))
        #expect(await kind { () throws(TransportError) in try await driver.send(record) } == .unavailable)
        #expect(await kind { () throws(TransportError) in try await driver.send(record) } == .unavailable)
        transport.recover()
        #expect(await kind { () throws(TransportError) in try await driver.send(record) } == nil)
    }

    @Test("a stalled send waits for release, in its turn; flush waits for it")
    func stall() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        let driver = TransportDriver(transport)
        try await driver.start()
        transport.stall()
        async let first = driver.send(record)
        await transport.waitForStalledRecords(1)
        async let second = driver.send(record)
        await transport.waitForStalledRecords(2)
        async let flushed: Void = transport.flush()
        transport.release()
        #expect(try await first.offset == 0)
        #expect(try await second.offset == 1)
        try await flushed
    }

    @Test("shutdown fails stalled records; cancellation ends a wait")
    func ends() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        let driver = TransportDriver(transport)
        try await driver.start()
        transport.stall()
        async let stalled = kind { () throws(TransportError) in try await driver.send(record) }
        await transport.waitForStalledRecords(1)
        let flush = Task { await kind { () throws(TransportError) in try await transport.flush() } }
        flush.cancel()
        #expect(await flush.value == .cancelled)
        let waiting = Task { await transport.waitForDeliveries(1) }
        waiting.cancel()
        #expect(await waiting.value == false)
        await transport.shutdown()
        #expect(await stalled == .notRunning)
    }

    @Test("cancelled waits all end while a stall ends")
    func cancelledWhileReleased() async throws {
        for _ in 0..<300 {
            let transport = InMemoryTransport(partitions: ["t": 1])
            let driver = TransportDriver(transport)
            try await driver.start()
            transport.stall()
            async let sent = driver.send(batch: (0..<8).map { _ in Record(topic: "t", value: []) })
            await transport.waitForStalledRecords(8)
            let waits = (0..<8).map { _ in Task { await transport.waitForDeliveries(8) } }
            async let cancelled: Void = waits.forEach { $0.cancel() }
            async let released: Void = transport.release()
            _ = await (cancelled, released)
            for wait in waits { _ = await wait.value }
            #expect(await sent.allSatisfy { (try? $0.get()) != nil })
        }
    }

    @Test("with a capacity, the latest records are kept; without one, all until they are removed")
    func capacity() async throws {
        for (capacity, kept) in [(3, [7, 8, 9]), (0, []), (nil, Array(0..<10))] as [(Int?, [Int64])] {
            let transport = InMemoryTransport(partitions: ["t": 1], capacity: capacity)
            let driver = TransportDriver(transport)
            try await driver.start()
            for _ in 0..<10 { _ = try await driver.send(Record(topic: "t", value: [])) }
            #expect(transport.records.map(\.delivery.offset) == kept)
            #expect(await transport.waitForDeliveries(10))
            #expect(await transport.health().details["records"] == "10")
            transport.removeRecords()
            #expect(transport.records.isEmpty)
            #expect(try await driver.send(Record(topic: "t", value: [])).offset == 10)
        }
    }
}
