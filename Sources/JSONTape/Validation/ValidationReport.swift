/// The failures that a validator reports.
///
/// A validator is one piece of code for both of its passes. The first uses ``FirstFailure`` and stops at once; only
/// when it has stopped does the second run, with ``AllFailures``.
public protocol ValidationReport {
    /// Whether an enum that the contract declares open may hold values that it does not name.
    var allowsUnknownValues: Bool { get }

    /// Records that a value is not as expected.
    ///
    /// - Parameters:
    ///   - expected: The expected value: "a string", "at least 1".
    ///   - schema: The keyword that requires it: `job.schema.json#/type`.
    /// - Returns: Whether to continue.
    mutating func expected(
        _ expected: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Records that an object has no member of a name that it must have, and returns whether to continue.
    mutating func missing(
        _ member: String, in object: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Records that an object has a member that it must not have, and returns whether to continue.
    mutating func unexpected(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Records that an object has two members of one name, and returns whether to continue.
    mutating func duplicate(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Records that the value validated next belongs to a member whose name the contract does not state, such as a key of
    /// a map.
    mutating func enter(_ key: JSONTape.Index, of tape: borrowing JSONTape)
}

/// A report that stops a validator at the first failure: the answer is yes or no.
public struct FirstFailure: ValidationReport {
    public let allowsUnknownValues: Bool

    @inlinable
    public init(allowsUnknownValues: Bool = false) {
        self.allowsUnknownValues = allowsUnknownValues
    }

    @inlinable @inline(__always)
    public mutating func expected(
        _ expected: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool { false }

    @inlinable @inline(__always)
    public mutating func missing(
        _ member: String, in object: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool { false }

    @inlinable @inline(__always)
    public mutating func unexpected(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool { false }

    @inlinable @inline(__always)
    public mutating func duplicate(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool { false }

    @inlinable @inline(__always)
    public mutating func enter(_ key: JSONTape.Index, of tape: borrowing JSONTape) {}
}
