import CRdKafka
import EventContracts

/// librdkafka's own mock cluster: a broker in this process that answers with the errors that a test asks for.
///
/// Unchecked because the cluster takes all requests as messages for a thread of its own, and ends with this object.
final class MockCluster: @unchecked Sendable {
    private let client: OpaquePointer
    private let cluster: OpaquePointer
    /// The keys of requests.
    private static let produceRequest: Int16 = 0
    private static let producerIDRequest: Int16 = 22

    convenience init(topic: String, partitions: Int32 = 1) throws {
        try self.init(topics: [topic], partitions: partitions)
    }

    init(topics: [String], partitions: Int32 = 1) throws {
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, nil, nil, 0),
            let cluster = rd_kafka_mock_cluster_new(client, 1)
        else { throw Kcat.Failure(output: "no mock cluster") }
        self.client = client
        self.cluster = cluster
        for topic in topics { rd_kafka_mock_topic_create(cluster, topic, partitions, 1) }
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
    }

    var address: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

    /// Makes the next produce requests fail.
    func failProducing(with errors: [rd_kafka_resp_err_t]) {
        fail(Self.produceRequest, with: errors)
    }

    /// Makes the next requests for the id of an idempotent producer fail.
    func failProducerIDs(with errors: [rd_kafka_resp_err_t]) {
        fail(Self.producerIDRequest, with: errors)
    }

    private func fail(_ request: Int16, with errors: [rd_kafka_resp_err_t]) {
        errors.withUnsafeBufferPointer { errors in
            rd_kafka_mock_push_request_errors_array(cluster, request, errors.count, errors.baseAddress)
        }
    }

    /// Makes a partition have no leader, or have one again.
    func setLeader(_ isThere: Bool, topic: String, partition: Int32 = 0) {
        rd_kafka_mock_partition_set_leader(cluster, topic, partition, isThere ? 1 : -1)
    }

    /// Makes the answers about a topic say that it does not exist. The mock of librdkafka 2.0.2 creates other topics that a client
    /// asks for, also where the client forbids it.
    func hide(topic: String) {
        rd_kafka_mock_topic_set_error(cluster, topic, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    }

    /// Closes the broker's connections and refuses new ones, or accepts them again.
    func setBroker(isUp: Bool) {
        if isUp { rd_kafka_mock_broker_set_up(cluster, 1) } else { rd_kafka_mock_broker_set_down(cluster, 1) }
    }

    /// Delays each answer of the broker.
    func delay(milliseconds: Int32) {
        rd_kafka_mock_broker_set_rtt(cluster, 1, milliseconds)
    }
}
