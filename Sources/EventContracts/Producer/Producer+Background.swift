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
    /// It is stamped, encoded and validated at once, and then sent with retries and the configuration's timeout, in the
    /// order of the calls. The messages that are not completed yet are bounded, by ``ProducerConfiguration``: where there
    /// are too many, a message is rejected. Failures are logged and counted. Shutdown delivers the queued messages.
    ///
    /// - Parameters:
    ///   - content: The draft, which is stamped now, or a stamped message, which is sent as it is.
    ///   - topic: Another topic than the message's own.
    ///   - key: Another key than the message's own.
    ///   - partition: The partition, whatever the key.
    ///   - headers: More headers. One that has the name of one of the message's takes its place.
    ///   - timestamp: The record's timestamp; `nil` leaves it to the transport.
    /// - Returns: Whether the message has been queued; if not, why not.
    @discardableResult
    public func sendInBackground<Content: Producible>(
        _ content: consuming Content, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = [],
        timestamp: Timestamp? = nil
    ) -> BackgroundSend {
        let address = Address(topic: topic, key: key, partition: partition, headers: headers, timestamp: timestamp)
        do throws(ProducerError) {
            let refusal = outbox.sendInBackground(try prepare(&content, address, timeout: nil, isInBackground: true))
            return refusal.map(BackgroundSend.refused) ?? .queued
        } catch {
            return .refused(error)
        }
    }

    /// Sends a draft or a message in the background, and waits for room where too many messages are not completed yet.
    ///
    /// Returns as soon as the message is queued: it does not wait for the delivery. Messages that wait for room get it in the
    /// order of their calls. Until then, further messages of their keys wait behind them; `sendInBackground` without a wait
    /// refuses these.
    ///
    /// - Parameters:
    ///   - content: The draft, which is stamped now, or a stamped message, which is sent as it is.
    ///   - topic: Another topic than the message's own.
    ///   - key: Another key than the message's own.
    ///   - partition: The partition, whatever the key.
    ///   - headers: More headers. One that has the name of one of the message's takes its place.
    ///   - timestamp: The record's timestamp; `nil` leaves it to the transport.
    ///   - timeout: How long the wait for room and the delivery may take together.
    /// - Returns: Whether the message has been queued; if not, why not: ``ProducerError/timedOut(after:)`` where no room
    ///   came in time, ``ProducerError/cancelled`` where the task was cancelled first.
    @discardableResult
    public func sendInBackground<Content: Producible>(
        _ content: consuming Content, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = [],
        timestamp: Timestamp? = nil, waitingForRoom timeout: Duration
    ) async -> BackgroundSend {
        let address = Address(topic: topic, key: key, partition: partition, headers: headers, timestamp: timestamp)
        do throws(ProducerError) {
            let outgoing = try prepare(&content, address, timeout: timeout, isInBackground: true)
            return await outbox.sendInBackgroundWhenRoom(outgoing).map(BackgroundSend.refused) ?? .queued
        } catch {
            return .refused(error)
        }
    }
}
