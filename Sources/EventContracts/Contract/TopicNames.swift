/// The names of topics on the broker.
///
/// The name given for a topic wins; else the prefix given for all of them is put before the topic's key; else the name is
/// the contract's.
///
/// ```swift
/// let names = TopicNames(prefix: "staging_", overrides: ["jobs": "legacy-jobs"])
/// names.name(of: TDA.Topics.jobs)                          // legacy-jobs
/// names.name(of: TDA.Topics.results)                       // staging_results
/// names.topic(named: "staging_results", among: TDA.topics) // TDA.Topics.results
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

    /// Returns the topic that has a name on the broker, as a consumer of several topics needs it to read a record.
    ///
    /// - Returns: `nil` where none of the topics has the name.
    public func topic(named name: String, among topics: [Topic]) -> Topic? {
        topics.first { self.name(of: $0) == name }
    }
}
