import EventContracts
import EventContractsEndpoints
import EventContractsTesting
import Testing

/// Numbers and durations at the ends of their types: no public call traps on one.
@Suite("Extreme numbers and durations", .timeLimit(.minutes(20)))
struct ExtremeValueTests {
    private static let numbers: [Int] = [.min, -1, 0, 1, .max]
    private static let durations: [Duration] = [
        Duration(attoseconds: .min), .seconds(Int64.min), .nanoseconds(-1), .zero, .seconds(Int64.max),
        Duration(attoseconds: .max),
    ]

    /// Sends messages in all ways, which may fail, and shuts down.
    private func send(
        to transport: any Transport, _ configuration: ProducerConfiguration = ProducerConfiguration(),
        timeout: Duration? = nil, deadline: Duration? = nil
    ) async throws -> ProducerStatistics {
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: configuration, context: .testing(),
            logger: LogRecorder().logger)
        try await producer.start()
        producer.sendInBackground(NoteMessage("k"))
        await producer.sendInBackground(NoteMessage("k"), waitingForRoom: timeout ?? .seconds(5))
        _ = try? await producer.send(NoteMessage("k"), timeout: timeout)
        _ = await producer.send(batch: [NoteMessage("k")], timeout: timeout)
        await producer.shutdown(deadline: deadline)
        return producer.statistics
    }

    @Test("transports take every number", arguments: numbers)
    func transports(number: Int) async throws {
        let transports: [any Transport] = [
            InMemoryTransport(partitions: ["test_notes": number], capacity: number),
            InMemoryTransport(unknownTopics: .created(partitions: number)),
            SenderTransport(ScriptedSender { _ in }, concurrency: number, capacity: number),
        ]
        for transport in transports { #expect(try await send(to: transport).messagesSent == 4) }
    }

    @Test("a producer takes every number", arguments: numbers)
    func producers(number: Int) async throws {
        let transport = InMemoryTransport()
        transport.fail(with: TransportError(.unavailable, "no route"), times: 1)
        let statistics = try await send(
            to: transport,
            ProducerConfiguration(
                maximumRetries: number, retryBackoff: .milliseconds(1), maximumRecordSize: number,
                backgroundCapacity: number, backgroundByteCapacity: number),
            timeout: .seconds(1))
        #expect(statistics.messagesSent + statistics.messagesFailed == 4)
    }

    @Test("a producer takes every duration", arguments: durations)
    func producers(duration: Duration) async throws {
        let ofBackoff = InMemoryTransport()
        ofBackoff.fail(with: TransportError(.unavailable, "no route"))
        _ = try await send(
            to: ofBackoff,
            ProducerConfiguration(
                retryBackoff: duration, maximumRetryBackoff: duration, timeout: .milliseconds(20),
                failureLogInterval: duration),
            timeout: .milliseconds(20), deadline: .seconds(1))
        _ = try await send(
            to: InMemoryTransport(), ProducerConfiguration(timeout: duration, shutdownDeadline: duration),
            timeout: duration)
    }

    @Test("clocks, health checks and expectations take every duration", arguments: durations)
    func waits(duration: Duration) async throws {
        let clock = ManualClock()
        for _ in 0..<3 { clock.advance(by: duration) }
        _ = MessageContext.testing(clock: clock).now()
        let endpoints = try ServiceEndpoints(
            families: [], checks: [HealthCheck("part") { HealthReport(.healthy) }], timeout: duration)
        #expect(await endpoints.health().checks.count == 1)
        let transport = InMemoryTransport()
        async let sent = send(to: transport)
        _ = try? await transport.expectMessage(of: NoteMessage.self, within: max(duration, .seconds(1)))
        #expect(try await sent.messagesSent == 4)
    }
}
