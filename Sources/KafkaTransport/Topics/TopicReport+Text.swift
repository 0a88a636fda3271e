extension TopicReport {
    /// The report for a person: a line for each change.
    public var text: String {
        guard !outcomes.isEmpty else { return "nothing to do: all topics are as in the contract\n" }
        return outcomes.map { outcome in
            switch outcome.result {
            case .applied: "done:    \(outcome.topic): \(outcome.change)"
            case .refused(let reason): "refused: \(outcome.topic): \(outcome.change); \(reason)"
            case .failed(let error): "failed:  \(outcome.topic): \(outcome.change); \(error)"
            }
        }.joined(separator: "\n") + "\n"
    }
}
