extension Producer {
    /// Sends drafts or messages together, and waits until the transport has an outcome for each.
    ///
    /// Messages of one partition keep their order, except that one which is tried again after a passing error comes after
    /// those that got through. An invalid message is refused by itself; the others are sent.
    ///
    /// - Parameters:
    ///   - batch: The drafts or messages.
    ///   - timeout: How long all of it may take; `nil` leaves it to the configuration.
    /// - Returns: The outcomes, in the messages' order.
    public func send<Content: Producible>(
        batch: [Content], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        await send(anyOf: batch, timeout: timeout)
    }

    /// Sends drafts and messages of several types together, as ``send(batch:timeout:)`` does.
    public func send(
        batch: [any Producible], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        await send(anyOf: batch, timeout: timeout)
    }

    private func send(
        anyOf contents: [any Producible], timeout: Duration?
    ) async -> [Result<Delivery, ProducerError>] {
        var results: [Result<Delivery, ProducerError>?] = []
        results.reserveCapacity(contents.count)
        var outgoing: [OutgoingMessage] = []
        var encoder = MessageEncoder(maximumRecordSize: configuration.maximumRecordSize)
        for content in contents {
            do throws(ProducerError) {
                outgoing.append(try prepare(content, with: &encoder, inBackground: false))
                results.append(nil)
            } catch {
                results.append(.failure(error))
            }
        }
        guard !outgoing.isEmpty else { return results.compactMap { $0 } }
        var outcomes = await deliver(outgoing, timeout: timeout ?? configuration.timeout).makeIterator()
        return results.compactMap { $0 ?? outcomes.next() }
    }
}
