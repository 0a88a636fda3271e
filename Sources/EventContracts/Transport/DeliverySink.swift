/// The receiver of a transport's reports: the producer that started it.
///
/// All functions may be called from any thread, also inside of ``Transport/enqueue(_:)``. They return soon and never wait
/// for a message's sender.
public protocol DeliverySink: AnyObject, Sendable {
    /// Reports the outcomes of records, as many at once as there are. Each record is reported once.
    func complete(_ outcomes: [RecordOutcome])

    /// Reports that records are sent again after an error. For metrics; the records stay with the transport.
    func retrying(_ records: [RecordID], after error: TransportError)

    /// Reports that a transport which accepted fewer records than it was offered has room again.
    func ready()

    /// Reports that the connection to the receiver was established or lost.
    ///
    /// Outcomes imply this as well; a transport that learns it in another way can report it earlier.
    func connectionChanged(isUp: Bool)
}

/// The number by which a transport reports a record. Fits into a pointer, and is never 0.
public struct RecordID: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

/// A record with the number by which its outcome is reported.
public struct OutboundRecord: Sendable {
    /// The number by which ``DeliverySink/complete(_:)`` reports the record.
    public let id: RecordID
    let message: OutgoingMessage

    init(id: RecordID, message: OutgoingMessage) {
        self.id = id
        self.message = message
    }

    /// Creates the same record with another number.
    package init(id: RecordID, of other: OutboundRecord) {
        self.init(id: id, message: other.message)
    }

    /// Creates a record outside of a producer: for tests of a transport.
    public init(id: RecordID, record: Record, timeout: Duration = .seconds(120)) {
        self.init(id: id, message: OutgoingMessage.make(record, timeout: timeout))
    }

    /// The record, as a copy. The producer keeps its own in memory until the outcome is reported.
    public var record: Record { message.record }

    /// The topic's name on the broker.
    public var topic: String { message.topic }
    package var partition: Int32? { message.partition }
    package var timestamp: Timestamp? { message.timestamp }
    /// The value's bytes, which stay where they are until the outcome is reported; `nil` in a tombstone.
    package var value: UnsafeRawBufferPointer? { message.value }
    /// The key's bytes, which stay where they are until the outcome is reported; `nil` without a key.
    package var key: UnsafeRawBufferPointer? { message.key }
    package var headerCount: Int { message.headerCount }

    /// Calls a closure with the name and the value of each header, in order.
    package func forEachHeader(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void) {
        RecordHeaders.forEach(in: message.headers, body)
    }

    /// The time that the sender waits for the outcome, from its call.
    public var timeout: Duration { message.timeout }
}

/// The outcome of one record.
public struct RecordOutcome: Hashable, Sendable {
    /// The record.
    public let id: RecordID
    public let outcome: DeliveryOutcome

    /// Creates an outcome; a transport does.
    public init(_ id: RecordID, _ outcome: DeliveryOutcome) {
        self.id = id
        self.outcome = outcome
    }
}

/// The end of a record's delivery.
public enum DeliveryOutcome: Hashable, Sendable {
    /// The receiver has acknowledged the record.
    case delivered(Delivery)
    /// The record has not been delivered, and will not be.
    case failed(TransportError)
    /// The record was sent, and no acknowledgement came: it may have been delivered, or not.
    case unknown(TransportError)
}
