import ContractModel

/// A comparison of the config entries of a topic in two versions.
struct TopicConfigComparison {
    let old: TopicDeclaration
    let new: TopicDeclaration

    func changes() -> [Change] {
        let before = Dictionary(old.config.map { ($0.key, $0) }) { $1 }
        let after = Dictionary(new.config.map { ($0.key, $0) }) { $1 }
        return Set(before.keys).union(after.keys).sorted().compactMap { key in
            let (from, to) = (before[key]?.value, after[key]?.value)
            guard from != to, !isSameList(key, from, to) else { return nil }
            var change = Change(
                .topicConfig, at: after[key]?.location ?? before[key]?.location ?? new.key.location,
                "'\(key)' of the topic '\(new.key.value)' changed from \(text(key, from)) to \(text(key, to))")
            change.rule = Self.rule(of: key)
            if let loss = loss(
                key, from ?? TopicConfigKeys.brokerDefaults[key], to ?? TopicConfigKeys.brokerDefaults[key])
            {
                change.affected = [.operations]
                change.notes = [loss]
            }
            return change
        }
    }

    private static func rule(of key: String) -> ChangeRule {
        switch key {
        case TopicConfigKeys.retentionMilliseconds, TopicConfigKeys.retentionBytes: .topicRetention
        case TopicConfigKeys.cleanupPolicy: .topicCleanup
        default: .topicConfig
        }
    }

    /// Returns a value, or the default with its value where that is known.
    private func text(_ key: String, _ value: String?) -> String {
        value ?? "Kafka's default" + (TopicConfigKeys.brokerDefaults[key].map { " \($0)" } ?? "")
    }

    /// Returns whether two strings list the same cleanup policies.
    private func isSameList(_ key: String, _ from: String?, _ to: String?) -> Bool {
        guard key == TopicConfigKeys.cleanupPolicy, let from, let to else { return false }
        return Set(from.split(separator: ",")) == Set(to.split(separator: ","))
    }

    /// Returns the way in which records, or those that readers expect, get lost; `nil` where none do.
    private func loss(_ key: String, _ from: String?, _ to: String?) -> String? {
        guard from != to else { return nil }
        switch key {
        case TopicConfigKeys.retentionMilliseconds, TopicConfigKeys.retentionBytes:
            return isLess(to, than: from) ? "Kafka deletes the records that are older or beyond it" : nil
        case TopicConfigKeys.cleanupPolicy:
            let isCompacted = to?.contains("compact") == true && from?.contains("compact") != true
            return isCompacted
                ? "Kafka keeps the last record of each key alone: others are lost"
                : "records are deleted by other rules than before"
        case TopicConfigKeys.minimumInSyncReplicas:
            return isLess(to, than: from)
                ? "fewer brokers have a record when it is acknowledged: their failure loses it" : nil
        case TopicConfigKeys.uncleanLeaderElection:
            return to == "true" ? "a broker that lacks records may become the leader: they are lost" : nil
        case TopicConfigKeys.maximumMessageSize:
            return isLess(to, than: from) ? "the broker refuses records that are larger" : nil
        case TopicConfigKeys.deleteRetention:
            return isLess(to, than: from) ? "consumers that are slower than that do not see the end of a key" : nil
        default: return nil
        }
    }

    /// Returns whether a limit allows less than another; `-1` allows everything.
    private func isLess(_ new: String?, than old: String?) -> Bool {
        guard let new = new.flatMap({ Int($0) }), new >= 0 else { return false }
        guard let old = old.flatMap({ Int($0) }), old >= 0 else { return true }
        return new < old
    }
}
