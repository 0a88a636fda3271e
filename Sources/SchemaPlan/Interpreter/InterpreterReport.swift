import JSONTape

/// The receiver of an interpreter's results. Each reporting method returns whether to continue.
protocol InterpreterReport {
    mutating func fail(
        _ finding: @autoclosure () -> Finding, by keyword: Int32, at node: JSONTape.Index,
        of tape: borrowing JSONTape, _ tables: InterpreterTables
    ) -> Bool

    /// Reports that no branch, or more than one, is valid.
    ///
    /// - Parameter valid: The number of valid branches.
    mutating func failBranches(
        _ branches: Range<Int32>, valid: Int, by keyword: Int32, at node: JSONTape.Index,
        of tape: borrowing JSONTape, _ interpreter: inout SchemaInterpreter
    ) -> Bool

    /// Records that the failures that follow come from a part, until `leave`.
    mutating func enter(_ part: Plan.Part, _ tables: InterpreterTables)
    mutating func leave()

    /// Records that the value checked next belongs to a name that the schema does not state.
    mutating func enterMember(_ key: JSONTape.Index, of tape: borrowing JSONTape)
}

/// A condition that a value breaks.
enum Finding {
    /// The value is not as expected, in words: "a string".
    case expected(String)
    case missing(String)
    /// The member is not allowed.
    case unexpected
    case duplicate
}

/// The answer yes or no.
struct Verdict: InterpreterReport {
    @inline(__always)
    mutating func fail(
        _ finding: @autoclosure () -> Finding, by keyword: Int32, at node: JSONTape.Index,
        of tape: borrowing JSONTape, _ tables: InterpreterTables
    ) -> Bool { false }

    @inline(__always)
    mutating func failBranches(
        _ branches: Range<Int32>, valid: Int, by keyword: Int32, at node: JSONTape.Index,
        of tape: borrowing JSONTape, _ interpreter: inout SchemaInterpreter
    ) -> Bool { false }

    @inline(__always)
    mutating func enter(_ part: Plan.Part, _ tables: InterpreterTables) {}

    @inline(__always)
    mutating func leave() {}

    @inline(__always)
    mutating func enterMember(_ key: JSONTape.Index, of tape: borrowing JSONTape) {}
}
