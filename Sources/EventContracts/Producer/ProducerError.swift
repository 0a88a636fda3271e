public import JSONTape

/// An error of a message that was not delivered, or not acknowledged.
///
/// After ``unknown(_:)`` the message may have been delivered, or may still be. After all other errors it was not, and will
/// not be.
///
/// Descriptions contain nothing from a message, so that they can be logged: for an invalid message, they name the places
/// and the keywords by the contract's own names. The failures that the case carries have the content in
/// ``ValidationFailure/detailedDescription``.
public enum ProducerError: Error, Hashable, Sendable {
    /// The message can't be written as JSON. The place is that of the value, by the contract's names as in
    /// ``ValidationFailure/path``; `nil` where it is not known.
    case encoding(JSONEncodingError, at: String?)
    /// The encoding of the message is not valid JSON. This never happens with generated code.
    case malformed(JSONSyntaxError)
    /// The message breaks the contract.
    case invalid([ValidationFailure])
    /// A sensitive value can't be encrypted.
    case encryption(EncryptionError)
    /// The record has more bytes of key, value and headers than the configuration allows.
    case tooLarge(size: Int, maximum: Int)
    /// The transport failed, and either a retry is not useful or all retries were used up.
    case transport(TransportError)
    /// The transport did not get the message in time.
    case timedOut(after: Duration)
    /// The waiting task was cancelled before the transport got the message.
    case cancelled
    /// Too many messages in the background are not completed.
    case backgroundQueueFull(QueueLimit)
    /// The producer is shut down.
    case notRunning
    /// The message was accepted, but the transport did not get it before the deadline of the producer's shutdown.
    case shutDown
    /// The transport got the message, and did not acknowledge it: it may have been delivered, or may still be.
    case unknown(UnknownOutcome)

    /// The reason in one word, by which statistics and metrics count. The raw values are stable.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case encoding
        case malformed
        case invalid
        case encryption
        case missingKey = "missing_key"
        case tooLarge = "too_large"
        case transportUnavailable = "transport_unavailable"
        case transportRejected = "transport_rejected"
        case transportQueueFull = "transport_queue_full"
        case transportTooLarge = "transport_too_large"
        case transportUnknownTopic = "transport_unknown_topic"
        case transportNotAuthorized = "transport_not_authorized"
        case transportNotRunning = "transport_not_running"
        case transportCancelled = "transport_cancelled"
        case transportInputOutput = "transport_input_output"
        case timedOut = "timed_out"
        case cancelled
        case backgroundQueueFull = "background_queue_full"
        case notRunning = "not_running"
        case shutDown = "shut_down"
        case outcomeUnknown = "outcome_unknown"
    }

    /// The reason, without the details.
    public var reason: Reason {
        switch self {
        case .encoding: .encoding
        case .malformed: .malformed
        case .invalid: .invalid
        case .encryption(let error): error.isMissingKey ? .missingKey : .encryption
        case .tooLarge: .tooLarge
        case .transport(let error): error.kind.reason
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .backgroundQueueFull: .backgroundQueueFull
        case .notRunning: .notRunning
        case .shutDown: .shutDown
        case .unknown: .outcomeUnknown
        }
    }

    /// Whether the message may have been delivered.
    public var isOutcomeUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}

/// The reason why the outcome of a message is unknown.
public enum UnknownOutcome: Hashable, Sendable {
    /// No acknowledgement came in time.
    case timedOut(after: Duration)
    /// The waiting task was cancelled.
    case cancelled
    /// The producer shut down first.
    case shutDown
    /// The transport reports that it does not know: a connection broke after the record was sent, for example.
    case unacknowledged(TransportError)
}

/// A limit of the messages that are in the background at once.
public enum QueueLimit: Hashable, Sendable {
    case messages(Int)
    case bytes(Int)
}

extension TransportError.Kind {
    fileprivate var reason: ProducerError.Reason {
        switch self {
        case .unavailable: .transportUnavailable
        case .rejected: .transportRejected
        case .queueFull: .transportQueueFull
        case .tooLarge: .transportTooLarge
        case .unknownTopic: .transportUnknownTopic
        case .notAuthorized: .transportNotAuthorized
        case .notRunning: .transportNotRunning
        case .cancelled: .transportCancelled
        case .inputOutput: .transportInputOutput
        }
    }
}

extension ProducerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .encoding(let error, let place):
            return "the message can't be encoded: " + (place.map { "\($0): " } ?? "") + "\(error)"
        case .malformed(let error): return "the message's encoding is not JSON: \(error)"
        case .invalid(let failures):
            let shown = failures.prefix(8).map(\.description)
            let others = failures.count - shown.count
            return "invalid message: \(shown.joined(separator: "; "))"
                + (others > 0 ? " and \(others) more" : "")
        case .encryption(let error): return "a sensitive value can't be encrypted: \(error)"
        case .tooLarge(let size, let maximum): return "the record has \(size) bytes, \(maximum) are allowed"
        case .transport(let error): return "the transport failed: \(error)"
        case .timedOut(let timeout): return "not sent within \(timeout)"
        case .cancelled: return "cancelled before it was sent"
        case .backgroundQueueFull(.messages(let limit)): return "\(limit) messages are in the background already"
        case .backgroundQueueFull(.bytes(let limit)): return "messages of \(limit) bytes are in the background already"
        case .notRunning: return "the producer is not running"
        case .shutDown: return "not sent before the producer shut down"
        case .unknown(let reason): return "\(reason), it may have been delivered"
        }
    }
}

extension UnknownOutcome: CustomStringConvertible {
    public var description: String {
        switch self {
        case .timedOut(let timeout): "no acknowledgement within \(timeout)"
        case .cancelled: "cancelled while it waited for the acknowledgement"
        case .shutDown: "no acknowledgement before the producer shut down"
        case .unacknowledged(let error): "no acknowledgement: \(error)"
        }
    }
}
