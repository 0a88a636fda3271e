/// The topic of a message, with its name on the broker, and the labels of the message's events.
final class Route: Sendable {
    struct Labels: Sendable {
        let event: String
        /// The position of the metrics among those of the producer.
        let metrics: Int
        let labels: MessageLabels
    }

    let name: String
    /// The bytes or the header by which records name their schema; `nil` where they don't.
    let mark: SchemaMark?
    private let labels: [Labels]

    init<M: Message>(
        _ message: M.Type, to topic: Topic, names: TopicNames, metrics: [any ProducerMetrics],
        marks: SchemaMarks?
    ) {
        name = names.name(of: topic)
        mark = marks?[message]
        labels = M.MessageType.allCases.compactMap { type in
            for (position, metrics) in metrics.enumerated() {
                if let labels = metrics.labels(of: message, event: type.rawValue, topic: topic) {
                    return Labels(event: type.rawValue, metrics: position, labels: labels)
                }
            }
            return nil
        }
    }

    /// The labels of an event; `nil` where no metrics count it. An event's name is a literal, so that two equal ones are
    /// mostly the same text in memory, which compares fast.
    func labels(of event: String) -> Labels? {
        labels.first { $0.event == event }
    }

    /// The routes of all messages of some contracts, by the messages' types.
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
