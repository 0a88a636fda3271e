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
