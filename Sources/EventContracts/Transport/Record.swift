/// What a transport is handed: bytes for a topic.
public struct Record: Hashable, Sendable {
    /// The topic's name on the broker.
    public var topic: String
    /// What decides the partition, unless one is given.
    public var key: [UInt8]?
    /// The message's bytes.
    public var value: [UInt8]
    /// What accompanies the message, in order.
    public var headers: [RecordHeader]
    /// The partition to go to; `nil` leaves it to the key.
    public var partition: Int32?
    /// When what the record reports took place; `nil` leaves it to the transport to say when it was sent.
    public var timestamp: Timestamp?

    /// A record, of which only topic and value must be given.
    public init(
        topic: String, key: [UInt8]? = nil, value: [UInt8], headers: [RecordHeader] = [], partition: Int32? = nil,
        timestamp: Timestamp? = nil
    ) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
        self.partition = partition
        self.timestamp = timestamp
    }

    /// The bytes that count against a broker's limit: key, value and headers.
    var size: Int {
        headers.reduce(value.count + (key?.count ?? 0)) { $0 + $1.name.utf8.count + $1.value.count }
    }
}

/// A record's header. Kafka allows several of one name.
public struct RecordHeader: Hashable, Sendable {
    /// What it is called; need not be the only one of its name.
    public var name: String
    /// What it says, in bytes.
    public var value: [UInt8]

    /// A header of bytes.
    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// A header of text, in UTF-8.
    public init(name: String, value: String) {
        self.init(name: name, value: Array(value.utf8))
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

    /// A place; a transport makes it.
    public init(topic: String, partition: Int32, offset: Int64, timestamp: Timestamp) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
    }
}
