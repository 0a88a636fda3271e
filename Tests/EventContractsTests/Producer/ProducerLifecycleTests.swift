import Dispatch
import EventContracts
import EventContractsLifecycle
import EventContractsTesting
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@Suite("Producer: start and shutdown", .timeLimit(.minutes(20)))
struct ProducerLifecycleTests {
    @Test("shutdown sends all queued messages")
    func drains() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        for number in 0..<50 { bench.producer.sendInBackground(NoteMessage("n-\(number)")) }
        await bench.transport.waitForStalledRecords(1)
        async let report = bench.producer.shutdown()
        await bench.clock.waitForSleeper(due: .seconds(30))
        #expect(await bench.producer.health().state == .stopped)
        bench.transport.release()
        #expect(await report.isClean)
        #expect(bench.keys().count == 50)
        #expect(await bench.transport.health().status == .unhealthy)
    }

    @Test("an infinite timeout does not overflow the clock")
    func longestTimes() async throws {
        let producer = Producer(
            transport: InMemoryTransport(), contracts: [Notes.self], context: .testing())
        try await producer.start()
        _ = try await producer.send(NoteMessage("n"), timeout: .seconds(Int64.max))
        #expect(await producer.shutdown(deadline: .seconds(Int64.max)).isClean)
    }

    @Test("at the deadline, messages with the transport are unknown: logged, counted and reported by topic")
    func deadline() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        for number in 0..<4 { bench.producer.sendInBackground(NoteMessage("n-\(number)")) }
        bench.producer.sendInBackground(MarkMessage())
        async let direct = failure { () throws(ProducerError) in try await bench.producer.send(NoteMessage("direct")) }
        await bench.transport.waitForStalledRecords(6)

        async let report = bench.producer.shutdown(deadline: .seconds(5))
        await bench.clock.waitForSleeper(due: .seconds(5))
        bench.clock.advance(by: .seconds(5))
        #expect(
            await report == ShutdownReport(unknown: ["test_notes": 5, "test_marks": 1], reachedDeadline: true))
        #expect(await direct == .unknown(.shutDown))
        #expect(bench.producer.statistics.messagesFailed == 0)
        #expect(bench.producer.statistics.messagesUnknown == 6)
        #expect(bench.producer.statistics.errorsByType == ["outcome_unknown": 6])
        #expect(bench.log.lines("message not acknowledged, it may have been delivered").count == 6)
        #expect(bench.log.lines("the producer has shut down with losses").count == 1)
        #expect(bench.transport.records.isEmpty)
        #expect(bench.producer.statistics.inFlight == 0)
    }

    @Test("at the deadline, messages that were not handed over fail")
    func deadlineInQueue() async throws {
        let transport = BoundedTransport(capacity: 1)
        let (clock, log) = (ManualClock(), LogRecorder())
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: Bench.configuration, context: .testing(),
            clock: clock,
            logger: log.logger)
        try await producer.start()
        for number in 0..<3 { producer.sendInBackground(NoteMessage("n-\(number)")) }
        async let direct = failure { () throws(ProducerError) in
            try await producer.send(NoteMessage("direct"), timeout: .seconds(7))
        }
        await clock.waitForSleeper(due: .seconds(7))
        async let report = producer.shutdown(deadline: .seconds(5))
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(
            await report
                == ShutdownReport(undelivered: ["test_notes": 3], unknown: ["test_notes": 1], reachedDeadline: true))
        #expect(await direct == .shutDown)
        #expect(log.lines("message not delivered").count == 3)
        #expect(producer.statistics.backgroundDropped == 2)
    }

    @Test("a transport whose start ends after the shutdown is shut down")
    func lateStart() async throws {
        let transport = StartingTransport(heedsCancellation: false)
        let clock = ManualClock()
        let producer = Producer(transport: transport, contracts: [Notes.self], context: .testing(), clock: clock)
        async let start = failure { () throws(ProducerError) in try await producer.start() }
        await transport.isStarting.value()
        async let report = producer.shutdown(deadline: .seconds(5))
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(await report.reachedDeadline)
        transport.mayStart.fulfil()
        #expect(await start == .notRunning)
        await transport.isShutDown.value()
    }

    @Test("at the deadline, failures are logged before the report is made")
    func loggedBeforeTheReport() async throws {
        // A log that is slow to write: each line waits until the test has seen that shutdown is at its deadline.
        let isWriting = StartingTransport.Signal()
        let mayWrite = DispatchSemaphore(value: 0)
        let log = LogRecorder { line in
            guard line.message == "message not delivered" else { return }
            isWriting.fulfil()
            mayWrite.wait()
            mayWrite.signal()
        }
        let clock = ManualClock()
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Notes.self], configuration: Bench.configuration, context: .testing(),
            clock: clock,
            logger: log.logger)
        try await producer.start()
        transport.reject { _ in true }
        async let results = producer.send(batch: (0..<50).map { NoteMessage("n-\($0)") })
        await isWriting.value()
        async let report = producer.shutdown(deadline: .seconds(5))
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        mayWrite.signal()
        #expect(await report.reachedDeadline)
        #expect(log.lines("message not delivered").count == 50)
        #expect(await results.count == 50)
        #expect(producer.statistics.messagesFailed == 50)
    }

    @Test("failures while it shuts down are reported too")
    func failuresDuringShutdown() async throws {
        let bench = try await Bench.started()
        bench.transport.stall()
        // The second waits for the first, which has the same key.
        for text in ["first", "second"] { bench.producer.sendInBackground(NoteMessage("n", text: text)) }
        await bench.transport.waitForStalledRecords(1)
        async let report = bench.producer.shutdown()
        await bench.clock.waitForSleeper(due: .seconds(30))
        bench.transport.reject { _ in true }
        bench.transport.release()
        let undelivered = await report.undelivered
        #expect(undelivered == ["test_notes": 1])
        #expect(bench.keys() == ["n"])
    }

    @Test("messages sent before the start wait for it, and are sent first")
    func sentBeforeStart() async throws {
        let bench = Bench()
        #expect(bench.producer.sendInBackground(NoteMessage("a", text: "1")) == .queued)
        async let sent = bench.producer.send(NoteMessage("a", text: "2"))
        await bench.clock.waitForSleeper(due: .seconds(120))
        #expect(bench.transport.records.isEmpty)
        try await bench.producer.start()
        #expect(try await sent.offset == 1)
        await bench.producer.shutdown()
        #expect(bench.keys() == ["a", "a"])
    }

    @Test("a message that waits for the start fails at its timeout, or at a shutdown")
    func neverStarted() async throws {
        let bench = Bench()
        async let impatient = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("a"), timeout: .seconds(1))
        }
        await bench.clock.waitForSleeper(due: .seconds(1))
        bench.clock.advance(by: .seconds(1))
        #expect(await impatient == .timedOut(after: .seconds(1)))
        #expect(bench.producer.sendInBackground(NoteMessage("b")) == .queued)
        #expect(await bench.producer.shutdown() == ShutdownReport(undelivered: ["test_notes": 1]))
        #expect(bench.producer.statistics.errorsByType == ["timed_out": 1, "shut_down": 1])
    }

    @Test("a second shutdown returns the first one's report; one before start returns at once")
    func idempotent() async throws {
        let bench = try await Bench.started()
        async let first = bench.producer.shutdown()
        async let second = bench.producer.shutdown()
        #expect(await first == second)
        #expect(await bench.producer.shutdown() == ShutdownReport())
        #expect(bench.log.lines("the producer has shut down").count == 1)
        await #expect(throws: ProducerError.notRunning) { try await bench.producer.start() }

        let unstarted = Bench()
        #expect(await unstarted.producer.shutdown().isClean)
        await #expect(throws: ProducerError.notRunning) { try await unstarted.producer.start() }
    }

    @Test("start may be called twice, and again after it failed")
    func start() async throws {
        let bench = Bench()
        let error = TransportError(.unavailable, "no route")
        bench.transport.failStart(with: error)
        await #expect(throws: ProducerError.transport(error)) { try await bench.producer.start() }
        #expect(await bench.producer.health().state == .created)
        try await bench.producer.start()
        try await bench.producer.start()
        try await bench.producer.send(NoteMessage("n"))
        await bench.producer.shutdown()
    }

    @Test("in a service group, graceful shutdown sends what is left and then ends")
    func serviceGroup() async throws {
        let bench = Bench()
        let sender = Sender(bench: bench)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: bench.producer), .init(service: sender, successTerminationBehavior: .ignore),
                ],
                gracefulShutdownSignals: [], logger: bench.log.logger))
        let running = Task { try await group.run() }
        await bench.transport.waitForStalledRecords(1)
        await group.triggerGracefulShutdown()
        await bench.clock.waitForSleeper(due: .seconds(30))
        bench.transport.release()
        try await running.value
        #expect(bench.keys().count == 10)
        #expect(bench.log.lines("the producer has shut down").count == 1)
    }

    @Test("messages that wait for a service fail with the reason why it can't start")
    func failedService() async throws {
        let bench = Bench()
        let error = TransportError(.notAuthorized, "no")
        bench.transport.failStart(with: error)
        async let waiting = failure { () throws(ProducerError) in
            try await bench.producer.send(NoteMessage("n"), timeout: .seconds(7))
        }
        await bench.clock.waitForSleeper(due: .seconds(7))
        bench.producer.sendInBackground(NoteMessage("b"))
        await #expect(throws: ProducerError.transport(error)) { try await bench.producer.run() }
        #expect(await waiting == .transport(error))
        #expect(bench.producer.statistics.errorsByType == ["transport_not_authorized": 2])
        #expect(await bench.producer.health().state == .stopped)
    }

    @Test("a service whose task is cancelled still shuts down")
    func cancelledService() async throws {
        let bench = Bench()
        let running = Task { try await bench.producer.run() }
        try await bench.producer.start()
        try await bench.producer.send(NoteMessage("n"))
        running.cancel()
        try await running.value
        #expect(bench.log.lines("the producer has shut down").count == 1)
        #expect(await bench.producer.health().state == .stopped)
    }

    @Test("a slow start of the transport does not delay a shutdown", arguments: [true, false], [true, false])
    func shutdownWhileStarting(isGraceful: Bool, heedsCancellation: Bool) async throws {
        let transport = StartingTransport(heedsCancellation: heedsCancellation)
        let (clock, log) = (ManualClock(), LogRecorder())
        let producer = Producer(
            transport: transport, contracts: [Notes.self], context: .testing(), clock: clock, logger: log.logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: producer, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [], logger: log.logger))
        let running = Task { try await group.run() }
        await transport.isStarting.value()
        if isGraceful { await group.triggerGracefulShutdown() } else { running.cancel() }
        if !heedsCancellation {
            await clock.waitForSleeper(due: .seconds(30))
            clock.advance(by: .seconds(30))
        }
        _ = await running.result
        #expect(await producer.health().state == .stopped)
        #expect(await producer.shutdown() == ShutdownReport(reachedDeadline: !heedsCancellation))
        transport.mayStart.fulfil()
    }

    @Test("a task that waits for the start can be cancelled, while others still wait")
    func cancelledStart() async throws {
        let transport = StartingTransport(heedsCancellation: true)
        let producer = Producer(
            transport: transport, contracts: [Notes.self], context: .testing(), clock: ManualClock())
        let first = Task { try await producer.start() }
        await transport.isStarting.value()
        let second = Task { try await producer.start() }
        first.cancel()
        await #expect(throws: ProducerError.cancelled) { try await first.value }
        transport.mayStart.fulfil()
        try await second.value
        #expect(await producer.health().state == .running)
        await producer.shutdown()
    }

    /// Waits until the producer runs, and then leaves it ten messages that the transport stalls.
    private struct Sender: Service {
        let bench: Bench

        func run() async throws {
            try await bench.producer.start()
            bench.transport.stall()
            for number in 0..<10 { bench.producer.sendInBackground(NoteMessage("n-\(number)")) }
            try await gracefulShutdown()
        }
    }
}
