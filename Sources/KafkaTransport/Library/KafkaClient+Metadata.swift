import CRdKafka

/// The brokers and topics of a cluster, as one broker knows them.
struct KafkaMetadata: Hashable, Sendable {
    struct Broker: Hashable, Sendable {
        var id: Int32
        var address: String
    }

    struct Partition: Hashable, Sendable {
        var id: Int32
        /// The broker that leads the partition; -1 where none does.
        var leader: Int32
        var replicas: [Int32]
        var inSyncReplicas: [Int32]
    }

    var clusterID: String?
    /// The controller's id, if the cluster reports it.
    var controller: Int32?
    var brokers: [Broker]
    /// Partitions by topic, in order.
    var topics: [String: [Partition]]
    /// The topics that the cluster does not describe, with its reason.
    var failures: [String: KafkaError]

    /// Returns the reason why the cluster does not describe a topic.
    func failure(of topic: String) -> KafkaError {
        (failures[topic] ?? KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)).about(topic: topic)
    }
}

extension KafkaClient {
    /// Asks the cluster for its brokers and for topics. The client knows the leaders of the topics' partitions then, so that the
    /// first record does not wait for them.
    ///
    /// - Parameters:
    ///   - topics: The topics to ask for, with those that the client has used. Without any, the answer has all topics of the
    ///     cluster: the library has no request for none.
    ///   - timeout: The time for the answer.
    func metadata(of topics: Set<String>, timeout: Duration) async throws(KafkaError) -> KafkaMetadata {
        makeKnown(topics)
        let limit = timeout.cTimeout
        return try await request { instance in
            var answer: UnsafePointer<rd_kafka_metadata>?
            let code = rd_kafka_metadata(instance, 0, nil, &answer, limit)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else { return .failure(self.error(code, nil)) }
            defer { rd_kafka_metadata_destroy(answer) }
            var metadata = self.copy(answer.pointee)
            // Both are known from the answer above: neither waits.
            if let id = rd_kafka_clusterid(instance, 0) {
                metadata.clusterID = String(cString: id)
                rd_kafka_mem_free(instance, id)
            }
            let controller = rd_kafka_controllerid(instance, 0)
            metadata.controller = controller >= 0 ? controller : nil
            return .success(metadata)
        }
    }

    /// Asks the cluster for its brokers and for topics until it answers.
    ///
    /// - Throws: At once where the brokers refuse the client, or the task is cancelled; else, after the deadline, the reason why
    ///   no broker answers.
    func firstMetadata(
        of topics: Set<String>, until deadline: ContinuousClock.Instant
    ) async throws(KafkaError) -> KafkaMetadata {
        // A broker that answers slowly has more time with each attempt.
        var attempt = Duration.milliseconds(200)
        while true {
            let rest = ContinuousClock.now.duration(to: deadline)
            do throws(KafkaError) {
                return try await metadata(of: topics, timeout: max(min(attempt, rest), .milliseconds(1)))
            } catch {
                let cause = handler.lastFailure ?? error
                // A closed client answers nothing more.
                if error.kind == .purged { throw error }
                if cause.isRefusal || ContinuousClock.now >= deadline { throw cause }
                if Task.isCancelled { throw KafkaError(stoppedWhile: "it waited for a broker") }
                // A request was sent, and had no answer yet. The library then closes the connection, and waits longer each time
                // before it opens another one: few attempts are better. Without a connection, short attempts notice a
                // cancellation soon.
                if error.kind == .timedOut { attempt = min(attempt * 4, .seconds(5)) }
            }
        }
    }

    /// Copies what belongs to the library. Its counts are the lengths of its arrays.
    private func copy(_ answer: rd_kafka_metadata) -> KafkaMetadata {
        let brokers = UnsafeBufferPointer(start: answer.brokers, count: Int(answer.broker_cnt)).map { broker in
            KafkaMetadata.Broker(id: broker.id, address: "\(String(cString: broker.host)):\(broker.port)")
        }
        var topics: [String: [KafkaMetadata.Partition]] = [:]
        var failures: [String: KafkaError] = [:]
        for topic in UnsafeBufferPointer(start: answer.topics, count: Int(answer.topic_cnt)) {
            guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                failures[String(cString: topic.topic)] = error(topic.err, nil)
                continue
            }
            let partitions = UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt)).map {
                KafkaMetadata.Partition(
                    id: $0.id, leader: $0.leader,
                    replicas: Array(UnsafeBufferPointer(start: $0.replicas, count: Int($0.replica_cnt))),
                    inSyncReplicas: Array(UnsafeBufferPointer(start: $0.isrs, count: Int($0.isr_cnt))))
            }
            topics[String(cString: topic.topic)] = partitions.sorted { $0.id < $1.id }
        }
        return KafkaMetadata(
            clusterID: nil, controller: nil, brokers: brokers.sorted { $0.id < $1.id }, topics: topics,
            failures: failures)
    }
}
