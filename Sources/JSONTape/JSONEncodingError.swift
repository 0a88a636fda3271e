/// Why a value can't be written as JSON.
public enum JSONEncodingError: Error, Hashable, Sendable {
    /// A number is infinite or not a number.
    case nonFiniteNumber
}

extension JSONEncodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nonFiniteNumber: "a number is infinite or not a number, which JSON can't write"
        }
    }
}
