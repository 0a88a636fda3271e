/// The result of queuing a message for background delivery.
public enum BackgroundSend: Hashable, Sendable {
    /// It is valid and waits to be sent.
    case queued
    /// It is not going to be sent. That has been logged and counted.
    case refused(ProducerError)
}

extension Producer {
    /// Sends a draft or a message without waiting for it. Never blocks.
    ///
    /// It is stamped, encoded and validated at once, and then waits in a bounded queue, from which it is sent with retries
    /// and the configuration's timeout: in order, except that one which is tried again after a passing error comes after
    /// those of its batch that got through. What is not delivered is logged and counted. Shutdown empties the queue.
    ///
    /// - Returns: Whether the message has been queued; if not, why not.
    @discardableResult
    public func sendInBackground<Content: Producible>(
        _ content: Content, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = []
    ) -> BackgroundSend {
        var encoder = MessageEncoder(maximumRecordSize: configuration.maximumRecordSize)
        do throws(ProducerError) {
            let outgoing = try prepare(
                content, topic: topic, key: key, partition: partition, headers: headers, with: &encoder,
                inBackground: true)
            let refusal: ProducerError
            switch background.offer(outgoing) {
            case .queued: return .queued
            case .full: refusal = .backgroundQueueFull(capacity: background.capacity)
            case .closed: refusal = .notRunning
            }
            accounts.refused(RefusedMessage(outgoing), error: refusal, inBackground: true)
            return .refused(refusal)
        } catch {
            return .refused(error)
        }
    }

    /// Sends what is in the queue, batch after batch, until it is closed and empty.
    func drainBackground() async {
        while let batch = await background.take(upTo: configuration.backgroundBatchSize) {
            _ = await deliver(batch, timeout: configuration.timeout, acceptedEarlier: true)
        }
    }
}
