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
    /// Returns the error of a value of an unexpected kind.
    public func mismatch(at index: Index, expected: String) -> JSONDecodingError {
        JSONDecodingError(.expected(expected, found: kind(at: index).name), at: pointer(to: index))
    }

    /// Returns the error of an object without a required member.
    public func missing(_ name: String, in object: Index) -> JSONDecodingError {
        JSONDecodingError(.missingMember(name), at: pointer(to: object))
    }

    /// Returns the error of a map's member without the member's name, which is not the program's.
    @inline(never)
    package func hidingName(_ error: JSONDecodingError, in map: Index) -> JSONDecodingError {
        error.hidingName(below: pointer(to: map).tokens.count)
    }
}
