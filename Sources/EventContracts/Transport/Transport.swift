/// The swappable thing that carries records.
public protocol Transport: Sendable {
    /// Makes ready to carry. Called before anything else; where it throws, it may be called again. A shutdown while it
    /// waits cancels its task.
    func start() async throws(TransportError)

    /// Carries a record, and returns when it lies where it should.
    ///
    /// A task that is cancelled while it waits should throw ``TransportError/Kind/cancelled`` soon. It must never block its
    /// thread, which may be the sender's: what blocks is for a thread of the transport's own.
    func send(_ record: Record) async throws(TransportError) -> Delivery

    /// Carries records so that those of one partition keep their order. The results are in the records' order.
    func send(batch records: [Record]) async -> [Result<Delivery, TransportError>]

    /// Returns when everything handed over before has been delivered or has failed.
    func flush() async throws(TransportError)

    /// How the transport fares now.
    func health() async -> TransportHealth

    /// Lets go of everything, soon. What has not been delivered by then fails. May be called more than once, and again when
    /// a start ends that it came upon.
    func shutdown() async
}

extension Transport {
    /// Carries the records one after another: what a transport does that can't do better.
    public func send(batch records: [Record]) async -> [Result<Delivery, TransportError>] {
        var results: [Result<Delivery, TransportError>] = []
        results.reserveCapacity(records.count)
        for record in records {
            do throws(TransportError) {
                results.append(.success(try await send(record)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }
}

/// Why a transport could not carry a record.
public struct TransportError: Error, Hashable, Sendable {
    /// The kinds of failure, of which ``TransportError/isRetriable`` depends.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The other end can't be reached.
        case unavailable
        /// The other end refused the record.
        case rejected
        /// No room for more records now.
        case queueFull = "queue_full"
        /// The record is larger than the other end takes.
        case tooLarge = "too_large"
        /// The other end knows no such topic or partition.
        case unknownTopic = "unknown_topic"
        /// Wrong credentials, or not allowed.
        case notAuthorized = "not_authorized"
        /// Not started yet, or shut down.
        case notRunning = "not_running"
        /// The waiting task was cancelled; the record may still arrive.
        case cancelled
        /// Reading or writing a file failed.
        case inputOutput = "input_output"
    }

    /// What kind of failure it is.
    public var kind: Kind
    /// What happened, without secrets and without the record's content.
    public var message: String

    /// A failure of a kind, and what there is to say of it.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether the same record may get through when it is tried again.
    public var isRetriable: Bool {
        switch kind {
        case .unavailable, .queueFull: true
        case .rejected, .tooLarge, .unknownTopic, .notAuthorized, .notRunning, .cancelled, .inputOutput: false
        }
    }
}

extension TransportError: CustomStringConvertible {
    public var description: String { "\(kind.rawValue): \(message)" }
}

/// How a transport fares.
public struct TransportHealth: Hashable, Codable, Sendable {
    /// How good or bad things stand.
    public enum Status: String, Hashable, Codable, Sendable, CaseIterable {
        case healthy, degraded, unhealthy
    }

    /// The whole in one word.
    public var status: Status
    /// What there is to say, by name, without secrets.
    public var details: [String: String]

    /// A state of health, and what there is to say of it.
    public init(_ status: Status, details: [String: String] = [:]) {
        self.status = status
        self.details = details
    }
}
