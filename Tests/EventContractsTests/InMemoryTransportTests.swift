import EventContracts
import Testing

@Suite("In-memory transport", .timeLimit(.minutes(5)))
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

    @Test("carries nothing before start and after shutdown")
    func lifecycle() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        #expect(await kind { () throws(TransportError) in try await transport.send(record) } == .notRunning)
        try await transport.start()
        _ = try await transport.send(record)
        await transport.shutdown()
        #expect(await kind { () throws(TransportError) in try await transport.send(record) } == .notRunning)
        #expect(await kind { () throws(TransportError) in try await transport.start() } == .notRunning)
        #expect(transport.records.count == 1)
    }

    @Test("an unknown topic is refused, or made, as it was told to")
    func unknownTopics() async throws {
        let strict = InMemoryTransport(partitions: [:])
        try await strict.start()
        #expect(await kind { () throws(TransportError) in try await strict.send(record) } == .unknownTopic)
        let lenient = InMemoryTransport(unknownTopics: .created(partitions: 2))
        try await lenient.start()
        let deliveries = await lenient.send(batch: (0..<4).map { _ in Record(topic: "new", value: []) })
        #expect(deliveries.map { try? $0.get().partition } == [0, 1, 0, 1])
        #expect(deliveries.map { try? $0.get().offset } == [0, 0, 1, 1])
    }

    @Test(
        "an explicit partition wins, and must exist",
        arguments: [(1, nil), (2, .unknownTopic), (-1, .unknownTopic)]
            as [(Int32, TransportError.Kind?)])
    func explicitPartition(partition: Int32, expected: TransportError.Kind?) async throws {
        let transport = InMemoryTransport(partitions: ["t": 2])
        try await transport.start()
        var record = record
        record.partition = partition
        #expect(await kind { () throws(TransportError) in try await transport.send(record) } == expected)
    }

    @Test("fails as often as it was told to, or until it recovers")
    func failures() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        try await transport.start()
        transport.fail(with: TransportError(.queueFull, "full"), times: 2)
        let batch = await transport.send(batch: [record, record, record])
        #expect(batch.map { (try? $0.get()) != nil } == [false, false, true])
        transport.fail(with: TransportError(.unavailable, "gone"))
        #expect(await kind { () throws(TransportError) in try await transport.send(record) } == .unavailable)
        #expect(await kind { () throws(TransportError) in try await transport.send(record) } == .unavailable)
        transport.recover()
        #expect(await kind { () throws(TransportError) in try await transport.send(record) } == nil)
    }

    @Test("a stalled send waits for release, in its turn; flush waits for it")
    func stall() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        try await transport.start()
        transport.stall()
        async let first = transport.send(record)
        await transport.waitForStalledSends(1)
        async let second = transport.send(record)
        await transport.waitForStalledSends(2)
        async let flushed: Void = transport.flush()
        transport.release()
        #expect(try await first.offset == 0)
        #expect(try await second.offset == 1)
        try await flushed
    }

    @Test("shutdown fails what is stalled; cancellation ends a wait")
    func ends() async throws {
        let transport = InMemoryTransport(partitions: ["t": 1])
        try await transport.start()
        transport.stall()
        async let stalled = kind { () throws(TransportError) in try await transport.send(record) }
        await transport.waitForStalledSends(1)
        let flush = Task { await kind { () throws(TransportError) in try await transport.flush() } }
        flush.cancel()
        #expect(await flush.value == .cancelled)
        let waiting = Task { await transport.waitForDeliveries(1) }
        waiting.cancel()
        #expect(await waiting.value == false)
        await transport.shutdown()
        #expect(await stalled == .notRunning)
    }

    @Test("sends that are cancelled while a stall ends all come to their end")
    func cancelledWhileReleased() async throws {
        for _ in 0..<300 {
            let transport = InMemoryTransport(partitions: ["t": 1])
            try await transport.start()
            transport.stall()
            let sends = (0..<8).map { _ in
                Task { () -> Bool in (try? await transport.send(Record(topic: "t", value: []))) != nil }
            }
            await transport.waitForStalledSends(8)
            async let cancelled: Void = sends.forEach { $0.cancel() }
            async let released: Void = transport.release()
            _ = await (cancelled, released)
            var delivered = 0
            for send in sends where await send.value { delivered += 1 }
            #expect(transport.records.count == delivered)
        }
    }

    @Test("with a capacity, the latest records are kept; without one, all until they are removed")
    func capacity() async throws {
        for (capacity, kept) in [(3, [7, 8, 9]), (0, []), (nil, Array(0..<10))] as [(Int?, [Int64])] {
            let transport = InMemoryTransport(partitions: ["t": 1], capacity: capacity)
            try await transport.start()
            for _ in 0..<10 { _ = try await transport.send(Record(topic: "t", value: [])) }
            #expect(transport.records.map(\.delivery.offset) == kept)
            #expect(await transport.waitForDeliveries(10))
            #expect(await transport.health().details["records"] == "10")
            transport.removeRecords()
            #expect(transport.records.isEmpty)
            #expect(try await transport.send(Record(topic: "t", value: [])).offset == 10)
        }
    }
}
