/// The name of a message and of its topic on the broker, and the labels of the message's events.
final class Route: Sendable {
    struct Labels: Sendable {
        let event: String
        /// The position of the metrics among those of the producer.
        let metrics: Int
        let labels: MessageLabels
    }

    /// The topic's name on the broker.
    let topic: String
    /// The topic's key in its contract.
    let topicKey: String
    /// The message's name in its contract.
    let message: String
    let labels: [Labels]
    /// The bytes or the header by which records name their schema; none where they don't.
    let mark: SchemaMark

    /// Creates the route of records that belong to no message.
    init(topic: String) {
        self.topic = topic
        topicKey = topic
        message = ""
        labels = []
        mark = SchemaMark()
    }

    init<M: Message>(
        _ message: M.Type, to topic: Topic, names: TopicNames, metrics: [any ProducerMetrics], marks: SchemaMarks?
    ) {
        mark = marks?[message] ?? SchemaMark()
        self.topic = names.name(of: topic)
        topicKey = topic.key
        self.message = M.messageName
        labels = M.MessageType.allCases.compactMap { type in
            for (position, metrics) in metrics.enumerated() {
                if let labels = metrics.labels(of: message, event: type.rawValue, topic: topic) {
                    return Labels(event: type.rawValue, metrics: position, labels: labels)
                }
            }
            return nil
        }
    }

    /// Returns the position of an event's labels; `nil` where no metrics count it. An event's name is a literal, so that two
    /// equal ones are mostly the same text in memory, which compares fast.
    func position(of event: String) -> Int? {
        labels.indices.first { labels[$0].event == event }
    }

    /// Returns the routes of all messages of some contracts, by the messages' types.
    static func table(
        of contracts: [any EventContract.Type], names: TopicNames, metrics: [any ProducerMetrics],
        marks: SchemaMarks?
    ) -> [ObjectIdentifier: Route] {
        func route<M: Message>(_ message: M.Type) -> Route {
            Route(message, to: M.topic, names: names, metrics: metrics, marks: marks)
        }
        var routes: [ObjectIdentifier: Route] = [:]
        for message in contracts.flatMap({ $0.messages }) { routes[ObjectIdentifier(message)] = route(message) }
        return routes
    }
}
