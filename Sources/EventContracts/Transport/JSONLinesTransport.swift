import Dispatch
import Synchronization

/// Writes each record as one line of JSON to a file or a stream.
///
/// A line has the members `topic`, `partition`, `offset`, `timestamp`, `key`, `headers` and `value`. The value stands
/// there as JSON where it is JSON, and as `{"base64": …}` elsewhere; so do keys and header values that are not UTF-8.
/// Offsets count from 0 for each partition since the transport was made, whatever the file held before.
///
/// A file or pipe may block whoever writes to it. That is always a thread of the transport's own, so that a producer's
/// timeouts hold.
public final class JSONLinesTransport: Transport {
    public enum Destination: Hashable, Sendable {
        /// A file, which is made where it is missing, and appended to where not.
        case file(String)
        case standardOutput
        /// An open descriptor, which stays its owner's to close.
        case descriptor(Int32)
    }

    /// When lines are made safe against a crash of the machine (`fsync`).
    public enum Synchronization: Hashable, Sendable {
        case never
        case onFlush
        case afterEachRecord
    }

    private struct State {
        var log: PartitionLog
        var file: LineFile?
    }

    /// What ``health()`` tells. Apart from the state, which a blocked write holds.
    private struct Condition {
        var isOpen = false
        var lastError: TransportError?
    }

    private let destination: Destination
    private let synchronization: Synchronization
    private let now: @Sendable () -> Timestamp
    private let state: Mutex<State>
    private let condition = Mutex(Condition())
    private let queue = DispatchQueue(label: "event-contracts.json-lines")

    /// - Parameters:
    ///   - topics: Gives the partitions of the topics; any other topic has one.
    ///   - now: The clock that lines are stamped with.
    public init(
        _ destination: Destination, topics: [Topic] = [], synchronization: Synchronization = .never,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.destination = destination
        self.synchronization = synchronization
        self.now = now
        let counts = Dictionary(topics.map { ($0.name, $0.partitions) }, uniquingKeysWith: max)
        state = Mutex(State(log: PartitionLog(partitionCounts: counts, defaultPartitionCount: 1)))
    }

    public func start() async throws(TransportError) {
        try await onQueue { transport throws(TransportError) in
            let file: LineFile =
                switch transport.destination {
                case .file(let path): try LineFile(appendingTo: path)
                case .standardOutput: LineFile(descriptor: 1)
                case .descriptor(let descriptor): LineFile(descriptor: descriptor)
                }
            transport.state.withLock { state in
                state.file?.closeFile()
                state.file = file
            }
            transport.condition.withLock { $0.isOpen = true }
        }
    }

    public func send(_ record: Record) async throws(TransportError) -> Delivery {
        let timestamp = now()
        return try await onQueue { transport throws(TransportError) in
            let result = transport.state.withLock { state in
                do throws(TransportError) {
                    return Result<Delivery, TransportError>.success(try transport.append(record, timestamp, &state))
                } catch {
                    return .failure(error)
                }
            }
            transport.condition.withLock { condition in
                if case .failure(let error) = result { condition.lastError = error } else { condition.lastError = nil }
            }
            return try result.get()
        }
    }

    public func flush() async throws(TransportError) {
        guard synchronization != .never else { return }
        try await onQueue { transport throws(TransportError) in
            let failure = transport.state.withLock { state -> TransportError? in
                do throws(TransportError) {
                    try state.file?.synchronize()
                    return nil
                } catch {
                    return error
                }
            }
            if let failure { throw failure }
        }
    }

    public func health() async -> TransportHealth {
        condition.withLock { condition in
            var details = ["transport": "json-lines"]
            guard condition.isOpen else { return TransportHealth(.unhealthy, details: details) }
            details["last_error"] = condition.lastError?.description
            return TransportHealth(condition.lastError == nil ? .healthy : .degraded, details: details)
        }
    }

    public func shutdown() async {
        condition.withLock { $0.isOpen = false }
        try? await onQueue { transport throws(TransportError) in
            transport.state.withLock { state in
                state.file?.closeFile()
                state.file = nil
            }
        }
    }

    /// Runs what may block on the transport's own thread, one after the other.
    private func onQueue<Value: Sendable>(
        _ body: @escaping @Sendable (JSONLinesTransport) throws(TransportError) -> Value
    ) async throws(TransportError) -> Value {
        let result = await withCheckedContinuation { continuation in
            queue.async {
                do throws(TransportError) {
                    continuation.resume(returning: Result<Value, TransportError>.success(try body(self)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    private func append(
        _ record: Record, _ timestamp: Timestamp, _ state: inout State
    ) throws(TransportError) -> Delivery {
        guard state.file != nil else { throw TransportError(.notRunning, "the transport is not running") }
        let (partition, offset) = try state.log.place(record)
        let delivery = Delivery(topic: record.topic, partition: partition, offset: offset, timestamp: timestamp)
        do throws(TransportError) {
            try state.file?.append(RecordLine.text(record, delivery))
            if synchronization == .afterEachRecord { try state.file?.synchronize() }
        } catch {
            state.log.takeBack(record.topic, partition: partition)
            throw error
        }
        return delivery
    }
}

/// A record as a line of JSON.
enum RecordLine {
    static func text(_ record: Record, _ delivery: Delivery) throws(TransportError) -> [UInt8] {
        var writer = JSONWriter(capacity: record.value.count + 512)
        writer.beginObject()
        writer.key("topic")
        writer.write(record.topic)
        writer.key("partition")
        writer.write(Int64(delivery.partition))
        writer.key("offset")
        writer.write(delivery.offset)
        writer.key("timestamp")
        writer.write(delivery.timestamp)
        writer.key("key")
        if let key = record.key { write(text: key, to: &writer) } else { writer.write(.null) }
        writer.key("headers")
        writer.beginArray()
        for header in record.headers {
            writer.element()
            writer.beginObject()
            writer.key("name")
            writer.write(header.name)
            writer.key("value")
            write(text: header.value, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("value")
        write(value: record.value, to: &writer)
        writer.endObject()
        // Every value written here is one that JSON can write.
        do { return try writer.finish() } catch { throw TransportError(.rejected, "\(error)") }
    }

    /// Writes bytes as a string where they are UTF-8.
    private static func write(text: [UInt8], to writer: inout JSONWriter) {
        if let text = String(validating: text, as: UTF8.self) {
            writer.write(text)
        } else {
            writeBase64(text, to: &writer)
        }
    }

    /// Writes bytes as the JSON that they are: its white space left out, for a line must not break.
    private static func write(value: [UInt8], to writer: inout JSONWriter) {
        var tape = JSONTape()
        if (try? tape.parse(value)) != nil, let json = try? tape.value(at: .root) {
            writer.write(json)
        } else {
            writeBase64(value, to: &writer)
        }
    }

    private static func writeBase64(_ bytes: [UInt8], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("base64")
        writer.write(Base64.text(bytes))
        writer.endObject()
    }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                text.append(position <= group.count ? alphabet[word >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
