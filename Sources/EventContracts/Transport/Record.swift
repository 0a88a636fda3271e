/// What a transport is handed: bytes for a topic.
public struct Record: Hashable, Sendable {
    /// The topic's name on the broker.
    public var topic: String
    /// What decides the partition, unless one is given.
    public var key: [UInt8]?
    public var value: [UInt8]
    public var headers: [RecordHeader]
    /// The partition to go to; `nil` leaves it to the key.
    public var partition: Int32?

    public init(
        topic: String, key: [UInt8]? = nil, value: [UInt8], headers: [RecordHeader] = [], partition: Int32? = nil
    ) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
        self.partition = partition
    }
}

/// A record's header. Kafka allows several of one name.
public struct RecordHeader: Hashable, Sendable {
    public var name: String
    public var value: [UInt8]

    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }

    public init(name: String, value: String) {
        self.init(name: name, value: Array(value.utf8))
    }
}

/// What came back for a record: where it lies.
public struct Delivery: Hashable, Sendable {
    public var topic: String
    public var partition: Int32
    public var offset: Int64
    /// When the transport took it.
    public var timestamp: Timestamp

    public init(topic: String, partition: Int32, offset: Int64, timestamp: Timestamp) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
    }
}
