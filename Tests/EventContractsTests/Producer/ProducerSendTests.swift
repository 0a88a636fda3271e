import EventContracts
import EventContractsTesting
import Logging
import Testing

@Suite("Producer: sending")
struct ProducerSendTests {
    @Test("hands over the message's bytes, key and headers, and returns the record's place")
    func happyPath() async throws {
        let bench = try await Bench.started()
        let message = NoteMessage("n-1")
        let delivery = try await bench.producer.send(message)

        let entry = try #require(bench.transport.records(in: "test_notes").first)
        #expect(entry.delivery == delivery)
        #expect(entry.record.value == (try message.encoded()))
        #expect(entry.record.key == Array("n-1".utf8))
        #expect(entry.record.headers == [RecordHeader(name: "message-type", value: "note.written")])
        #expect(delivery.offset == 0)
        #expect(delivery.timestamp == Bench.time)

        let statistics = bench.producer.statistics
        #expect(statistics.messagesSent == 1)
        #expect(statistics.messagesFailed == 0)
        #expect(statistics.bytesSent == entry.record.value?.count)
        #expect(statistics.lastSendTime == Bench.time)
        #expect(statistics.inFlight == 0)
        await bench.producer.shutdown()
    }

    @Test("topic, key, partition and headers of the call take precedence")
    func routing() async throws {
        let bench = try await Bench.started(topicNames: TopicNames(prefix: "p_", overrides: ["marks": "special"]))
        let delivery = try await bench.producer.send(
            NoteMessage("n-1"), key: "other", partition: 2,
            headers: [RecordHeader(name: "message-type", value: "x"), RecordHeader(name: "trace", value: "t")])
        #expect(delivery.topic == "p_notes")
        #expect(delivery.partition == 2)
        try await bench.producer.send(NoteMessage("n-2"), topic: .marks)
        let records = bench.transport.records.map(\.record)
        #expect(records[0].key == Array("other".utf8))
        #expect(
            records[0].headers == [
                RecordHeader(name: "message-type", value: "x"), RecordHeader(name: "trace", value: "t"),
            ])
        #expect(records[1].topic == "special")
        await bench.producer.shutdown()
    }

    @Test("records with one key go to one partition; those without a key to all in turn")
    func partitions() async throws {
        let transport = TransportDriver(InMemoryTransport(partitions: ["t": 3]))
        try await transport.start()
        var keyed: Set<Int32> = []
        var unkeyed: [Int32] = []
        for _ in 0..<6 {
            keyed.insert(try await transport.send(Record(topic: "t", key: Array("21".utf8), value: [])).partition)
            unkeyed.append(try await transport.send(Record(topic: "t", value: [])).partition)
        }
        // (-973932308 & 0x7fffffff) % 3
        #expect(keyed == [Int32((-973_932_308 & 0x7fff_ffff) % 3)])
        #expect(unkeyed == [0, 1, 2, 0, 1, 2])
    }

    @Test("an invalid message is refused before the transport sees it, and the error's text does not quote it")
    func invalid() async throws {
        let bench = try await Bench.started()
        let error = await failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n-1", text: "secret-and-wrong"))
        }
        guard case .invalid(let failures) = error else {
            Issue.record("expected an invalid message, got \(String(describing: error))")
            return
        }
        #expect(failures.map(\.schema) == ["note.schema.json#/properties/text/minLength"])
        #expect(error?.description.contains("secret-and-wrong") == false)
        #expect(error?.description.contains("note.schema.json#/properties/text/minLength") == true)
        #expect(bench.transport.records.isEmpty)
        #expect(bench.producer.statistics.errorsByType == ["invalid": 1])
        #expect(bench.log.lines("message not delivered").first?.level == .error)
        #expect(!bench.log.lines.contains { $0.metadata.values.contains { $0.contains("secret-and-wrong") } })
        await bench.producer.shutdown()
    }

    @Test("a message that can't be encoded, is too large, or comes after the shutdown is refused")
    func refusals() async throws {
        let bench = Bench(configuration: ProducerConfiguration(maximumRecordSize: 200))
        try await bench.producer.start()
        let infinite = await failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n", weight: .infinity))
        }
        #expect(infinite == .encoding(.nonFiniteNumber, at: nil))
        let large = await failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n", text: String(repeating: "x", count: 200)))
        }
        guard case .tooLarge(let size, 200) = large else {
            Issue.record("expected a record too large")
            return
        }
        #expect(size > 200)
        await bench.producer.shutdown()
        let late = await failure { () throws(ProducerError) in try await bench.producer.send(NoteMessage("n")) }
        #expect(late == .notRunning)
        #expect(bench.producer.statistics.errorsByType == ["not_running": 1, "encoding": 1, "too_large": 1])
        #expect(bench.producer.statistics.messagesFailed == 3)
    }

    @Test("a batch keeps its order, and rejects only invalid messages")
    func batch() async throws {
        let bench = try await Bench.started()
        let results = await bench.producer.send(
            batch: (0..<100).map { NoteMessage("n-\($0)", text: $0 == 50 ? "" : "hello") })
        #expect(results.count == 100)
        for (position, result) in results.enumerated() {
            switch result {
            case .success(let delivery):
                let entry = try #require(bench.transport.records.first { $0.delivery == delivery })
                #expect(entry.record.key == Array("n-\(position)".utf8))
            case .failure(let error):
                #expect(position == 50)
                #expect(error.reason == .invalid)
            }
        }
        #expect(bench.keys() == (0..<100).filter { $0 != 50 }.map { "n-\($0)" })
        await bench.producer.shutdown()
    }

    @Test("each message of a mixed batch goes to its topic; an empty batch sends nothing")
    func mixedBatch() async throws {
        let bench = try await Bench.started()
        let results = await bench.producer.send(batch: [NoteMessage("a"), MarkMessage(), NoteMessage("b")])
        #expect(results.map { try? $0.get().topic } == ["test_notes", "test_marks", "test_notes"])
        #expect(await bench.producer.send(batch: [] as [NoteMessage]).isEmpty)
        await bench.producer.shutdown()
    }

    @Test("an unknown topic or partition is an error that is not retried")
    func unknownTopic() async throws {
        let bench = try await Bench.started()
        let error = await failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n"), partition: 3)
        }
        #expect(error?.reason == .transportUnknownTopic)
        #expect(bench.producer.statistics.retries == 0)
        await bench.producer.shutdown()
    }

    @Test("a header's value is the same, given as text or as bytes")
    func headers() {
        let text = RecordHeader(name: "h", value: "é")
        var bytes = RecordHeader(name: "h", value: [0xC3, 0xA9])
        #expect(text == bytes)
        #expect(text.hashValue == bytes.hashValue)
        #expect(text.value == bytes.value)
        #expect(text.valueSize == 2)
        #expect(text.withValueBytes { Array($0) } == [0xC3, 0xA9])
        // Canonically equivalent texts are different bytes.
        #expect(text != RecordHeader(name: "h", value: "e\u{301}"))
        bytes.value = [1]
        #expect(text != bytes)
    }
}
