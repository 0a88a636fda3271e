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
        batch: consuming [Content], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        let address = Address()
        return await send(batch) { content, encoder, submitted throws(ProducerError) in
            try prepare(
                &content, address, timeout: timeout, submitted: submitted, isInBackground: false, with: &encoder)
        }
    }

    /// Sends drafts and messages of several types together, as ``send(batch:timeout:)`` does.
    // Disfavored, so that an array literal or `map` of one type's drafts is an array of that type, which costs less than
    // one of boxes.
    @_disfavoredOverload
    public func send(
        batch: consuming [any Producible], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        let address = Address()
        return await send(batch) { content, encoder, submitted throws(ProducerError) in
            try prepare(
                &content, address, timeout: timeout, submitted: submitted, isInBackground: false, with: &encoder)
        }
    }

    /// The messages of a batch that are ready for the transport, and those that were refused.
    private struct Batch: Sendable {
        var outgoing: [OutgoingMessage] = []
        var refusals: [(position: Int, error: ProducerError)] = []
    }

    private func send<Content>(
        _ contents: consuming [Content],
        prepare: (inout Content, inout MessageEncoder, Duration) throws(ProducerError) -> OutgoingMessage
    ) async -> [Result<Delivery, ProducerError>] {
        let submitted = clock.now
        let count = contents.count
        let batch = encoders.withEncoder { encoder in
            var batch = Batch()
            batch.outgoing.reserveCapacity(count)
            for position in contents.indices {
                do throws(ProducerError) {
                    // In place: no copy of a content is made where the caller keeps none.
                    batch.outgoing.append(try prepare(&contents[position], &encoder, submitted))
                } catch {
                    batch.refusals.append((position, error))
                }
            }
            return batch
        }
        if Task.isCancelled {
            for message in batch.outgoing { outbox.refuse(message, .cancelled) }
            return (0..<count).map { position in
                .failure(batch.refusals.first { $0.position == position }?.error ?? .cancelled)
            }
        }
        var outcomes = batch.outgoing.isEmpty ? [] : await outbox.send(batch.outgoing)
        for (position, error) in batch.refusals { outcomes.insert(.failure(error), at: position) }
        return outcomes
    }
}
