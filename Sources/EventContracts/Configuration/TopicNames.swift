/// What the topics of a contract are called on the broker.
public struct TopicNames: Hashable, Sendable {
    /// The prefix in place of the contract's; `nil` keeps that.
    public var prefix: String?
    /// Whole names, by the topic's key. They win over the prefix.
    public var names: [String: String]

    public init(prefix: String? = nil, names: [String: String] = [:]) {
        self.prefix = prefix
        self.names = names
    }

    public func name(of topic: Topic) -> String {
        names[topic.key] ?? (prefix ?? topic.prefix) + topic.key
    }
}
