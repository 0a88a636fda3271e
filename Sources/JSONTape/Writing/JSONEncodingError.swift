/// The reason why a value can't be written as JSON.
public enum JSONEncodingError: Error, Hashable, Sendable {
    /// A number is infinite or not a number.
    case nonFiniteNumber
    /// Arrays and objects nest deeper than ``JSONTape/defaultMaximumDepth``, so that no reader would take the text.
    case tooDeep
}

extension JSONEncodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nonFiniteNumber: "a number is infinite or not a number, which JSON can't write"
        case .tooDeep: "arrays and objects nest deeper than \(JSONTape.defaultMaximumDepth)"
        }
    }
}
