public import JSONTape

/// Why a message was not sent.
///
/// Descriptions contain nothing from a message, so that they can be logged: for an invalid message, they name the places
/// and the keywords by the contract's own names. The failures that the case carries have the content in
/// ``ValidationFailure/detailedDescription``.
public enum ProducerError: Error, Hashable, Sendable {
    /// The message can't be written as JSON.
    case encoding(JSONEncodingError)
    /// What the message wrote of itself is no JSON text. Generated code never does that.
    case malformed(JSONSyntaxError)
    /// The message is not what the contract says.
    case invalid([ValidationFailure])
    /// The record has more bytes of key, value and headers than the configuration allows.
    case tooLarge(size: Int, maximum: Int)
    /// The transport could not carry it, and either it was no use to try again or all retries were used up.
    case transport(TransportError)
    /// No outcome in time. The record may still arrive.
    case timedOut(after: Duration)
    /// The waiting task was cancelled. The record may still arrive.
    case cancelled
    /// Too many messages wait in the background.
    case backgroundQueueFull(capacity: Int)
    /// The producer has not been started, or is shut down.
    case notRunning
    /// The message was accepted, but not delivered before the producer's shutdown came to its deadline. It may still arrive.
    case shutDown

    /// Why, in one word: what statistics and metrics count by. The raw values are stable.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case encoding
        case malformed
        case invalid
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
    }

    /// Why, without the details.
    public var reason: Reason {
        switch self {
        case .encoding: .encoding
        case .malformed: .malformed
        case .invalid: .invalid
        case .tooLarge: .tooLarge
        case .transport(let error): error.kind.reason
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .backgroundQueueFull: .backgroundQueueFull
        case .notRunning: .notRunning
        case .shutDown: .shutDown
        }
    }
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
        case .encoding(let error): return "the message can't be encoded: \(error)"
        case .malformed(let error): return "the message's encoding is no JSON: \(error)"
        case .invalid(let failures):
            let shown = failures.prefix(8).map(\.description)
            let others = failures.count - shown.count
            return "invalid message: \(shown.joined(separator: "; "))"
                + (others > 0 ? " and \(others) more" : "")
        case .tooLarge(let size, let maximum): return "the record has \(size) bytes, \(maximum) are allowed"
        case .transport(let error): return "the transport failed: \(error)"
        case .timedOut(let timeout): return "no outcome within \(timeout)"
        case .cancelled: return "cancelled while it waited for the outcome"
        case .backgroundQueueFull(let capacity): return "\(capacity) messages wait in the background, no more are taken"
        case .notRunning: return "the producer is not running"
        case .shutDown: return "not delivered before the producer shut down"
        }
    }
}
