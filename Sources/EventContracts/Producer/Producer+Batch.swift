extension Producer {
    /// Sends drafts or messages together, and waits until the transport has an outcome for each.
    ///
    /// Messages with equal keys keep their order. An invalid message is refused by itself; the others are sent.
    ///
    /// - Parameters:
    ///   - batch: The drafts or messages.
    ///   - timeout: How long all of it may take; `nil` leaves it to the configuration.
    /// - Returns: The outcomes, in the messages' order.
    public func send<Content: Producible>(
        batch: [Content], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        await send(batch) { content, producer, submitted throws(ProducerError) in
            try producer.prepare(content, timeout: timeout, submitted: submitted, isInBackground: false)
        }
    }

    /// Sends drafts and messages of several types together, as ``send(batch:timeout:)`` does.
    public func send(
        batch: [any Producible], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        await send(batch) { content, producer, submitted throws(ProducerError) in
            try producer.prepare(content, timeout: timeout, submitted: submitted, isInBackground: false)
        }
    }

    private func send<Content>(
        _ contents: [Content], prepare: (Content, Producer, Duration) throws(ProducerError) -> OutgoingMessage
    ) async -> [Result<Delivery, ProducerError>] {
        let submitted = clock.now
        var outgoing: [OutgoingMessage] = []
        outgoing.reserveCapacity(contents.count)
        var refusals: [(position: Int, error: ProducerError)] = []
        for (position, content) in contents.enumerated() {
            do throws(ProducerError) {
                outgoing.append(try prepare(content, self, submitted))
            } catch {
                refusals.append((position, error))
            }
        }
        if Task.isCancelled {
            for message in outgoing { outbox.refuse(message, .cancelled) }
            return contents.indices.map { position in
                .failure(refusals.first { $0.position == position }?.error ?? .cancelled)
            }
        }
        var outcomes = outgoing.isEmpty ? [] : await outbox.send(outgoing)
        for (position, error) in refusals { outcomes.insert(.failure(error), at: position) }
        return outcomes
    }
}
