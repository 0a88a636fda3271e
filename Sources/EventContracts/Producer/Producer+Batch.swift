extension Producer {
    /// Sends messages together, and waits until the transport has an outcome for each.
    ///
    /// Messages of one partition keep their order, except that one which is tried again after a passing error comes after
    /// those that got through. An invalid message is refused by itself; the others are sent.
    ///
    /// - Parameters:
    ///   - batch: The messages.
    ///   - timeout: How long all of it may take; `nil` leaves it to the configuration.
    /// - Returns: The outcomes, in the messages' order.
    public func send<M: Message>(
        batch: [M], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        await send(anyOf: batch, timeout: timeout)
    }

    /// Sends messages of several types together, as ``send(batch:timeout:)`` does.
    public func send(
        batch: [any Message], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        await send(anyOf: batch, timeout: timeout)
    }

    private func send(
        anyOf messages: [any Message], timeout: Duration?
    ) async -> [Result<Delivery, ProducerError>] {
        var results: [Result<Delivery, ProducerError>?] = []
        results.reserveCapacity(messages.count)
        var outgoing: [OutgoingMessage] = []
        var encoder = MessageEncoder(maximumRecordSize: configuration.maximumRecordSize)
        for message in messages {
            do throws(ProducerError) {
                outgoing.append(try prepare(message, with: &encoder))
                results.append(nil)
            } catch {
                results.append(.failure(error))
            }
        }
        guard !outgoing.isEmpty else { return results.compactMap { $0 } }
        var outcomes = await deliver(outgoing, timeout: timeout ?? configuration.timeout).makeIterator()
        return results.compactMap { $0 ?? outcomes.next() }
    }

    private func prepare<M: Message>(
        _ message: M, with encoder: inout MessageEncoder
    ) throws(ProducerError) -> OutgoingMessage {
        try prepare(
            message, route(M.self), with: &encoder, inBackground: false)
    }
}
