/// Why a message was not sent.
public enum ProducerError: Error, Hashable, Sendable {
    /// The message holds what JSON can't write.
    case encoding(JSONEncodingError)
    /// The message breaks its contract.
    case invalid([ValidationFailure])
    /// The message's JSON is larger than the producer sends.
    case tooLarge(bytes: Int, maximum: Int)
    /// The transport could not carry it, after all retries.
    case transport(TransportError)
    /// The time was up. The record may have arrived, or still arrive.
    case timedOut(after: Duration)
    /// The background queue is full.
    case queueFull
    /// The producer has not been started, or is shut down.
    case notRunning

    /// The error's kind in a word, as statistics count it.
    public var kind: String {
        switch self {
        case .encoding: "encoding"
        case .invalid: "invalid"
        case .tooLarge: "too_large"
        case .transport(let error): error.kind.rawValue
        case .timedOut: "timed_out"
        case .queueFull: "queue_full"
        case .notRunning: "not_running"
        }
    }
}

extension ProducerError: CustomStringConvertible {
    /// What went wrong, without the message's content: values stay out of logs.
    public var description: String {
        switch self {
        case .encoding(let error): "\(error)"
        case .invalid(let failures):
            "the message breaks its contract: "
                + failures.map { "\($0.instance) [\($0.schema)]" }.joined(separator: ", ")
        case .tooLarge(let bytes, let maximum): "the message is \(bytes) bytes large; at most \(maximum) are sent"
        case .transport(let error): "\(error)"
        case .timedOut(let limit): "not delivered within \(limit)"
        case .queueFull: "the background queue is full"
        case .notRunning: "the producer is not running"
        }
    }
}
