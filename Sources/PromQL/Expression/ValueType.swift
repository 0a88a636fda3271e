/// The type of the value of a PromQL expression.
package enum ValueType: String, Sendable {
    case scalar
    case vector = "instant vector"
    case matrix = "range vector"
    case string

    /// The name with its article, for messages.
    package var described: String { self == .vector ? "an \(rawValue)" : "a \(rawValue)" }
}
