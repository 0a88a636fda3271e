/// An error of a transport.
public struct TransportError: Error, Hashable, Sendable {
    /// The kinds of failure, which decide ``TransportError/isRetriable``.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The receiver can't be reached.
        case unavailable
        /// The receiver rejected the record.
        case rejected
        /// No room for more records now.
        case queueFull = "queue_full"
        /// The record is larger than the receiver accepts.
        case tooLarge = "too_large"
        /// The receiver has no such topic or partition.
        case unknownTopic = "unknown_topic"
        /// Invalid credentials, or missing permission.
        case notAuthorized = "not_authorized"
        /// Not started yet, or shut down.
        case notRunning = "not_running"
        /// The waiting task was cancelled; the record may still arrive.
        case cancelled
        /// Reading or writing a file failed.
        case inputOutput = "input_output"
    }

    /// The kind of failure.
    public var kind: Kind
    /// A description, without secrets and without the record's content.
    public var message: String

    /// Creates an error of a kind with its description.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether the same record may be delivered when it is sent again.
    public var isRetriable: Bool {
        switch kind {
        case .unavailable, .queueFull: true
        case .rejected, .tooLarge, .unknownTopic, .notAuthorized, .notRunning, .cancelled, .inputOutput: false
        }
    }
}

extension TransportError {
    /// The sender of a record stopped waiting while it waited for another of its key, or for its next attempt.
    static var notSentInTime: TransportError {
        TransportError(.cancelled, "not sent before its timeout")
    }

    /// A transport reports to one producer: a second one does not start on it.
    static var usedByAnotherProducer: TransportError {
        TransportError(.rejected, "another producer uses this transport")
    }
}

extension TransportError: CustomStringConvertible {
    public var description: String { "\(kind.rawValue): \(message)" }
}
