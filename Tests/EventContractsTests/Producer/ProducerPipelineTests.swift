import EventContracts
import EventContractsTesting
import Locks
import Testing

@Suite("Producer: pipeline and limits", .timeLimit(.minutes(20)))
struct ProducerPipelineTests {
    @Test("a slow record delays no other key")
    func slowRecord() async throws {
        let maySend = StartingTransport.Signal()
        let sender = ScriptedSender { record throws(TransportError) in
            if record.keyText == "slow" { await maySend.value() }
        }
        let producer = Producer(
            transport: SenderTransport(sender), contracts: [Notes.self], context: .testing(),
            logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("slow"))
        for number in 0..<5000 { producer.sendInBackground(NoteMessage("n-\(number)")) }
        while producer.statistics.messagesSent < 5000 { await Task.yield() }
        #expect(!sender.delivered.contains { $0.keyText == "slow" })
        #expect(producer.statistics.backgroundQueued == 1)
        maySend.fulfil()
        #expect(await producer.shutdown().isClean)
        #expect(sender.delivered.last?.keyText == "slow")
    }

    @Test("the background queue is bounded by bytes too; a larger message is sent alone")
    func byteBound() async throws {
        let transport = BoundedTransport(capacity: 100)
        let producer = Producer(
            transport: transport, contracts: [Notes.self],
            configuration: ProducerConfiguration(backgroundByteCapacity: 400), context: .testing(),
            logger: LogRecorder().logger)
        try await producer.start()
        let large = NoteMessage("k", text: String(repeating: "x", count: 300))
        #expect(producer.sendInBackground(large) == .queued)
        #expect(producer.sendInBackground(large) == .refused(.backgroundQueueFull(.bytes(400))))
        transport.complete()
        #expect(producer.sendInBackground(NoteMessage("k", text: String(repeating: "x", count: 1000))) == .queued)
        #expect(producer.sendInBackground(NoteMessage("k")) == .refused(.backgroundQueueFull(.bytes(400))))
        transport.complete()
        #expect(await producer.shutdown().isClean)
        #expect(producer.statistics.messagesSent == 2)
    }

    @Test("messages that wait for room are queued in their order")
    func waitsForRoom() async throws {
        let transport = BoundedTransport(capacity: 100)
        let clock = ManualClock()
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: ProducerConfiguration(backgroundCapacity: 1),
            context: .testing(),
            clock: clock, logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("k", text: "0"))
        async let first = producer.sendInBackground(NoteMessage("k", text: "1"), waitingForRoom: .seconds(20))
        await clock.waitForSleeper(due: .seconds(20))
        async let second = producer.sendInBackground(NoteMessage("k", text: "2"), waitingForRoom: .seconds(10))
        await clock.waitForSleeper(due: .seconds(10))
        #expect(transport.pending.count == 1)
        transport.complete()
        #expect(await first == .queued)
        transport.complete()
        #expect(await second == .queued)
        transport.complete()
        #expect(transport.delivered.map(\.noteText) == ["0", "1", "2"])
        await producer.shutdown()
    }

    @Test("the metric of the queue counts a message as soon as it gets room")
    func measuresRoom() async throws {
        let transport = BoundedTransport(capacity: 100)
        let clock = ManualClock()
        let metric = QueueMetric()
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: ProducerConfiguration(backgroundCapacity: 1),
            context: .testing(), metrics: [metric], clock: clock, logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("k", text: "0"))
        async let waiting = producer.sendInBackground(NoteMessage("k", text: "1"), waitingForRoom: .seconds(20))
        await clock.waitForSleeper(due: .seconds(20))
        transport.complete()
        #expect(await waiting == .queued)
        #expect(metric.depth == 1)
        transport.complete()
        #expect(metric.depth == 0)
        await producer.shutdown()
    }

    /// The depth of the queue as metrics see it.
    private final class QueueMetric: ProducerMetrics {
        private let last = Lock(0)
        var depth: Int { last.withLock { $0 } }

        func queueChanged(depth: Int, capacity: Int) { last.withLock { $0 = depth } }
    }

    @Test("the wait for room ends with the timeout, the cancellation or the shutdown; the message is not sent")
    func waitsInVain() async throws {
        let transport = BoundedTransport(capacity: 100)
        let clock = ManualClock()
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: ProducerConfiguration(backgroundCapacity: 1),
            context: .testing(),
            clock: clock, logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("k", text: "0"))
        async let late = producer.sendInBackground(NoteMessage("k", text: "late"), waitingForRoom: .seconds(1))
        await clock.waitForSleeper(due: .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(await late == .refused(.timedOut(after: .seconds(1))))
        let cancelled = Task {
            await producer.sendInBackground(NoteMessage("k", text: "cancelled"), waitingForRoom: .seconds(2))
        }
        await clock.waitForSleeper(due: .seconds(2))
        cancelled.cancel()
        #expect(await cancelled.value == .refused(.cancelled))
        async let left = producer.sendInBackground(NoteMessage("k", text: "left"), waitingForRoom: .seconds(50))
        // It wakes for the message before it, which is due at 2 s and has ended.
        await clock.waitForSleeper(due: .seconds(2))
        clock.advance(by: .seconds(2))
        await clock.waitForSleeper(due: .seconds(50))
        async let report = producer.shutdown(deadline: .seconds(5))
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(await left == .refused(.shutDown))
        #expect(await report.undelivered == ["test_notes": 1])
        #expect(transport.delivered.isEmpty)
        #expect(producer.statistics.backgroundDropped == 3)
    }

    @Test("a transport serves one producer at a time")
    func oneProducer() async throws {
        let shared = InMemoryTransport()
        let producers = (0..<2).map { _ in
            Producer(transport: shared, contracts: [Notes.self], context: .testing(), logger: LogRecorder().logger)
        }
        try await producers[0].start()
        let error = await failure { () throws(ProducerError) in try await producers[1].start() }
        #expect(error?.reason == .transportRejected)
        try await producers[0].send(NoteMessage("n"))
        for producer in producers { await producer.shutdown() }
    }

    @Test("a sender is never given two records of one key at once, and others up to its concurrency")
    func senderConcurrency() async throws {
        let gauge = ConcurrencyGauge()
        let sender = ScriptedSender { record throws(TransportError) in
            gauge.enter(record.keyText)
            for _ in 0..<5 { await Task.yield() }
            gauge.leave(record.keyText)
        }
        let producer = Producer(
            transport: SenderTransport(sender, concurrency: 3, capacity: 10), contracts: [Notes.self],
            context: .testing(),
            logger: LogRecorder().logger)
        try await producer.start()
        for number in 0..<300 { producer.sendInBackground(NoteMessage("k-\(number % 7)")) }
        // Each record yields several times, which takes long beside tests that keep the threads.
        #expect(await producer.shutdown(deadline: .seconds(1200)).isClean)
        #expect(sender.delivered.count == 300)
        #expect(gauge.most == (inAll: 3, ofOneKey: 1))
    }
}
