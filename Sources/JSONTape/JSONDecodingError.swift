/// Why a JSON value can't become a Swift value, and where it is.
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

extension JSONDecodingError.Reason {
    /// The reason without names from the value: only those that the contract states.
    package var redactedDescription: String {
        switch self {
        case .expected(let expected, let found): "expected \(expected), found \(found)"
        case .missingMember(let name): "missing member '\(name)'"
        case .duplicateMember: "duplicate member"
        case .equivalentMembers: "two members whose names are equal in Swift"
        }
    }
}

extension JSONDecodingError: CustomStringConvertible {
    public var description: String {
        let place = pointer.tokens.isEmpty ? "the root" : pointer.description
        return switch reason {
        case .expected(let expected, let found): "\(place): expected \(expected), found \(found)"
        case .missingMember(let name): "\(place): missing member '\(name)'"
        case .duplicateMember(let name): "\(place): duplicate member '\(name)'"
        case .equivalentMembers(let name):
            "\(place): the member '\(name)' is there in two forms of Unicode, of which a dictionary holds one"
        }
    }
}

extension JSONTape.Kind {
    /// The kind in words: "a string".
    public var name: String {
        switch self {
        case .null: "null"
        case .false, .true: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONTape {
    /// The error of a value that is not what its schema says.
    public func mismatch(at index: Index, expected: String) -> JSONDecodingError {
        JSONDecodingError(.expected(expected, found: kind(at: index).name), at: pointer(to: index))
    }

    /// The error of an object without a member that it must have.
    public func missing(_ name: String, in object: Index) -> JSONDecodingError {
        JSONDecodingError(.missingMember(name), at: pointer(to: object))
    }
}
