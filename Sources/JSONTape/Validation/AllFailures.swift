/// All failures, with their places in the value and in the schema.
///
/// It stops at a limit: to find a failure's place walks the tape, so that a long array of nothing but failures would
/// cost the square of its length.
public struct AllFailures: ValidationReport {
    /// The default maximum number of failures.
    public static var defaultLimit: Int { 100 }

    public let allowsUnknownValues: Bool
    public let limit: Int
    public private(set) var failures: [ValidationFailure] = []
    /// The keys on the way to the current value that are not the contract's names, outermost first. Keys of values that
    /// have been left may follow; they are on no way to a later value.
    private var openKeys: [JSONTape.Index] = []

    public init(allowsUnknownValues: Bool = false, limit: Int = AllFailures.defaultLimit) {
        self.allowsUnknownValues = allowsUnknownValues
        self.limit = limit
    }

    public mutating func expected(
        _ expected: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        let reason = "expected \(expected)"
        return note(reason, "\(reason), found \(tape.summary(of: node))", at: node, of: tape, by: schema())
    }

    public mutating func missing(
        _ member: String, in object: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        let reason = "missing member '\(member)'"
        return note(reason, reason, at: object, of: tape, by: schema())
    }

    public mutating func unexpected(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        enter(key, of: tape)
        return note("unknown member", "unknown member \(tape.summary(of: key))", at: key, of: tape, by: schema())
    }

    public mutating func duplicate(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        let reason = "duplicate member \(tape.summary(of: key))"
        return note(reason, reason, at: key, of: tape, by: schema())
    }

    public mutating func enter(_ key: JSONTape.Index, of tape: borrowing JSONTape) {
        while let last = openKeys.last, tape.end(of: tape.value(ofKey: last)).raw <= key.raw { openKeys.removeLast() }
        openKeys.append(key)
    }

    private mutating func note(
        _ reason: String, _ message: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: String
    ) -> Bool {
        guard failures.count < limit else { return false }
        let path = tape.pointer(to: node) { openKeys.contains($0) ? "*" : nil }
        failures.append(
            ValidationFailure(
                instance: tape.pointer(to: node), path: path.description, schema: schema, message: message,
                reason: reason, offset: tape.offset(of: node)))
        return failures.count < limit
    }
}
