extension TopicPlan {
    /// The plan for a person: a paragraph for each topic, and a summary.
    public var text: String {
        var lines: [String] = []
        for entry in entries {
            lines += entry.lines
        }
        lines.append(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private var summary: String {
        let missing = entries.count(where: \.isMissing)
        let current = entries.count(where: \.isUpToDate)
        return "\(entries.count) topics: \(missing) to create, \(entries.count - missing - current) to change, "
            + "\(current) as in the contract"
    }
}

extension TopicPlan.Entry {
    fileprivate var lines: [String] {
        var lines = [name + ": " + heading]
        lines += steps.flatMap(\.lines)
        if !rewrittenConfigs.isEmpty {
            lines.append(
                "  * written again with the changes, because this librdkafka can't alter single configs: "
                    + rewrittenConfigs.joined(separator: ", "))
        }
        let foreign = agreements.filter { $0.value == .notInContract }.keys.sorted()
        if !foreign.isEmpty {
            lines.append("  * set on the topic, not in the contract: " + foreign.joined(separator: ", "))
        }
        return lines + notes.map { "  * " + $0 }
    }

    private var heading: String {
        if isMissing { return "missing" }
        if isUpToDate { return "as in the contract" }
        return steps.count == 1 ? "1 difference" : "\(steps.count) differences"
    }
}

extension TopicPlan.Step {
    fileprivate var lines: [String] {
        var lines = ["  \(mark) \(change)"]
        if case .create(_, _, let config) = change {
            let width = config.keys.map(\.count).max() ?? 0
            lines += config.sorted { $0.key < $1.key }.map { name, value in
                "      \(name)\(String(repeating: " ", count: width - name.count))  \(ConfigMeaning.shown(name, value))"
            }
        }
        if let refusal = refusal(TopicConsent()) { lines[0] += "; " + refusal }
        return lines
    }

    private var mark: String {
        if case .impossible = requirement { return "!" }
        if case .create = change { return "+" }
        return "~"
    }
}

extension TopicChange: CustomStringConvertible {
    /// The change in words: `retention.ms: 604800000 (7d) -> 86400000 (1d)`.
    public var description: String {
        switch self {
        case .create(let partitions, let replication, _):
            return "create with \(partitions) partitions, replication \(replication)"
        case .growPartitions(let old, let new, let moved):
            return "partitions: \(old) -> \(new); \(Self.percent(moved)) of keys move to another partition"
        case .shrinkPartitions(let old, let new): return "partitions: \(old), the contract says \(new)"
        case .changeReplication(let old, let new): return "replication: \(old), the contract says \(new)"
        case .setConfig(let name, let old, let new, let loss):
            let shown = old.map { ConfigMeaning.shown(name, $0) } ?? "unknown"
            return "\(name): \(shown) -> \(ConfigMeaning.shown(name, new))" + (loss.map { "; \($0)" } ?? "")
        }
    }

    private static func percent(_ ratio: Double) -> String {
        "about \(Int((ratio * 100).rounded())) %"
    }
}

extension TopicChange.DataLoss: CustomStringConvertible {
    /// The estimate in words.
    public var description: String {
        guard let records else { return "records are deleted; the broker does not report how many" }
        return "\(records) of \(total ?? records) records are deleted"
    }
}

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
