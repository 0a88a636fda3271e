import Logging
public import ServiceLifecycle
import Synchronization

/// What a shutdown could not deliver.
public struct ShutdownReport: Hashable, Sendable {
    /// Messages that were not delivered, by topic. Each has been counted as failed, and each topic logged.
    public var undelivered: [String: Int] = [:]

    public var isComplete: Bool { undelivered.isEmpty }
}

extension Producer {
    /// Starts the transport, and takes messages from then on. A second call does nothing.
    ///
    /// - Throws: ``ProducerError/transport(_:)`` where the transport can't start; the producer can be started again.
    ///   ``ProducerError/notRunning`` after a shutdown.
    public func start() async throws(ProducerError) {
        let phase = state.withLock { $0.phase }
        guard phase != .running else { return }
        guard phase == .new else { throw .notRunning }
        do { try await transport.start() } catch { throw .transport(error) }
        state.withLock { state in
            guard state.phase == .new else { return }
            state.phase = .running
            state.worker = Task { await self.drainQueue() }
        }
    }

    /// Takes no more messages, delivers what is under way, and shuts the transport down.
    ///
    /// - Parameter deadline: How long to wait for deliveries, in place of ``ProducerConfiguration/shutdownDeadline``.
    /// - Returns: What could not be delivered in time. A second call returns at once, with an empty report.
    @discardableResult
    public func shutdown(deadline: Duration? = nil) async -> ShutdownReport {
        let worker = state.withLock { state -> Task<Void, Never>?? in
            guard state.phase == .running || state.phase == .new else { return .none }
            defer { state.phase = state.phase == .new ? .stopped : .draining }
            return .some(state.worker)
        }
        guard let worker else { return ShutdownReport() }
        queue.close()
        let limit = deadline ?? configuration.shutdownDeadline
        let drained: Void? = await withTimeLimit(limit, clock: clock) { [self] in
            await worker?.value
            await waitUntilIdle()
            do throws(TransportError) {
                try await transport.flush()
            } catch {
                logger.error("flush failed", metadata: ["error": "\(error)"])
            }
        } late: { _ in
        }
        let report = drained == nil ? giveUp() : ShutdownReport()
        worker?.cancel()
        _ = await withTimeLimit(limit, clock: clock) { [self] in
            await transport.shutdown()
        } late: { _ in
        }
        state.withLock { $0.phase = .stopped }
        return report
    }

    /// Counts and logs what is not delivered when the time is up.
    private func giveUp() -> ShutdownReport {
        let waiting = queue.removeAll()
        var report = ShutdownReport()
        state.withLock { state in
            // What is being sent fails when the transport shuts down, and counts itself then.
            report.undelivered = state.inFlight
            state.phase = .stopped
            state.statistics.fail(.notRunning, count: waiting.count)
        }
        for record in waiting { report.undelivered[record.topic, default: 0] += 1 }
        for (topic, count) in report.undelivered.sorted(by: { $0.key < $1.key }) {
            logger.error(
                "not delivered before the shutdown's deadline", metadata: ["topic": "\(topic)", "messages": "\(count)"])
        }
        return report
    }

    private func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.statistics.inFlight == 0 { return true }
                state.idleWaiters.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
    }
}

extension Producer: Service {
    /// Runs until the service group shuts down gracefully or the task is cancelled, then delivers what is under way.
    public func run() async throws {
        try await start()
        // Cancellation ends the wait too; either way there is a shutdown to do.
        try? await gracefulShutdown()
        let report = await Task { await self.shutdown() }.value
        logger.info(
            "producer shut down", metadata: ["undelivered": "\(report.undelivered.values.reduce(0, +))"])
    }
}
