/// The names of topics on the broker.
///
/// The name given for a topic wins; else the prefix given for all of them is put before the topic's key; else the name is
/// the contract's.
///
/// ```swift
/// let names = TopicNames(prefix: "staging_", overrides: ["jobs": "legacy-jobs"])
/// names.name(of: .jobs)    // legacy-jobs
/// names.name(of: .results) // staging_results
/// ```
public struct TopicNames: Hashable, Sendable {
    /// A replacement for the contract's prefix; `nil` keeps it.
    public var prefix: String?
    /// Whole names, by the key that the contract gives the topic: `jobs`.
    public var overrides: [String: String]

    /// Creates names that are the contract's own, except for those that are given here.
    public init(prefix: String? = nil, overrides: [String: String] = [:]) {
        self.prefix = prefix
        self.overrides = overrides
    }

    /// Returns the topic's name on the broker.
    public func name(of topic: Topic) -> String {
        overrides[topic.key] ?? ((prefix ?? topic.prefix) + topic.key)
    }
}
