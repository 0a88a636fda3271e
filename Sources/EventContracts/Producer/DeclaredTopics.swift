/// The topics of a producer's contracts, by their names on the broker.
struct DeclaredTopics: Sendable {
    /// Of a topic that several contracts declare, the declaration with the most partitions.
    private(set) var byName: [String: Topic] = [:]
    private let names: TopicNames
    /// Two different topics that ``TopicNames`` gives the same name.
    private(set) var conflict: TransportError?

    init(_ topics: [Topic], names: TopicNames) {
        self.names = names
        for topic in topics {
            conflict = conflict ?? self.conflict(with: topic)
            let name = names.name(of: topic)
            if let other = byName[name], other.partitions >= topic.partitions { continue }
            byName[name] = topic
        }
    }

    /// Returns the error of a topic whose name on the broker is that of another; `nil` where it is declared itself, or
    /// no topic has its name. Contracts share a topic by declaring the same prefix and key.
    func conflict(with topic: Topic) -> TransportError? {
        let name = names.name(of: topic)
        guard let declared = byName[name], declared.name != topic.name else { return nil }
        return TransportError(
            .unknownTopic,
            "the topic '\(topic.name)' has the name '\(name)' of another topic, '\(declared.name)'; give its contract a "
                + "producer of its own, with other topic names")
    }
}
