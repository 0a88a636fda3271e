import Dispatch
public import JSONTape
import Locks

/// A transport that writes each record as one line of JSON: to a file, to standard output, or to a file descriptor.
///
/// ```json
/// {"topic":"tda_jobs","partition":3,"offset":0,"timestamp":"2024-01-01T00:00:00.000000Z","key":"j-1",
///  "headers":[{"name":"content-type","value":"application/json"}],"value":{"metadata":{}}}
/// ```
///
/// (on one line). The value is embedded as JSON. A value that is not JSON, and a key or header that is not UTF-8,
/// is written as `{"base64":"..."}`; a JSON object whose only member is `base64`, and `null`, are too, so that a reader is
/// never misled. The value of a tombstone is `null`.
///
/// Partitions are chosen as Kafka's default partitioner does. Offsets count from 0 for each partition; a file that is
/// appended to is read first, and offsets continue after the largest in its lines. Lines of a batch are written with
/// one call.
///
/// A line is there whole or not at all: where the disk is full, what was written of it is cut off again (of a file that
/// this transport opened), or ended (of a pipe, or a descriptor that others may write to), so that later lines are intact.
/// A file is locked (`flock`) while it is open; a second transport on it does not start. What blocks, such as
/// a pipe whose reader does not read, blocks a thread of the transport's own: a ``Producer``'s timeouts hold nevertheless.
///
/// ## Rotation
///
/// A file may be moved away while it is written, as `logrotate` does. The next records open the path again and make a new
/// file, in which offsets go on. To close the moved file before there is a next record, as its compression or removal
/// needs it, call ``reopen()``, for example on a signal:
///
/// ```swift
/// for await _ in await UnixSignalsSequence(trapping: .sighup) {
///     try await transport.reopen()
/// }
/// ```
///
/// Do not truncate the file (`copytruncate`): lines that come between the copy and the cut are lost. Where another process
/// has truncated, removed or replaced the file, records that were acknowledged may be gone; later ones go to the path's
/// file as it is then. Where the path leads to a device or a pipe in place of the file, they fail, and may be tried again.
/// ``health()`` counts the changes and is degraded until ``reopen()`` or the next start.
public actor JSONLinesTransport: Transport {
    /// The destination of lines.
    public enum Destination: Hashable, Sendable {
        /// A file that is created, or appended to if it exists.
        case file(String)
        /// A file that is created, or truncated if it exists.
        case emptiedFile(String)
        case standardOutput
        /// An open descriptor, which stays open.
        case descriptor(Int32)
    }

    /// The moments at which lines are forced to the disk (`fsync`), so that they survive a power failure.
    public enum Synchronization: Hashable, Sendable {
        /// Before a send returns. One time for a whole batch.
        case eachSend
        /// On flush and shutdown.
        case onFlush
        /// At the operating system's choice.
        case never
    }

    private let destination: Destination
    private let synchronization: Synchronization
    private let now: @Sendable () -> Timestamp
    private let unknownTopics: UnknownTopics
    private var topics: TopicTable
    private var output: JSONLinesOutput?
    private nonisolated let inbox = RecordInbox(capacity: 10_000)
    private let executor = QueueExecutor(label: "event-contracts.json-lines")
    /// Separate from the actor's state, so that health can be reported while a write blocks.
    private let condition = Lock(Condition())

    private struct Condition {
        var isOpen = false
        var lastFailure: TransportError?
        var changes = JSONLinesOutput.Changes()
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates a transport that opens its destination when it starts.
    ///
    /// - Parameters:
    ///   - destination: Where lines go.
    ///   - unknownTopics: The answer to records for topics that no contract of the producer has.
    ///   - synchronization: When lines are forced to the disk.
    ///   - now: The time that deliveries carry.
    public init(
        _ destination: Destination, unknownTopics: UnknownTopics = .refused,
        synchronization: Synchronization = .onFlush,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.destination = destination
        self.synchronization = synchronization
        self.now = now
        self.unknownTopics = unknownTopics
        topics = TopicTable(partitions: [:], unknown: unknownTopics)
    }

    public func start(_ session: TransportSession) async throws(TransportError) {
        guard output == nil else {
            guard inbox.isOpen(to: session.sink) else { throw .usedByAnotherProducer }
            return
        }
        topics = TopicTable(partitions: session.topics.mapValues(\.partitions), unknown: unknownTopics)
        output = try JSONLinesOutput(
            destination, synchronizesReplacedFiles: synchronization != .never, topics: &topics)
        condition.withLock { $0 = Condition(isOpen: true) }
        inbox.open(session.sink)
    }

    public nonisolated func enqueue(_ records: [OutboundRecord]) -> Int {
        inbox.add(records) { Task { await self.writeInbox() } }
    }

    /// Writes the accepted records with one call, and reports their outcomes.
    private func writeInbox() {
        inbox.drain { records in write(records.map(\.record)) }
    }

    public func flush() async throws(TransportError) {
        writeInbox()
        guard synchronization != .never else { return }
        guard let output else { throw TransportError(.notRunning, "not started, or shut down") }
        try output.synchronize()
    }

    /// Opens the file's path again, after another process has moved the file away. Does nothing where it has not, and to
    /// destinations that are not files.
    ///
    /// - Throws: ``TransportError/Kind/inputOutput`` where the path can't be opened, or leads to a device or a pipe in place of
    ///   the file; the next records try again.
    public func reopen() async throws(TransportError) {
        guard var output else { throw TransportError(.notRunning, "not started, or shut down") }
        defer { self.output = output }
        try output.reopen(topics: &topics)
        condition.withLock { $0.changes = output.changes }
    }

    public nonisolated func health() async -> TransportHealth {
        let condition = condition.withLock { $0 }
        guard condition.isOpen else { return TransportHealth(.unhealthy, details: ["state": "not running"]) }
        let changes = condition.changes
        var details: [String: String] = [:]
        for (name, count) in [("moved", changes.moved), ("removed", changes.removed), ("truncated", changes.truncated)]
        where count > 0 {
            details[name] = String(count)
        }
        details["last_failure"] = condition.lastFailure?.description
        let isSound = condition.lastFailure == nil && !changes.lostLines
        return TransportHealth(isSound ? .healthy : .degraded, details: details)
    }

    public func shutdown() async {
        inbox.close()
        if synchronization != .never { try? output?.synchronize() }
        output = nil
        condition.withLock { $0.isOpen = false }
    }

    /// Places the records, writes the lines of those that have a place in one go, and keeps the places of those that
    /// were written.
    private func write(_ records: [Record]) -> [Result<Delivery, TransportError>] {
        guard var output else {
            return records.map { _ in .failure(TransportError(.notRunning, "not started, or shut down")) }
        }
        defer { self.output = output }
        do { try output.refresh(topics: &topics) } catch {
            condition.withLock { $0.lastFailure = error }
            return records.map { _ in .failure(error) }
        }
        // The state if everything up to a line, and nothing after it, is written.
        var planned = topics
        var results: [Result<Delivery, TransportError>] = []
        var lines: [(end: Int, result: Int)] = []
        var text: [UInt8] = []
        var tape = JSONTape()
        for record in records {
            do throws(TransportError) {
                let place = try planned.place(record)
                let delivery = Delivery(
                    topic: record.topic, partition: place.partition, offset: place.offset,
                    timestamp: record.timestamp ?? now())
                do { text += try JSONLine.make(record, at: delivery, tape: &tape) } catch {
                    throw TransportError(.rejected, "\(error)")
                }
                lines.append((text.count, results.count))
                results.append(.success(delivery))
            } catch {
                results.append(.failure(error))
            }
        }
        guard !text.isEmpty else { return results }

        let (written, failure) = output.write(text, lineEnds: lines.map(\.end))
        var error = failure
        if error == nil, synchronization == .eachSend {
            do { try output.synchronize() } catch let cause { error = cause }
        }
        condition.withLock {
            $0.lastFailure = error
            $0.changes = output.changes
        }
        guard let error else {
            topics = planned
            return results
        }
        let isOnDisk = failure == nil
        for (position, line) in lines.enumerated() where position >= written || isOnDisk {
            results[line.result] = .failure(error)
        }
        // The same places again: placing depends on nothing but the records and the topics.
        for line in lines.prefix(written) { _ = try? topics.place(records[line.result]) }
        return results
    }
}

/// An executor that runs an actor on a queue of its own, whose thread may block without delaying anything else.
private final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
