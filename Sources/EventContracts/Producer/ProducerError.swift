public import JSONTape

/// Why a message was not sent.
///
/// Descriptions tell nothing of a message's content, so that they can be logged: of an invalid message, they name the
/// contract's words that it breaks. The failures that the case carries do quote the content.
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

    /// The error's type in one word, the same for all errors of a kind: what statistics count by.
    public var type: String {
        switch self {
        case .encoding: "encoding"
        case .malformed: "malformed"
        case .invalid: "invalid"
        case .tooLarge: "too_large"
        case .transport(let error): "transport_" + error.kind.rawValue
        case .timedOut: "timed_out"
        case .cancelled: "cancelled"
        case .backgroundQueueFull: "background_queue_full"
        case .notRunning: "not_running"
        case .shutDown: "shut_down"
        }
    }
}

extension ProducerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .encoding(let error): return "the message can't be encoded: \(error)"
        case .malformed(let error): return "the message's encoding is no JSON: \(error)"
        case .invalid(let failures):
            let shown = failures.prefix(8).map { "\($0.schema) (at byte \($0.offset))" }
            let others = failures.count - shown.count
            return "the message is invalid, it breaks \(shown.joined(separator: ", "))"
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
