// What generated validators ask for again and again. Each returns whether to go on.

extension ValidationReport {
    /// Demands a string.
    @inlinable @inline(__always)
    public mutating func string(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.kind(at: node) == .string || expected("a string", at: node, of: tape, by: schema() + "/type")
    }

    /// Demands a number without a fraction.
    @inlinable @inline(__always)
    public mutating func integer(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.isInteger(at: node) || expected("a whole number", at: node, of: tape, by: schema() + "/type")
    }

    /// Demands a number that is written without fraction and exponent.
    @inlinable @inline(__always)
    public mutating func integerLiteral(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.isIntegerLiteral(at: node)
            || expected("a whole number without fraction or exponent", at: node, of: tape, by: schema() + "/type")
    }

    /// Demands a number.
    @inlinable @inline(__always)
    public mutating func number(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.kind(at: node) == .number || expected("a number", at: node, of: tape, by: schema() + "/type")
    }

    /// Demands true or false.
    @inlinable @inline(__always)
    public mutating func boolean(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.isBoolean(at: node) || expected("a boolean", at: node, of: tape, by: schema() + "/type")
    }

    /// Demands an array.
    @inlinable @inline(__always)
    public mutating func array(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.kind(at: node) == .array || expected("an array", at: node, of: tape, by: schema() + "/type")
    }

    /// Demands an object.
    @inlinable @inline(__always)
    public mutating func object(
        _ node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        tape.kind(at: node) == .object || expected("an object", at: node, of: tape, by: schema() + "/type")
    }
}

extension ValidationReport {
    /// Demands a member, and returns whether to go on. An object that is not there has been reported already.
    @inlinable
    public mutating func require(
        _ name: StaticString, in object: JSONTape.Index?, of tape: borrowing JSONTape,
        by schema: @autoclosure () -> String
    ) -> Bool {
        guard let object, tape.member(named: name, of: object) == nil else { return true }
        return missing(name.description, in: object, of: tape, by: schema())
    }

    /// Demands that an object lacks a member, and returns whether to go on.
    public mutating func require(
        no name: String, in object: JSONTape.Index?, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        guard let object, tape.kind(at: object) == .object else { return true }
        var key = tape.first(in: object)
        let end = tape.end(of: object)
        while key != end {
            if tape.string(at: key, equals: name) {
                return expected("no such member", at: tape.value(ofKey: key), of: tape, by: schema())
            }
            key = tape.end(of: tape.value(ofKey: key))
        }
        return true
    }

    /// Demands a member with one string as its value, and returns whether to go on.
    @inlinable
    public mutating func require(
        _ name: StaticString, in object: JSONTape.Index?, of tape: borrowing JSONTape, toBe value: StaticString,
        by schema: @autoclosure () -> String
    ) -> Bool {
        guard let object else { return true }
        guard let member = tape.member(named: name, of: object) else {
            return missing(name.description, in: object, of: tape, by: schema())
        }
        return tape.string(at: member, is: value) || expected("'\(value)'", at: member, of: tape, by: schema())
    }

    /// Demands a member with one value, and returns whether to go on.
    public mutating func require(
        _ name: String, in object: JSONTape.Index?, of tape: borrowing JSONTape, toEqual value: JSONValue,
        by schema: @autoclosure () -> String
    ) -> Bool {
        guard let object else { return true }
        guard let member = tape.member(name, of: object) else {
            return missing(name, in: object, of: tape, by: schema())
        }
        if let found = try? tape.value(at: member), found == value { return true }
        return expected(value.shortDescription, at: member, of: tape, by: schema())
    }
}

extension JSONValue {
    /// The value as a failure's message names it.
    package var shortDescription: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): value.description
        case .string(let value): "'\(value)'"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
