/// The bytes of a message for a topic, as a transport receives them.
public struct Record: Hashable, Sendable {
    /// The topic's name on the broker.
    public var topic: String
    /// The key, which decides the partition unless one is given.
    public var key: [UInt8]?
    /// The message's bytes; `nil` in a tombstone, which ends its key in a compacted topic.
    public var value: [UInt8]?
    /// The headers, in order.
    public var headers: [RecordHeader]
    /// The partition to go to; `nil` leaves it to the key.
    public var partition: Int32?
    /// The time of the record's event; `nil` for the time at which the transport sends it.
    public var timestamp: Timestamp?

    /// Creates a record, of which only topic and value are required.
    public init(
        topic: String, key: [UInt8]? = nil, value: [UInt8]?, headers: [RecordHeader] = [], partition: Int32? = nil,
        timestamp: Timestamp? = nil
    ) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
        self.partition = partition
        self.timestamp = timestamp
    }
}

/// A record's header. Kafka allows several of one name.
public struct RecordHeader: Sendable {
    /// Text is kept as it is: a header that most messages have costs no allocation.
    private enum Content: Sendable {
        case text(String)
        case bytes([UInt8])
    }

    /// The name; need not be the only one of its name.
    public var name: String
    private var content: Content

    /// Creates a header with bytes.
    public init(name: String, value: [UInt8]) {
        self.name = name
        content = .bytes(value)
    }

    /// Creates a header with text, in UTF-8.
    public init(name: String, value: String) {
        self.name = name
        content = .text(value)
    }

    /// The value's bytes.
    public var value: [UInt8] {
        get {
            switch content {
            case .text(let text): Array(text.utf8)
            case .bytes(let bytes): bytes
            }
        }
        set { content = .bytes(newValue) }
    }

    /// The number of the value's bytes.
    public var valueSize: Int {
        switch content {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }

    /// Calls a closure with the value's bytes, without a copy where possible.
    public func withValueBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch content {
        case .text(var text): try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
        case .bytes(let bytes): try bytes.withUnsafeBytes(body)
        }
    }
}

extension RecordHeader: Hashable {
    /// Headers are equal if their names and their values' bytes are.
    public static func == (first: RecordHeader, second: RecordHeader) -> Bool {
        guard first.name == second.name else { return false }
        return switch (first.content, second.content) {
        case (.text(let first), .text(let second)): first.utf8.elementsEqual(second.utf8)
        default: first.value == second.value
        }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

/// The acknowledgement of a record, with its place.
public struct Delivery: Hashable, Sendable {
    /// The topic's name on the broker.
    public var topic: String
    /// The partition, from 0.
    public var partition: Int32
    /// The place in the partition, from 0.
    public var offset: Int64
    /// The record's own timestamp, or else the time at which the transport took it.
    public var timestamp: Timestamp

    /// Creates the place of a record. Only transports call this.
    public init(topic: String, partition: Int32, offset: Int64, timestamp: Timestamp) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
    }
}
