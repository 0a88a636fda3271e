/// The members of a wide object: their names, which of them are required, and the types of those that have nothing but a
/// type. A generated validator consults it in place of code for each member.
public final class MemberTable: Sendable {
    private let table: NameTable
    /// The positions of the required members, in ascending order.
    private let required: [Int]
    private let types: [ValueType?]

    /// - Parameters:
    ///   - names: The members' names, in the schema's order.
    ///   - required: The positions of the required members.
    ///   - strings: The positions of the members whose schema asks for a string, and for nothing else. The other
    ///     parameters are the same for the other types.
    public init(
        _ names: [String], required: [Int] = [], strings: [Int] = [], integers: [Int] = [],
        integerLiterals: [Int] = [], numbers: [Int] = [], booleans: [Int] = [], arrays: [Int] = [], objects: [Int] = []
    ) {
        table = NameTable(names)
        self.required = required
        var types = [ValueType?](repeating: nil, count: names.count)
        let positions: [(ValueType, [Int])] = [
            (.string, strings), (.integer, integers), (.integerLiteral, integerLiterals), (.number, numbers),
            (.boolean, booleans), (.array, arrays), (.object, objects),
        ]
        for (type, positions) in positions {
            for position in positions { types[position] = type }
        }
        self.types = types
    }

    /// The position of a member's name; `nil` where the object's schema has no such property.
    public func position(of key: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int) -> Int? {
        table.position(of: key, in: tape, near: guess)
    }

    /// Whether a member's value has the type that the table has for it; true where the table has none.
    public func accepts(_ value: JSONTape.Index, at position: Int, in tape: borrowing JSONTape) -> Bool {
        types[position].map { $0.matches(value, in: tape) } ?? true
    }

    /// The type that a member must have, in words: "a string".
    public func expectation(at position: Int) -> String {
        types[position]?.expectation ?? ""
    }

    /// The end of a member's location in the schema: `/properties/status`.
    public func location(at position: Int) -> String {
        JSONPointer(tokens: ["properties", table.names[position]]).description
    }

    /// No members seen yet.
    public var noneSeen: SeenTableMembers { SeenTableMembers(count: table.names.count) }

    /// The names of the required members that were not seen, in the schema's order.
    public func missing(in seen: borrowing SeenTableMembers) -> [String] {
        var missing: [String] = []
        for position in required where !seen.contains(position) { missing.append(table.names[position]) }
        return missing
    }
}

/// A type that a schema asks for, and for nothing else.
private enum ValueType: UInt8, Sendable {
    case string, integer, integerLiteral, number, boolean, array, object

    func matches(_ value: JSONTape.Index, in tape: borrowing JSONTape) -> Bool {
        switch self {
        case .string: tape.kind(at: value) == .string
        case .integer: tape.isInteger(at: value)
        case .integerLiteral: tape.isIntegerLiteral(at: value)
        case .number: tape.kind(at: value) == .number
        case .boolean: tape.isBoolean(at: value)
        case .array: tape.kind(at: value) == .array
        case .object: tape.kind(at: value) == .object
        }
    }

    var expectation: String {
        switch self {
        case .string: "a string"
        case .integer: "a whole number"
        case .integerLiteral: "a whole number without fraction or exponent"
        case .number: "a number"
        case .boolean: "a boolean"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// Which members of a ``MemberTable`` a validator has met.
public struct SeenTableMembers: ~Copyable {
    private var words: [UInt64]

    init(count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// Notes a member; returns whether it is the first of its name.
    public mutating func insert(_ position: Int) -> Bool {
        let bit: UInt64 = 1 &<< UInt64(position & 63)
        defer { words[position >> 6] |= bit }
        return words[position >> 6] & bit == 0
    }

    func contains(_ position: Int) -> Bool { words[position >> 6] & (1 &<< UInt64(position & 63)) != 0 }
}
