public import EventContracts
import JSONTape

/// The health of a cluster as far as a contract's topics need it.
public struct ClusterHealth: Hashable, Sendable {
    /// The health of one topic.
    public struct TopicHealth: Hashable, Sendable {
        /// The name on the brokers.
        public var name: String
        public var status: TransportHealth.Status
        /// The number of partitions; 0 where the topic is missing.
        public var partitions: Int
        /// Partitions without a leader, to which no record can be written.
        public var leaderless: Int
        /// Partitions of which a replica lags behind or is down.
        public var underReplicated: Int
    }

    /// Healthy where all topics are. Unhealthy where a topic is missing or has a partition without a leader, or no broker
    /// answers. Else degraded.
    public var status: TransportHealth.Status
    /// The brokers' addresses, by id.
    public var brokers: [Int32: String]
    /// The controller's id, if the cluster reports it.
    public var controller: Int32?
    /// The cluster's id, if the cluster reports it.
    public var clusterID: String?
    public var topics: [TopicHealth]
    /// The reason why nothing is known of the cluster.
    public var failure: KafkaError?
    /// The time that the cluster took to answer.
    public var answerTime: Duration
}

extension ClusterHealth {
    init(_ metadata: KafkaMetadata, topics: [String], answerTime: Duration) {
        self.topics = topics.map { name in
            let partitions = metadata.topics[name] ?? []
            let leaderless = partitions.count { $0.leader < 0 }
            let lagging = partitions.count { $0.inSyncReplicas.count < $0.replicas.count }
            let status: TransportHealth.Status =
                partitions.isEmpty || leaderless > 0 ? .unhealthy : lagging > 0 ? .degraded : .healthy
            return TopicHealth(
                name: name, status: status, partitions: partitions.count, leaderless: leaderless,
                underReplicated: lagging)
        }
        let statuses = self.topics.map(\.status)
        status = statuses.contains(.unhealthy) ? .unhealthy : statuses.contains(.degraded) ? .degraded : .healthy
        brokers = Dictionary(metadata.brokers.map { ($0.id, $0.address) }) { first, _ in first }
        controller = metadata.controller
        clusterID = metadata.clusterID
        self.answerTime = answerTime
    }

    /// The health for a person.
    public var text: String {
        var lines = ["cluster: \(status.rawValue)"]
        if let failure { lines.append("  \(failure)") }
        for (id, address) in brokers.sorted(by: { $0.key < $1.key }) {
            lines.append("  broker \(id) at \(address)" + (id == controller ? " (controller)" : ""))
        }
        for topic in topics { lines.append("  topic \(topic.name): \(topic.status.rawValue)\(topic.remark)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Returns the health as one JSON object.
    public func json() -> [UInt8] {
        JSONText.make { writer in
            writer.beginObject()
            writer.key("status")
            writer.write(status.rawValue)
            if let clusterID {
                writer.key("cluster")
                writer.write(clusterID)
            }
            if let controller {
                writer.key("controller")
                writer.write(Int(controller))
            }
            writer.key("brokers")
            writer.beginObject()
            for (id, address) in brokers.sorted(by: { $0.key < $1.key }) {
                writer.key(name: String(id))
                writer.write(address)
            }
            writer.endObject()
            writer.key("topics")
            writer.beginArray()
            for topic in topics {
                writer.element()
                topic.write(to: &writer)
            }
            writer.endArray()
            if let failure {
                writer.key("error")
                writer.write(failure.name)
                writer.key("reason")
                writer.write(failure.description)
            }
            writer.key("answer_ms")
            writer.write(answerTime.milliseconds)
            writer.endObject()
        }
    }
}

extension ClusterHealth.TopicHealth {
    fileprivate var remark: String {
        if partitions == 0 { return ", missing, or not visible to this client" }
        if leaderless > 0 { return ", \(leaderless) of \(partitions) partitions have no leader" }
        if underReplicated > 0 { return ", \(underReplicated) of \(partitions) partitions lack in-sync replicas" }
        return ", \(partitions) partitions"
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.write(name)
        writer.key("status")
        writer.write(status.rawValue)
        writer.key("partitions")
        writer.write(partitions)
        writer.key("leaderless")
        writer.write(leaderless)
        writer.key("under_replicated")
        writer.write(underReplicated)
        writer.endObject()
    }
}
