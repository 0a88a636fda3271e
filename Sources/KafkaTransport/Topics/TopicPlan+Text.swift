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
        if requirement.isImpossible { return "!" }
        if case .create = change { return "+" }
        return "~"
    }
}
