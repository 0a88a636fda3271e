/// The reason why a JSON value can't become a Swift value, and its place.
///
/// The description contains no name and no value of the JSON text, so that it can be logged. ``reason`` and ``pointer`` do.
public struct JSONDecodingError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The value is of another kind, or its Swift type can't hold it.
        case expected(String, found: String)
        case missingMember(String)
        case duplicateMember(String)
        /// Two members have names that Swift's `String` takes for one, though they are not the same scalars.
        case equivalentMembers(String)
    }

    public var reason: Reason
    public var pointer: JSONPointer

    public init(_ reason: Reason, at pointer: JSONPointer) {
        self.reason = reason
        self.pointer = pointer
    }
}

extension JSONDecodingError: CustomStringConvertible {
    public var description: String { "\(reason)" }
}

extension JSONDecodingError.Reason: CustomStringConvertible {
    /// The reason without names of the JSON text: a missing member's name is the program's own.
    public var description: String {
        switch self {
        case .expected(let expected, let found): "expected \(expected), found \(found)"
        case .missingMember(let name): "missing member '\(name)'"
        case .duplicateMember: "duplicate member"
        case .equivalentMembers: "two members whose names are equal in Swift"
        }
    }
}
