// The requirements of events' rules. Each function returns whether to continue.

extension ValidationReport {
    /// Requires a member, and returns whether to continue. A missing object has been reported already.
    @inlinable
    public mutating func require(
        _ name: StaticString, in object: JSONTape.Index?, of tape: borrowing JSONTape,
        by schema: @autoclosure () -> String
    ) -> Bool {
        guard let object, tape.member(named: name, of: object) == nil else { return true }
        return missing(name.description, in: object, of: tape, by: schema())
    }

    /// Requires that an object lacks a member, and returns whether to continue.
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

    /// Requires a member with one string as its value, and returns whether to continue.
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

    /// Requires a member with one value, and returns whether to continue.
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
