extension TopicChange: CustomStringConvertible {
    /// The change in words: `retention.ms: 604800000 (7d) -> 86400000 (1d)`.
    public var description: String {
        switch self {
        case .create(let partitions, let replication, _):
            return "create with \(partitions) partitions, replication \(replication)"
        case .growPartitions(let old, let new, let moved):
            return "partitions: \(old) -> \(new); \(Self.percent(moved)) of keys move to another partition"
        case .shrinkPartitions(let old, let new): return "partitions: \(old), the contract has \(new)"
        case .changeReplication(let old, let new): return "replication: \(old), the contract has \(new)"
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
