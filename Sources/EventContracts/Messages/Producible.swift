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

    /// The route of the last message, and its type.
    private(set) var route: Route?
    private var routedMessage: ObjectIdentifier?
    private var allMetrics: [any ProducerMetrics] = []

    init() {}

    /// Forgets the last message.
    ///
    /// - Parameter type: The message's type, where the route is that of all its messages.
    mutating func begin(on route: Route, of type: ObjectIdentifier?, measuredBy all: [any ProducerMetrics]) {
        writer.removeAll()
        headers.removeAll()
        event = nil
        observation = nil
        isTombstone = false
        routedMessage = type
        if self.route !== route {
            self.route = route
            allMetrics = all
        }
    }

    /// Takes out the route of the message's event.
    mutating func takeEvent() -> EventRoute? { event.take() }

    /// Takes out the function that counts the message's content.
    mutating func takeObservation() -> (@Sendable () -> Void)? { observation.take() }

    /// Returns the route of a type's messages, if the last message was of that type.
    func lastRoute(of type: ObjectIdentifier) -> Route? {
        routedMessage == type ? route : nil
    }

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
