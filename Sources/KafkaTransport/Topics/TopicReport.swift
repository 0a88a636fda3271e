import EventContracts

/// The results of applying a ``TopicPlan``.
public struct TopicReport: Hashable, Sendable {
    /// The result of one change.
    public enum Result: Hashable, Sendable {
        case applied
        /// The change was not tried: it lacks a consent, or is never applied.
        case refused(String)
        case failed(KafkaError)
    }

    /// One change of one topic.
    public struct Outcome: Hashable, Sendable {
        /// The topic's name on the brokers.
        public var topic: String
        public var change: TopicChange
        public var result: Result
    }

    /// One for each change of the plan.
    public var outcomes: [Outcome] = []

    /// Whether every change was applied.
    public var isComplete: Bool { outcomes.allSatisfy { $0.result == .applied } }

    /// The changes that failed.
    public var failures: [Outcome] {
        outcomes.filter { if case .failed = $0.result { true } else { false } }
    }
}

extension TopicReport.Outcome {
    init(topic: String, change: TopicChange, failure: KafkaError?) {
        self.init(topic: topic, change: change, result: failure.map(TopicReport.Result.failed) ?? .applied)
    }
}

extension TopicPlan.Step {
    /// The reason why a change is not applied with a consent; `nil` where it is.
    func refusal(_ consent: TopicConsent) -> String? {
        switch requirement {
        case .none: nil
        case .growPartitions: consent.growsPartitions ? nil : "needs --grow-partitions"
        case .dataLoss: consent.allowsDataLoss ? nil : "needs --allow-data-loss"
        case .impossible(let reason): reason
        }
    }
}

extension TopicPlan.Entry {
    /// Whether the cluster does not have the topic.
    public var isMissing: Bool {
        steps.contains { if case .create = $0.change { true } else { false } }
    }
}

extension DesiredTopic {
    /// A contract's topic under its name in a cluster.
    ///
    /// - Parameter replication: The replication that replaces the contract's.
    init(_ topic: Topic, name: String, replication: Int?) {
        self.init(
            key: topic.key, name: name, partitions: topic.partitions, replication: replication ?? topic.replication,
            config: topic.config)
        // With more in-sync replicas demanded than there are, every acknowledged record would fail.
        if let text = topic.config["min.insync.replicas"], let minimum = Int(text), minimum > self.replication {
            config["min.insync.replicas"] = String(self.replication)
            notes.append(
                "min.insync.replicas is \(self.replication) in place of \(minimum), for replication \(self.replication)"
            )
        }
    }
}

extension KafkaError {
    /// The same error, with its topic.
    func about(topic: String) -> KafkaError {
        var error = self
        error.message = "topic '\(topic)': " + message
        return error
    }

    /// A change of configs that can't be made without losing another config.
    init(unreadable config: String, of topic: String) {
        self.init(
            kind: .configuration, name: "UNREADABLE_CONFIG",
            message: "the broker does not report the value of \(config) of topic '\(topic)', which would be lost",
            advice: "use librdkafka 2.2.0 or newer, which changes single configs")
    }

    /// A topic that can't be created.
    init(refused reason: String, topic: String) {
        self.init(
            kind: .rejected, name: "REFUSED", message: "topic '\(topic)' can't be created: \(reason)",
            advice: "see event-contracts-deploy topics plan")
    }
}
