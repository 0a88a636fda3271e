import CRdKafka
import EventContracts

/// A reader of the delivery reports of events. Used by the thread that waits for them.
struct DeliveryReader {
    /// The last topic whose name was copied: the reports of an event are of few topics.
    private var lastTopic: (handle: OpaquePointer, name: String)?
    private var messages = [UnsafePointer<rd_kafka_message_t>?](repeating: nil, count: 512)

    /// Returns the outcomes of an event's records.
    ///
    /// - Parameter client: The client of the records.
    mutating func outcomes(_ event: OpaquePointer, of client: KafkaClient) -> [RecordOutcome] {
        var outcomes: [RecordOutcome] = []
        outcomes.reserveCapacity(rd_kafka_event_message_count(event))
        while true {
            // The messages belong to the event, and are copied here.
            let count = rd_kafka_event_message_array(event, &messages, messages.count)
            for index in 0..<count {
                guard let message = messages[index], let outcome = outcome(message, of: client) else { continue }
                outcomes.append(outcome)
            }
            if count < messages.count { return outcomes }
        }
    }

    private mutating func outcome(
        _ message: UnsafePointer<rd_kafka_message_t>, of client: KafkaClient
    ) -> RecordOutcome? {
        guard let opaque = message.pointee._private else { return nil }
        let id = RecordID(rawValue: UInt64(UInt(bitPattern: opaque)))
        let code = message.pointee.err
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return RecordOutcome(id, failure(message, code, of: client)) }
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let milliseconds = rd_kafka_message_timestamp(message, &type)
        return RecordOutcome(
            id,
            .delivered(
                Delivery(
                    topic: topic(message), partition: message.pointee.partition,
                    offset: max(message.pointee.offset, -1),
                    timestamp: milliseconds >= 0 ? Timestamp(millisecondsSince1970: milliseconds) : .now())))
    }

    private mutating func failure(
        _ message: UnsafePointer<rd_kafka_message_t>, _ code: rd_kafka_resp_err_t, of client: KafkaClient
    ) -> DeliveryOutcome {
        var error = KafkaError(code)
        let isPurged = code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT
        // Records are given up after a fatal error, which is then the reason.
        if isPurged, let fatal = client.fatalErrorOnEventThread { error = fatal }
        let isSent = rd_kafka_message_status(message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED
        // The library knows best whether the record left the client, and takes each answer of a broker that it has no action for
        // as a refusal, also those of which the broker may have written the record.
        let isAnswer = code.rawValue >= RD_KAFKA_RESP_ERR_UNKNOWN.rawValue
        let reason = TransportError(error.about(topic: topic(message)))
        return isSent || isAnswer && error.presence == .unknown ? .unknown(reason) : .failed(reason)
    }

    private mutating func topic(_ message: UnsafePointer<rd_kafka_message_t>) -> String {
        guard let handle = message.pointee.rkt else { return "" }
        if let lastTopic, lastTopic.handle == handle { return lastTopic.name }
        let name = String(cString: rd_kafka_topic_name(handle))
        lastTopic = (handle, name)
        return name
    }
}
