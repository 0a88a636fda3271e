import Logging
import Synchronization

/// What became of a message that was to be sent in the background.
public enum BackgroundOutcome: Hashable, Sendable {
    /// It waits for its turn.
    case queued
    /// It will not be sent. The failure has been logged and counted.
    case refused(ProducerError)
}

extension Producer {
    /// Sends a message without waiting for it, and without ever blocking the caller.
    ///
    /// The message is encoded and checked at once; its record then waits in a queue of
    /// ``ProducerConfiguration/backgroundCapacity`` places and is sent in turn. Failures are logged and counted.
    /// ``shutdown(deadline:)`` delivers what is still waiting.
    @discardableResult
    public func sendInBackground<M: Message>(
        _ message: M, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil, headers: [RecordHeader] = []
    ) -> BackgroundOutcome {
        do throws(ProducerError) {
            let record = try record(for: message, topic: topic, key: key, partition: partition, headers: headers)
            guard state.withLock({ $0.acceptsMessages }) else { throw .notRunning }
            switch queue.add(record) {
            case .full?: throw .queueFull
            case .closed?: throw .notRunning
            case nil: return .queued
            }
        } catch {
            state.withLock { $0.statistics.fail(error) }
            logger.error(
                "message not sent", metadata: ["message": "\(M.messageName)", "error": "\(error)"])
            return .refused(error)
        }
    }

    /// Sends what waits in the queue, until that is closed and empty.
    func drainQueue() async {
        while let records = await queue.next(atMost: configuration.backgroundBatchSize) {
            let results = await deliver(records, within: configuration.deliveryTimeout, isBackground: true)
            for (result, record) in zip(results, records) {
                guard case .failure(let error) = result else { continue }
                logger.error("record not delivered", metadata: ["topic": "\(record.topic)", "error": "\(error)"])
            }
        }
    }
}
