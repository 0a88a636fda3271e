public import JSONTape

/// A value that a producer can send: a ``Draft``, which the producer stamps, a ``Message``, which has been stamped already, or
/// a ``Tombstone``.
///
/// Generated code and the runtime conform to this; nothing else needs to.
public protocol Producible: Sendable {
    /// The message whose topic, key and name the record has.
    associatedtype ProducedMessage: Message

    /// Writes the content of the record to be sent. A draft's envelope is filled from the producer's context. The content is
    /// consumed.
    static func produce(_ content: inout Self, in context: MessageContext, into production: inout Production)
}

/// The content of a record while a producer makes it. Its memory serves message after message.
public struct Production: ~Copyable {
    @usableFromInline var writer = JSONWriter()
    @usableFromInline var key: String?
    @usableFromInline var headers = RecordHeaders()
    /// The route of the message's event.
    private(set) var event: EventRoute?
    /// Counts the content of the message once it is delivered.
    private(set) var observation: (@Sendable () -> Void)?
    /// Whether the message needs no validation.
    @usableFromInline var isProvenValid = false
    private(set) var isTombstone = false

    /// The route of the message, and its type where the route is that of all its messages.
    private var route: Route?
    private var routedMessage: ObjectIdentifier?
    private var allMetrics: [any ProducerMetrics] = []
    /// The topic's key in its contract.
    private(set) var topicKey = ""
    /// The bytes or the header by which the record names its schema.
    private(set) var mark = SchemaMark()

    init() {}

    /// Forgets the last message.
    mutating func begin() {
        writer.removeAll()
        headers.removeAll()
        event = nil
        observation = nil
        isTombstone = false
    }

    /// Sets the route of the next messages.
    ///
    /// - Parameter type: The messages' type, where the route is that of all its messages.
    mutating func change(to route: Route, of type: ObjectIdentifier?, measuredBy all: [any ProducerMetrics]) {
        routedMessage = type
        self.route = route
        allMetrics = all
        topicKey = route.topicKey
        mark = route.mark
    }

    /// Returns whether the route is that of all messages of a type.
    func isOnRoute(of type: ObjectIdentifier) -> Bool { routedMessage == type }

    /// Takes out the route of the message's event.
    mutating func takeEvent() -> EventRoute {
        // Never an empty one: each message that was encoded has an event and a route.
        event.take() ?? route?.event("") ?? EventRoute(topic: "", message: "", event: "", labels: nil)
    }

    /// Takes out the function that counts the message's content.
    mutating func takeObservation() -> (@Sendable () -> Void)? { observation.take() }

    /// Writes a record without a value.
    mutating func end(key: String) {
        self.key = key
        event = route?.event("tombstone")
        isProvenValid = true
        isTombstone = true
    }

    /// Finds the route of a message's event, and takes what metrics need of its content.
    @usableFromInline
    mutating func note<M: Message>(_ event: String, of message: borrowing M) {
        guard let route = route?.event(event) else { return }
        self.event = route
        if let (owner, _) = route.labels { observation = M.observation(of: message, by: allMetrics[owner]) }
    }
}
