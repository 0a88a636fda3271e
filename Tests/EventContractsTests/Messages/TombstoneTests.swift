import EventContracts
import EventContractsTesting
import Testing

@Suite("Producer: tombstones", .timeLimit(.minutes(20)))
struct TombstoneTests {
    @Test("a tombstone is a record with a key and no value, in its key's partition and order")
    func sends() async throws {
        let bench = try await Bench.started()
        let message = try await bench.producer.send(NoteMessage("n-1"))
        let tombstone = try await bench.producer.send(Tombstone<NoteMessage>(key: "n-1"))
        #expect(tombstone.partition == message.partition && tombstone.offset == message.offset + 1)
        let record = try #require(bench.transport.records(in: "test_notes").last).record
        #expect(record.value == nil && record.headers.isEmpty)
        #expect(record.key == Array("n-1".utf8))
        await bench.producer.shutdown()
    }

    @Test("a tombstone can be sent in a batch and in the background")
    func ways() async throws {
        let bench = try await Bench.started()
        let tombstone = Tombstone<NoteMessage>(key: "n-1")
        let results = await bench.producer.send(batch: [NoteMessage("n-1"), tombstone])
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        #expect(bench.producer.sendInBackground(tombstone) == .queued)
        await bench.producer.shutdown()
        #expect(bench.transport.records(in: "test_notes").map { $0.record.value == nil } == [false, true, true])
    }

    @Test("a tombstone is counted without bytes, and its failure is reported like a message's")
    func counts() async throws {
        let bench = try await Bench.started()
        try await bench.producer.send(Tombstone<NoteMessage>(key: "n-1"))
        #expect(bench.producer.statistics.messagesSent == 1 && bench.producer.statistics.bytesSent == 0)
        let key = String(repeating: "k", count: 2_000_000)
        let error = await failure { () throws(ProducerError) in
            try await bench.producer.send(Tombstone<NoteMessage>(key: key))
        }
        guard case .tooLarge? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bench.producer.statistics.errorsByType == ["too_large": 1])
        await bench.producer.shutdown()
    }
}
