public import JSONTape

/// A value that a producer can send: a ``Draft``, which the producer stamps, a ``Message``, which has been stamped already, or
/// a ``Tombstone``.
///
/// Generated code and the runtime conform to this; nothing else needs to.
public protocol Producible: Sendable {
    /// The message whose topic, key and name the record has.
    associatedtype ProducedMessage: Message

    /// Writes the content of the record to be sent. A draft's envelope is filled from the producer's context.
    static func produce(_ content: Self, in context: MessageContext, into production: inout Production)
}

/// The content of a record while a producer makes it. Its memory serves message after message.
public struct Production: ~Copyable {
    @usableFromInline var writer = JSONWriter()
    @usableFromInline var key: String?
    @usableFromInline var headers: [RecordHeader] = []
    /// The message's event; `tombstone` for the end of a key.
    private(set) var event = ""
    private(set) var measurement: OutgoingMessage.Measurement?
    /// Whether the message needs no validation.
    var isProvenValid = false
    private(set) var isTombstone = false

    private var route: Route?
    private var metrics: [any ProducerMetrics] = []

    init() {}

    /// Forgets the last message.
    mutating func begin(on route: Route, measuredBy metrics: [any ProducerMetrics]) {
        writer.removeAll()
        measurement = nil
        isTombstone = false
        self.route = route
        self.metrics = metrics
    }

    /// Writes a record without a value.
    mutating func end(key: String) {
        self.key = key
        headers = []
        event = "tombstone"
        isProvenValid = true
        isTombstone = true
    }

    /// Notes a message's event, and takes what metrics need of its content.
    @usableFromInline
    mutating func note<M: Message>(_ event: String, of message: borrowing M) {
        self.event = event
        guard let labels = route?.labels(of: event) else { return }
        measurement = OutgoingMessage.Measurement(
            metrics: labels.metrics, labels: labels.labels,
            observation: metrics[labels.metrics].observation(of: message))
    }
}

extension Message {
    /// Writes the message's bytes, key, headers and event.
    ///
    /// Inlinable, so that the module of each message has this for its own type.
    @inlinable
    public static func produce(_ message: Self, stamp: MessageStamp?, into production: inout Production) {
        guard let stamp else {
            message.write(into: &production)
            return
        }
        var stamped = message
        Self.stamp(&stamped, with: stamp)
        stamped.write(into: &production)
        if hasStampedHeaders { production.headers += stampedHeaders(of: stamped, with: stamp) }
    }

    @inlinable @inline(__always)
    func write(into production: inout Production) {
        encode(into: &production.writer)
        production.key = recordKey
        production.headers = recordHeaders
        production.note(messageType.rawValue, of: self)
    }

    /// Writes the message as it is: it has been stamped already.
    public static func produce(_ message: Self, in context: MessageContext, into production: inout Production) {
        production.isProvenValid = isValidByConstruction
        produce(message, stamp: nil, into: &production)
        // Headers that depend on when and where the message is sent have a stamp of their own.
        if hasStampedHeaders { production.headers += stampedHeaders(of: message, with: context.stamp()) }
    }
}
