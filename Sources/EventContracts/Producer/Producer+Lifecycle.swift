import Logging
import Locks

/// The state of a producer's life, and the tasks that belong to it. A producer can't be started again after its shutdown.
struct Lifecycle: Sendable {
    enum Phase: Sendable {
        case created
        case starting(Task<ProducerError?, Never>)
        case running
        case stopping(Task<ShutdownReport, Never>)
    }

    var phase = Phase.created
    /// The reason why the last start failed, after which another may be tried.
    private(set) var startFailure: ProducerError?

    mutating func endStart(_ failure: ProducerError) {
        guard case .starting = phase else { return }
        phase = .created
        startFailure = failure
    }
}

extension Producer {
    /// Starts the transport, and sends the messages that wait for it. Does nothing where the producer runs already.
    ///
    /// - Throws: ``ProducerError/transport(_:)`` where the transport can't start; it may be tried again. Also where two
    ///   topics of the contracts that are not the same get one name on the broker. ``ProducerError/encryption(_:)`` where
    ///   the contracts encrypt values and a key is missing.
    ///   ``ProducerError/notRunning`` after shutdown. ``ProducerError/cancelled`` where the calling task is cancelled; the
    ///   transport continues to start then, until ``shutdown(deadline:)``.
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
        if let error = await prepareCipher() {
            logger.error("the producer did not start", metadata: ["error": "\(error)"])
            lifecycle.withLock { $0.endStart(error) }
            return error
        }
        do throws(TransportError) {
            if let conflict = topics.conflict { throw conflict }
            try await transport.start(TransportSession(sink: outbox, topics: topics.byName, contracts: contracts))
        } catch {
            logger.error("the transport did not start", metadata: ["error": "\(error)"])
            outbox.connectionChanged(isUp: false)
            lifecycle.withLock { $0.endStart(.transport(error)) }
            return .transport(error)
        }
        let isRunning = lifecycle.withLock { lifecycle in
            guard case .starting = lifecycle.phase else { return false }
            lifecycle.phase = .running
            return true
        }
        if isRunning {
            outbox.connectionChanged(isUp: true)
            outbox.open()
            return nil
        }
        // A shutdown came while the transport started, and perhaps did not wait for it.
        await transport.shutdown()
        return .notRunning
    }

    /// Returns the reason why values can't be encrypted as the contracts state it; `nil` where they can.
    private func prepareCipher() async -> ProducerError? {
        guard !encryptionRules.isEmpty else { return nil }
        do throws(EncryptionError) {
            guard let cipher else { throw .noCipher }
            try await cipher.prepare(for: encryptionRules)
            return nil
        } catch {
            return .encryption(error)
        }
    }

    /// Accepts no further messages, delivers those that were accepted, and releases the transport.
    ///
    /// Messages without an outcome at the deadline fail: with ``ProducerError/shutDown`` where the transport never got
    /// them, and with ``ProducerError/unknown(_:)`` where it has them. Messages that wait for a start that has failed fail
    /// at once, with its error. The transport then has as long once more to release its resources. A second call waits for
    /// the first and returns the same. The cancellation of the calling task does not shorten it.
    ///
    /// - Parameter deadline: How long it may take to deliver, by the producer's clock; `nil` leaves it to the configuration.
    /// - Returns: The losses.
    @discardableResult
    public func shutdown(deadline: Duration? = nil) async -> ShutdownReport {
        let limit = (deadline ?? configuration.shutdownDeadline).bounded
        let task = lifecycle.withLock { lifecycle in
            if case .stopping(let task) = lifecycle.phase { return task }
            let (phase, startFailure) = (lifecycle.phase, lifecycle.startFailure)
            // Closed under the lock, so that nothing is accepted once a caller knows of the shutdown.
            outbox.close()
            let task = Task { await self.stop(from: phase, after: startFailure, within: limit) }
            lifecycle.phase = .stopping(task)
            return task
        }
        return await task.value
    }

    private func stop(
        from phase: Lifecycle.Phase, after startFailure: ProducerError?, within limit: Duration
    ) async -> ShutdownReport {
        let flushed = Promise<TransportError?>()
        let isDrained = await finishes(by: clock.now + limit, of: clock) { [self] in
            switch phase {
            case .running:
                await outbox.waitUntilHandedOver()
                flushed.fulfil(await flushTransport())
                await outbox.waitUntilSettled()
            case .starting(let start):
                // Nothing is with the transport yet that it would have to start for.
                start.cancel()
                _ = await start.value
            case .created, .stopping: break
            }
        }
        if case .created = phase, let startFailure {
            outbox.abandonAll(.notStarted(startFailure))
        } else {
            outbox.abandonAll(.shutDown)
        }
        // By now every message has its outcome, but not each may have been counted and logged.
        await outbox.waitUntilSettled()
        outbox.recorder.log.flush()
        var report = outbox.shutdownReport
        report.reachedDeadline = !isDrained
        if isDrained, case .running = phase { report.flushFailure = await flushed.value() }

        if case .created = phase {
            log(report)
            return report
        }
        // The release of the transport's resources is no longer the messages' concern, but must not hold up the process.
        let isReleased = await finishes(by: clock.now + limit, of: clock) { [self] in await transport.shutdown() }
        outbox.withState { $0.endConnection() }
        outbox.recorder.log.flush()
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
