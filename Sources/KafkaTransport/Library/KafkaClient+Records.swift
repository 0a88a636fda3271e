import CRdKafka
import EventContracts
import Locks
import Synchronization

extension KafkaClient {
    /// Hands records over in their order. Values are not copied: they must stay where they are until their outcome.
    ///
    /// - Parameter refused: Receives the outcomes of records that the library does not take. They count as handed over.
    /// - Returns: The number of records that were handed over. If it is less than all, ``KafkaEventHandler/hasRoom()``
    ///   follows, or the client is closed or in a fatal state.
    func produce(_ records: [OutboundRecord], refused: inout [RecordOutcome]) -> Int {
        producing.withLock { producing in
            guard producing.isOpen else { return 0 }
            for (position, outbound) in records.enumerated() {
                var code = produce(outbound, &producing)
                if code == RD_KAFKA_RESP_ERR__QUEUE_FULL {
                    // Room that comes after this mark is reported; room that came before it is found here.
                    awaitsRoom.store(true, ordering: .releasing)
                    code = produce(outbound, &producing)
                }
                switch code {
                case RD_KAFKA_RESP_ERR_NO_ERROR: break
                case RD_KAFKA_RESP_ERR__QUEUE_FULL where outbound.contentSize > properties.queueBytes:
                    refused.append(RecordOutcome(outbound.id, .failed(tooLarge(outbound))))
                case RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__FATAL: return position
                default:
                    let error = TransportError(KafkaError(code).about(topic: outbound.topic))
                    refused.append(RecordOutcome(outbound.id, .failed(error)))
                }
            }
            return records.count
        }
    }

    /// Creates the error of a record that has no room even in an empty queue.
    private func tooLarge(_ outbound: OutboundRecord) -> TransportError {
        var error = KafkaError(RD_KAFKA_RESP_ERR__QUEUE_FULL)
        error.kind = .tooLarge
        error.message = "the record has \(outbound.contentSize) bytes, the whole queue \(properties.queueBytes)"
        error.advice = "shorten the message, or raise KAFKA_BUFFER_MEMORY"
        return TransportError(error.about(topic: outbound.topic))
    }

    private func produce(_ outbound: OutboundRecord, _ producing: inout Producing) -> rd_kafka_resp_err_t {
        guard let topic = handle(of: outbound.topic, &producing) else { return rd_kafka_last_error() }
        let headers = HeaderList.make(outbound)
        let timestamp = outbound.timestamp?.millisecondsSince1970 ?? 0
        let partition = outbound.partition ?? RD_KAFKA_PARTITION_UA
        let opaque = UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: outbound.id.rawValue))
        // The value's address is used after this call: until the record's outcome, the producer keeps the record, whose bytes
        // never change or move. The key is copied by the library.
        let (key, value) = (outbound.key, outbound.value)
        return event_contracts_produce(
            instance.raw, topic, partition, Self.address(of: key), key?.count ?? 0, Self.address(of: value),
            value?.count ?? 0, headers, timestamp, opaque)
    }

    /// Returns the address of bytes: NULL for none at all, any other address for no bytes.
    private static func address(of bytes: UnsafeRawBufferPointer?) -> UnsafeRawPointer? {
        bytes.map { $0.baseAddress ?? nothing.raw }
    }

    /// The address of no bytes.
    ///
    /// Unchecked because nothing is ever read from or written to it.
    private struct Nothing: @unchecked Sendable {
        let raw = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
    }

    private static let nothing = Nothing()

    private func handle(of topic: String, _ producing: inout Producing) -> OpaquePointer? {
        if let last = producing.last, last.name == topic { return last.handle }
        guard let handle = producing.topics[topic] ?? rd_kafka_topic_new(instance.raw, topic, nil) else { return nil }
        producing.topics[topic] = handle
        producing.last = (topic, handle)
        return handle
    }

    /// Makes topics known to the client.
    func makeKnown(_ topics: Set<String>) {
        producing.withLock { producing in
            guard producing.isOpen else { return }
            for topic in topics { _ = handle(of: topic, &producing) }
        }
    }

    /// Returns the number of records without an outcome.
    func pendingRecords() async throws(KafkaError) -> Int {
        try await request { .success(Int(rd_kafka_outq_len($0))) }
    }

    /// Sends what is queued without delay, and waits until all records have their outcome.
    ///
    /// - Returns: Whether they have; `false` after the timeout.
    func flush(timeout: Duration) async throws(KafkaError) -> Bool {
        let limit = timeout.cTimeout
        return try await request { .success(rd_kafka_flush($0, limit) == RD_KAFKA_RESP_ERR_NO_ERROR) }
    }

    /// Gives up all records without an outcome. Their outcomes follow as events.
    func purge() async throws(KafkaError) {
        try await request { instance in
            let code = rd_kafka_purge(instance, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
            return code == RD_KAFKA_RESP_ERR_NO_ERROR ? .success(()) : .failure(self.error(code, nil))
        }
    }
}

extension OutboundRecord {
    /// The bytes that count against the library's queue: key and value.
    fileprivate var contentSize: Int { (key?.count ?? 0) + (value?.count ?? 0) }
}
