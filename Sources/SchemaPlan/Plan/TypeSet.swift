package import JSONTape

/// A set of JSON types, as the `type` keyword of all drafts states one.
package struct TypeSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let null = TypeSet(rawValue: 1)
    package static let boolean = TypeSet(rawValue: 2)
    /// All numbers.
    package static let number = TypeSet(rawValue: 4)
    /// Numbers without a fraction, such as `1` and `1.0`.
    package static let integer = TypeSet(rawValue: 8)
    /// Numbers written without fraction and exponent: the integers of draft 4.
    package static let integerLiteral = TypeSet(rawValue: 16)
    package static let string = TypeSet(rawValue: 32)
    package static let array = TypeSet(rawValue: 64)
    package static let object = TypeSet(rawValue: 128)

    /// All values.
    package static let any: TypeSet = [.null, .boolean, .number, .string, .array, .object]

    /// The set without members that others include: no `integer` beside `number`.
    package var normalized: TypeSet {
        var set = self
        if set.contains(.number) { set.subtract([.integer, .integerLiteral]) }
        if set.contains(.integer) { set.remove(.integerLiteral) }
        return set
    }

    /// Returns the types whose values belong to both sets.
    package func intersected(with other: TypeSet) -> TypeSet {
        var common = normalized.intersection(other.normalized)
        let numeric: [TypeSet] = [.integerLiteral, .integer, .number]
        let left = numeric.first { self.normalized.contains($0) }
        let right = numeric.first { other.normalized.contains($0) }
        common.subtract([.number, .integer, .integerLiteral])
        if let left, let right { common.insert(left.rawValue > right.rawValue ? left : right) }
        return common
    }

    /// Creates the type of the values of a node's kind; `number` for all numbers.
    package init(_ kind: JSONTape.Kind) {
        switch kind {
        case .null: self = .null
        case .true, .false: self = .boolean
        case .number: self = .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// Returns whether the set includes a value on a tape.
    package func contains(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Bool {
        let kind = tape.kind(at: node)
        if contains(TypeSet(kind)) { return true }
        guard kind == .number else { return false }
        if contains(.integer) { return tape.isInteger(at: node) }
        return contains(.integerLiteral) && tape.isIntegerLiteral(at: node)
    }
}

extension TypeSet {
    /// The types by name, in the order of the specification.
    package static let names: [(name: String, set: TypeSet, phrase: String)] = [
        ("null", .null, "null"), ("boolean", .boolean, "a boolean"), ("object", .object, "an object"),
        ("array", .array, "an array"), ("number", .number, "a number"), ("integer", .integer, "a whole number"),
        ("string", .string, "a string"),
    ]

    /// The set in words for a failure: "a string or null".
    package var phrase: String {
        var phrases = Self.names.filter { contains($0.set) }.map(\.phrase)
        if contains(.integerLiteral) { phrases.append("a whole number without fraction or exponent") }
        guard let last = phrases.popLast() else { return "no value" }
        return phrases.isEmpty ? last : phrases.joined(separator: ", ") + " or " + last
    }
}
