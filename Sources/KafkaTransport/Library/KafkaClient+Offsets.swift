import CRdKafka

extension KafkaClient {
    /// Counts the records of a topic that are older than a moment, and all of them.
    ///
    /// - Parameters:
    ///   - partitions: The number of the topic's partitions.
    ///   - milliseconds: The moment, since 1970.
    func recordCounts(
        in topic: String, partitions: Int, before milliseconds: Int64, timeout: Duration
    ) async throws(KafkaError) -> (older: Int64, total: Int64) {
        let limit = timeout.cTimeout
        return try await request { instance in
            guard let list = rd_kafka_topic_partition_list_new(Int32(clamping: partitions)) else {
                return .failure(KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE))
            }
            defer { rd_kafka_topic_partition_list_destroy(list) }
            for partition in 0..<Int32(clamping: partitions) {
                rd_kafka_topic_partition_list_add(list, topic, partition)?.pointee.offset = milliseconds
            }
            let code = rd_kafka_offsets_for_times(instance, list, limit)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(self.error(code, nil)) }
            var (older, total): (Int64, Int64) = (0, 0)
            for element in UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt)) {
                guard element.err == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(self.error(element.err, nil)) }
                var (low, high): (Int64, Int64) = (0, 0)
                let code = rd_kafka_query_watermark_offsets(instance, topic, element.partition, &low, &high, limit)
                guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(self.error(code, nil)) }
                // A negative offset is the end: no record is as young as the moment.
                let first = element.offset < 0 ? high : element.offset
                older += max(first - low, 0)
                total += high - low
            }
            return .success((older, total))
        }
    }
}
