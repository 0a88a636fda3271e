import EventContracts

/// A topic as the contract declares it for one cluster.
struct DesiredTopic: Hashable, Sendable {
    /// The contract's key: `jobs`.
    var key: String
    /// The name on the brokers: `tda_jobs`.
    var name: String
    var partitions: Int
    var replication: Int
    var config: [String: String]
    /// The contract's requirements that this cluster's replication changes, in words.
    var notes: [String] = []
}

extension DesiredTopic {
    /// Creates a contract's topic under its name in a cluster.
    ///
    /// - Parameter replication: The replication that replaces the contract's.
    init(_ topic: Topic, name: String, replication: Int?) {
        self.init(
            key: topic.key, name: name, partitions: topic.partitions, replication: replication ?? topic.replication,
            config: topic.config)
        // With more in-sync replicas required than there are, every acknowledged record would fail.
        if let text = topic.config["min.insync.replicas"], let minimum = Int(text), minimum > self.replication {
            config["min.insync.replicas"] = String(self.replication)
            notes.append(
                "min.insync.replicas is \(self.replication) in place of \(minimum), for replication \(self.replication)"
            )
        }
    }
}
