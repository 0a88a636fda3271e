import Logging
import Synchronization

/// Where a producer is in its life, and the tasks that belong to it. A producer lives once: it can't be started again.
struct Lifecycle: Sendable {
    enum Phase: Sendable {
        case created
        case starting(Task<ProducerError?, Never>)
        case running
        case stopping(Task<ShutdownReport, Never>)
    }

    var phase = Phase.created
    /// The background worker, from the moment that the transport has started.
    var worker: Task<Void, Never>?
}

extension Producer {
    /// Starts the transport, and takes messages from then on. Does nothing where the producer runs already.
    ///
    /// - Throws: ``ProducerError/transport(_:)`` where the transport can't start; it may be tried again.
    ///   ``ProducerError/notRunning`` after shutdown. ``ProducerError/cancelled`` where the calling task is cancelled; the
    ///   transport goes on starting then, until ``shutdown(deadline:)``.
    public func start() async throws(ProducerError) {
        let (task, isStopped) = lifecycle.withLock { lifecycle -> (Task<ProducerError?, Never>?, Bool) in
            switch lifecycle.phase {
            case .created:
                let task = Task { await self.startTransport() }
                lifecycle.phase = .starting(task)
                return (task, false)
            case .starting(let task): return (task, false)
            case .running: return (nil, false)
            case .stopping: return (nil, true)
            }
        }
        if isStopped { throw .notRunning }
        guard let task else { return }
        let outcome = Promise<ProducerError?>()
        Task { outcome.fulfil(await task.value) }
        let error = await withTaskCancellationHandler {
            await outcome.value()
        } onCancel: {
            outcome.fulfil(.cancelled)
        }
        if let error { throw error }
    }

    private func startTransport() async -> ProducerError? {
        do throws(TransportError) {
            try await transport.start()
        } catch {
            logger.error("the transport did not start", metadata: ["error": "\(error)"])
            accounts.found(connectionIsUp: false)
            lifecycle.withLock { lifecycle in
                if case .starting = lifecycle.phase { lifecycle.phase = .created }
            }
            return .transport(error)
        }
        let isRunning = lifecycle.withLock { lifecycle in
            guard case .starting = lifecycle.phase else { return false }
            lifecycle.worker = Task { await self.drainBackground() }
            background.open()
            flights.open()
            lifecycle.phase = .running
            accounts.found(connectionIsUp: true)
            return true
        }
        if isRunning { return nil }
        // A shutdown came while the transport started, and perhaps did not wait for it.
        await transport.shutdown()
        return .notRunning
    }

    /// Takes no more messages, sends those that it has taken, and lets go of the transport.
    ///
    /// What is not delivered by the deadline fails with ``ProducerError/shutDown``; the transport then has as long once more
    /// to let go. A second call waits for the first and returns the same. The cancellation of the calling task does not
    /// shorten it.
    ///
    /// - Parameter deadline: How long it may take to deliver, by the producer's clock; `nil` leaves it to the configuration.
    /// - Returns: What was not delivered.
    @discardableResult
    public func shutdown(deadline: Duration? = nil) async -> ShutdownReport {
        let limit = deadline ?? configuration.shutdownDeadline
        let task = lifecycle.withLock { lifecycle in
            switch lifecycle.phase {
            case .stopping(let task): return task
            case .created:
                let task = Task { ShutdownReport() }
                lifecycle.phase = .stopping(task)
                return task
            case .starting(let start):
                let task = Task { await self.stop(after: start, worker: nil, within: limit) }
                lifecycle.phase = .stopping(task)
                return task
            case .running:
                // Closed under the lock, so that nothing is taken once a caller knows of the shutdown.
                accounts.beginShutdown()
                flights.close()
                background.close()
                let worker = lifecycle.worker
                let task = Task { await self.stop(after: nil, worker: worker, within: limit) }
                lifecycle.phase = .stopping(task)
                return task
            }
        }
        return await task.value
    }

    private func stop(
        after start: Task<ProducerError?, Never>?, worker: Task<Void, Never>?, within limit: Duration
    ) async -> ShutdownReport {
        let deadline = clock.now + limit
        // Nothing has been taken yet that a transport would have to start for.
        start?.cancel()
        let flushed = Promise<TransportError?>()
        let isDrained = await finishes(by: deadline, of: clock) { [self] in
            _ = await start?.value
            await worker?.value
            await flights.waitUntilEmpty()
            flushed.fulfil(start == nil ? await flushTransport() : nil)
        }
        var report = ShutdownReport(reachedDeadline: !isDrained)
        for flight in flights.shut() { flight.abandon(.shutDown) }
        // By now every message has its outcome, but not each may have been counted and logged.
        await flights.waitUntilEmpty()
        for message in background.removeAll() { accounts.left(message) }
        if isDrained {
            report.flushFailure = await flushed.value()
        } else {
            // The queue is closed and empty and no flight may take off, so that the worker is at its end.
            await worker?.value
        }
        deadlines.cancelAll()
        report.undelivered = accounts.undelivered

        // What a transport does to let go is no longer the messages' concern, but must not hold up the process either.
        let isReleased = await finishes(by: clock.now + limit, of: clock) { [self] in await transport.shutdown() }
        accounts.endConnection()
        if !isReleased { logger.error("the transport did not shut down in time") }
        log(report)
        return report
    }

    private func flushTransport() async -> TransportError? {
        do throws(TransportError) {
            try await transport.flush()
            return nil
        } catch {
            return error
        }
    }

    private func log(_ report: ShutdownReport) {
        guard !report.isClean else {
            logger.info("the producer has shut down")
            return
        }
        logger.error("the producer has shut down with losses", metadata: ["report": "\(report)"])
    }
}
