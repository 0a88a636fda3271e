import EventContracts
import EventContractsTesting
import Testing

@Suite("Producer: order", .timeLimit(.minutes(20)))
struct ProducerOrderTests {
    private static let unavailable = TransportError(.unavailable, "no route")

    /// The texts of the notes that have arrived, in order.
    private func texts(_ bench: Bench) -> [String] {
        bench.transport.records.map(\.record.noteText)
    }

    @Test("messages with one key arrive in the order of the calls, however they were sent")
    func allWays() async throws {
        for _ in 0..<200 {
            let sender = ScriptedSender { _ throws(TransportError) in await Task.yield() }
            let producer = Producer(
                transport: SenderTransport(sender), contracts: [Notes.self], context: .testing(),
                logger: LogRecorder().logger)
            try await producer.start()
            producer.sendInBackground(NoteMessage("k", text: "1"))
            try await producer.send(NoteMessage("k", text: "2"))
            await producer.notifying(success: { NoteMessage("k", text: "3") }) {}
            _ = await producer.send(batch: [NoteMessage("k", text: "4"), NoteMessage("k", text: "5")])
            producer.sendInBackground(NoteMessage("k", text: "6"))
            await producer.sendInBackground(NoteMessage("k", text: "7"), waitingForRoom: .seconds(60))
            try await producer.send(NoteMessage("k", text: "8"))
            #expect(sender.delivered.map(\.noteText) == (1...8).map(String.init))
            await producer.shutdown()
        }
    }

    @Test("a batch whose first message is sent again keeps its order")
    func retriedBatch() async throws {
        let bench = try await Bench.started()
        bench.transport.fail(with: Self.unavailable, times: 1)
        async let results = bench.producer.send(batch: (1...3).map { NoteMessage("k", text: "\($0)") })
        await bench.clock.waitForSleeper(due: .milliseconds(100))
        #expect(bench.transport.records.isEmpty)
        bench.clock.advance(by: .milliseconds(100))
        #expect(await results.map { try? $0.get().offset } == [0, 1, 2])
        #expect(texts(bench) == ["1", "2", "3"])
        await bench.producer.shutdown()
    }

    @Test("a retried message delays later ones of its key only")
    func retriedKey() async throws {
        let bench = try await Bench.started()
        bench.transport.reject(with: Self.unavailable) { $0.noteText == "1" }
        bench.producer.sendInBackground(NoteMessage("k", text: "1"))
        async let second = bench.producer.send(NoteMessage("k", text: "2"), timeout: .seconds(60))
        await bench.clock.waitForSleeper(due: .seconds(60))
        try await bench.producer.send(NoteMessage("other", text: "3"))
        #expect(texts(bench) == ["3"])
        bench.transport.recover()
        bench.clock.advance(by: .milliseconds(100))
        _ = try await second
        #expect(texts(bench) == ["3", "1", "2"])
        await bench.producer.shutdown()
    }

    @Test("a message that fails permanently unblocks the next of its key")
    func failedKey() async throws {
        let bench = try await Bench.started()
        bench.transport.reject { $0.noteText == "1" }
        let results = await bench.producer.send(batch: (1...3).map { NoteMessage("k", text: "\($0)") })
        #expect(results.map { $0.failure == nil } == [false, true, true])
        #expect(texts(bench) == ["2", "3"])
        await bench.producer.shutdown()
    }

    @Test("a queue that the transport accepts in parts keeps its order")
    func backPressure() async throws {
        let transport = BoundedTransport(capacity: 3)
        let producer = Producer(
            transport: transport, contracts: [Notes.self], context: .testing(), logger: LogRecorder().logger)
        try await producer.start()
        for number in 0..<10 { producer.sendInBackground(NoteMessage("k", text: "\(number)")) }
        for _ in 0..<10 {
            await transport.waitForPending(1)
            transport.complete()
        }
        await producer.shutdown()
        #expect(transport.delivered.map(\.noteText) == (0..<10).map(String.init))
    }

    @Test("concurrent senders each keep their own order")
    func concurrent() async throws {
        let bench = try await Bench.started()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<100 {
                        if number.isMultiple(of: 3) {
                            _ = try? await bench.producer.send(NoteMessage("k-\(task)", text: "\(number)"))
                        } else {
                            bench.producer.sendInBackground(NoteMessage("k-\(task)", text: "\(number)"))
                        }
                    }
                }
            }
        }
        await bench.transport.waitForDeliveries(800)
        let byKey = Dictionary(grouping: bench.transport.records.map(\.record), by: \.keyText)
        #expect(byKey.count == 8)
        for records in byKey.values { #expect(records.map(\.noteText) == (0..<100).map(String.init)) }
        await bench.producer.shutdown()
    }
}
