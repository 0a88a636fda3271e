import EventContracts
import EventContractsTesting
import Testing

/// Messages of a key behind one that waits for room.
@Suite("Producer: order behind messages that wait for room", .timeLimit(.minutes(20)))
struct ProducerRoomOrderTests {
    private let transport = BoundedTransport(capacity: 100)
    private let clock = ManualClock()

    /// Starts a producer with one message in the background, for which one of key `k` waits for at most 10 s.
    private func started(_ configuration: ProducerConfiguration) async throws -> (Producer, Task<BackgroundSend, Never>)
    {
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: configuration, context: .testing(),
            clock: clock, logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("other", text: "0"))
        let waiting = Task {
            await producer.sendInBackground(
                NoteMessage("k", text: "1" + String(repeating: " ", count: 380)), waitingForRoom: .seconds(10))
        }
        await clock.waitForSleeper(due: .seconds(10))
        return (producer, waiting)
    }

    private var pending: [String] { transport.pending.map { $0.noteText.replacing(" ", with: "") } }

    @Test("a message that waits for room keeps its place before later messages of its key")
    func keepsPlace() async throws {
        let (producer, waiting) = try await started(ProducerConfiguration(backgroundCapacity: 1))
        async let single = producer.send(NoteMessage("k", text: "2"), timeout: .seconds(9))
        await clock.waitForSleeper(due: .seconds(9))
        async let batch = producer.send(
            batch: [NoteMessage("k", text: "3"), NoteMessage("free", text: "4"), NoteMessage("k", text: "5")],
            timeout: .seconds(8))
        await clock.waitForSleeper(due: .seconds(8))
        #expect(pending == ["0", "4"])
        transport.complete()
        #expect(await waiting.value == .queued)
        #expect(pending == ["4", "1", "2", "3", "5"])
        transport.complete(5)
        _ = try await single
        #expect(await batch.allSatisfy { (try? $0.get()) != nil })
        #expect(await producer.shutdown().isClean)
    }

    @Test("once a message that waits for room gives up, messages behind it are sent")
    func givesUp() async throws {
        let (producer, waiting) = try await started(ProducerConfiguration(backgroundCapacity: 1))
        async let single = producer.send(NoteMessage("k", text: "2"), timeout: .seconds(9))
        await clock.waitForSleeper(due: .seconds(9))
        waiting.cancel()
        #expect(await waiting.value == .refused(.cancelled))
        #expect(pending == ["0", "2"])
        transport.complete(2)
        _ = try await single
        #expect(await producer.shutdown().isClean)
    }

    @Test("a small background message does not pass a large one of its key that waits for bytes")
    func waitsForBytes() async throws {
        let (producer, waiting) = try await started(ProducerConfiguration(backgroundByteCapacity: 400))
        #expect(
            producer.sendInBackground(NoteMessage("k", text: "2")) == .refused(.backgroundQueueFull(.bytes(400))))
        #expect(producer.sendInBackground(NoteMessage("free", text: "3")) == .queued)
        await transport.waitForPending(2)
        transport.complete(2)
        #expect(await waiting.value == .queued)
        await transport.waitForPending(1)
        #expect(pending == ["1"])
        transport.complete()
        #expect(producer.sendInBackground(NoteMessage("k", text: "4")) == .queued)
        await transport.waitForPending(1)
        transport.complete()
        #expect(await producer.shutdown().isClean)
    }
}
