/// The names of a message's topic, and the routes of its events.
final class Route: Sendable {
    /// The topic's name on the broker.
    let topic: String
    /// The topic's key in its contract.
    let topicKey: String
    /// The bytes or the header by which records name their schema; none where they don't.
    let mark: SchemaMark
    private let message: String
    private let events: [EventRoute]

    init<M: Message>(
        _ message: M.Type, to topic: Topic, names: TopicNames, metrics: [any ProducerMetrics], marks: SchemaMarks?
    ) {
        mark = marks?[message] ?? SchemaMark()
        let name = names.name(of: topic)
        self.topic = name
        topicKey = topic.key
        self.message = M.messageName
        events = M.MessageType.allCases.map { type in
            let labels = metrics.indices.lazy.compactMap { position in
                metrics[position].labels(of: message, event: type.rawValue, topic: topic).map { (position, $0) }
            }.first
            return EventRoute(topic: name, message: M.messageName, event: type.rawValue, labels: labels)
        }
    }

    /// Returns the route of an event. An event's name is a literal, so that two equal ones are mostly the same text in
    /// memory, which compares fast.
    func event(_ name: String) -> EventRoute {
        events.first { $0.event == name } ?? EventRoute(topic: topic, message: message, event: name, labels: nil)
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

/// The names that metrics and logs have for the records of one event. All its records share one.
final class EventRoute: Sendable {
    /// The topic's name on the broker.
    let topic: String
    /// The message's name in its contract.
    let message: String
    let event: String
    /// The position of the metrics that count the event, among those of the producer, and its labels in them; `nil` where none
    /// counts it.
    let labels: (metrics: Int, labels: MessageLabels)?

    init(topic: String, message: String, event: String, labels: (metrics: Int, labels: MessageLabels)?) {
        self.topic = topic
        self.message = message
        self.event = event
        self.labels = labels
    }
}
