/// A record on its way, with everything that metrics and logs need of its message.
///
/// A reference to one object, so that the outbox, the transport and its retries share one copy, which stays in memory until
/// the record's outcome is reported. The bytes of value, key and headers are in the object's own memory, after its
/// properties: one allocation holds all of a message.
///
/// Unchecked because `ManagedBuffer` is not `Sendable`: the object never changes after ``make(_:value:key:headers:)``.
struct OutgoingMessage: @unchecked Sendable {
    struct Properties: Sendable {
        let event: EventRoute
        var partition: Int32?
        var timestamp: Timestamp?
        /// Counts the content of the message once it is delivered.
        var observation: (@Sendable () -> Void)?
        /// The time that the sender waits, and the time of its call, by the producer's clock.
        let timeout: Duration
        var submitted = Duration.zero
        var isInBackground = false
    }

    /// The sizes of the bytes' parts: the value, the key, and the headers as ``RecordHeaders`` writes them.
    private struct Parts {
        /// -1 in a tombstone.
        var value = -1
        /// -1 without a key.
        var key = -1
        var headers = 0
        var headerCount = 0

        var keyOffset: Int { max(value, 0) }
        var headersOffset: Int { keyOffset + max(key, 0) }
    }

    private struct Header {
        let properties: Properties
        let parts: Parts
    }

    private let object: ManagedBuffer<Header, UInt8>

    /// Creates a message with copies of its bytes.
    ///
    /// - Parameters:
    ///   - properties: Taken out, so that what they refer to is counted once and not for each copy of them.
    ///   - prefix: Bytes at the beginning of the record's value.
    ///   - value: The rest of the value; `nil` in a tombstone, which has no prefix.
    ///   - key: `nil` for a record without a key.
    static func make(
        _ properties: inout Properties?, prefix: [UInt8] = [], value: UnsafeRawBufferPointer?,
        key: UnsafeRawBufferPointer?, headers: borrowing RecordHeaders
    ) -> OutgoingMessage {
        let headerBytes = headers.bytes
        let parts = Parts(
            value: value.map { prefix.count + $0.count } ?? -1, key: key?.count ?? -1, headers: headerBytes.count,
            headerCount: headers.count)
        let capacity = parts.headersOffset + parts.headers
        let object = ManagedBuffer<Header, UInt8>.create(minimumCapacity: capacity) { _ in
            // Never nil: all callers set them.
            // swift-format-ignore: NeverForceUnwrap
            Header(properties: properties.take()!, parts: parts)
        }
        object.withUnsafeMutablePointerToElements { start in
            // The parts fill the capacity, one at a time.
            let bytes = UnsafeMutableRawBufferPointer(start: start, count: capacity)
            if let value {
                bytes.copyBytes(from: prefix)
                UnsafeMutableRawBufferPointer(rebasing: bytes[prefix.count...]).copyMemory(from: value)
            }
            if let key { UnsafeMutableRawBufferPointer(rebasing: bytes[parts.keyOffset...]).copyMemory(from: key) }
            UnsafeMutableRawBufferPointer(rebasing: bytes[parts.headersOffset...]).copyMemory(from: headerBytes)
        }
        return OutgoingMessage(object: object)
    }

    /// Creates a message of a record that no producer made.
    static func make(_ record: Record, timeout: Duration) -> OutgoingMessage {
        var headers = RecordHeaders()
        for header in record.headers { headers.append(header) }
        var properties: Properties? = Properties(
            event: EventRoute(topic: record.topic, message: "", event: "", labels: nil), partition: record.partition,
            timestamp: record.timestamp, timeout: timeout)
        let (value, key) = (record.value ?? [], record.key ?? [])
        return value.withUnsafeBytes { valueBytes in
            key.withUnsafeBytes { keyBytes in
                make(
                    &properties, value: record.value == nil ? nil : valueBytes, key: record.key == nil ? nil : keyBytes,
                    headers: headers)
            }
        }
    }

    // Read through pointers, which need no check for other accesses: nothing changes the object.

    private var parts: Parts { object.withUnsafeMutablePointerToHeader { $0.pointee.parts } }

    private func bytes(from offset: Int, count: Int) -> UnsafeRawBufferPointer {
        object.withUnsafeMutablePointerToElements { UnsafeRawBufferPointer(start: $0 + offset, count: count) }
    }
}

extension OutgoingMessage {
    var event: EventRoute { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.event } }
    /// Returns whether the message is of an event. Does not count a reference, as reading the event would.
    func isOf(_ event: EventRoute) -> Bool {
        object.withUnsafeMutablePointerToHeader { $0.pointee.properties.event === event }
    }
    var partition: Int32? { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.partition } }
    var timestamp: Timestamp? { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.timestamp } }
    var observation: (@Sendable () -> Void)? {
        object.withUnsafeMutablePointerToHeader { $0.pointee.properties.observation }
    }
    var timeout: Duration { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.timeout } }
    var submitted: Duration { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.submitted } }
    var isInBackground: Bool { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.isInBackground } }
    /// The topic's name on the broker.
    var topic: String { object.withUnsafeMutablePointerToHeader { $0.pointee.properties.event.topic } }

    /// The time at which the sender's timeout ends, by the producer's clock.
    var due: Duration { submitted + timeout.bounded }

    /// The bytes that count against a broker's limit: key, value and headers.
    var size: Int {
        let parts = parts
        return parts.headersOffset + parts.headers - parts.headerCount * RecordHeaders.prefixSize
    }

    var valueSize: Int { parts.keyOffset }

    var headerCount: Int { parts.headerCount }

    /// The value's bytes, which live as long as this object; `nil` in a tombstone.
    var value: UnsafeRawBufferPointer? {
        let parts = parts
        return parts.value < 0 ? nil : bytes(from: 0, count: parts.value)
    }

    /// The key's bytes, which live as long as this object; `nil` without a key.
    var key: UnsafeRawBufferPointer? {
        let parts = parts
        return parts.key < 0 ? nil : bytes(from: parts.keyOffset, count: parts.key)
    }

    /// The headers' bytes, which live as long as this object.
    var headers: UnsafeRawBufferPointer {
        let parts = parts
        return bytes(from: parts.headersOffset, count: parts.headers)
    }

    /// The record, as a copy.
    var record: Record {
        withExtendedLifetime(object) {
            Record(
                topic: topic, key: key.map { Array($0) }, value: value.map { Array($0) },
                headers: RecordHeaders.headers(in: headers), partition: partition, timestamp: timestamp)
        }
    }
}
