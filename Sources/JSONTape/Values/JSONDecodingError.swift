/// The reason why a JSON value can't become a Swift value, and its place.
///
/// The description contains only names of the program and no value of the JSON text, so that it can be logged. ``reason`` and
/// ``pointer`` may contain other names.
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
    /// The place in the text: `/labels/order-7/count`. It may contain map keys.
    public let pointer: JSONPointer
    /// The place with `*` for each name that is not the program's.
    private var shown: JSONPointer

    /// Creates an error at a place whose names are all the program's.
    public init(_ reason: Reason, at pointer: JSONPointer) {
        self.reason = reason
        self.pointer = pointer
        shown = pointer
    }

    /// The place with only the program's names, as a JSON Pointer with `*` for each other name: `/labels/*/count`.
    /// Positions in arrays are included. It is empty for the whole value.
    public var path: String { shown.description }

    /// Returns the error without the name of a map's member that contains its place.
    ///
    /// - Parameter depth: The number of tokens of the pointer that leads to the map.
    package func hidingName(below depth: Int) -> JSONDecodingError {
        guard depth < shown.tokens.count else { return self }
        var error = self
        error.shown.tokens[depth] = "*"
        return error
    }

    /// Returns the error of a value around its place.
    ///
    /// - Parameter length: The number of tokens of the pointer that leads to the value.
    package func shortened(to length: Int, _ reason: Reason) -> JSONDecodingError {
        var error = JSONDecodingError(reason, at: JSONPointer(tokens: Array(pointer.tokens.prefix(length))))
        error.shown.tokens = Array(shown.tokens.prefix(length))
        return error
    }
}

extension JSONDecodingError: CustomStringConvertible {
    public var description: String { "\(path.isEmpty ? "the root" : path): \(reason)" }
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
