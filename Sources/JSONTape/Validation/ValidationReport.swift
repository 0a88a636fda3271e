/// What a validator tells of what it finds.
///
/// A validator is one piece of code for both of its passes. The first uses ``FirstFailure`` and stops at once; only
/// when it has stopped does the second run, with ``AllFailures``.
public protocol ValidationReport {
    /// Whether an enum that the contract declares open may hold values that it does not name.
    var allowsUnknownValues: Bool { get }

    /// Notes that a value is not what was expected.
    ///
    /// - Parameters:
    ///   - expected: What would have been right: "a string", "at least 1".
    ///   - schema: The keyword that says so: `job.schema.json#/type`.
    /// - Returns: Whether to go on.
    mutating func expected(
        _ expected: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Notes that an object has no member of a name that it must have, and returns whether to go on.
    mutating func missing(
        _ member: String, in object: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Notes that an object has a member that it must not have, and returns whether to go on.
    mutating func unexpected(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool

    /// Notes that an object has two members of one name, and returns whether to go on.
    mutating func duplicate(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool
}

/// Stops a validator at the first failure: the answer is yes or no.
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
}

/// Collects the failures, with their places in the value and in the schema.
///
/// It stops at a limit: to find a failure's place walks the tape, so that a long array of nothing but failures would
/// cost the square of its length.
public struct AllFailures: ValidationReport {
    /// How many failures are collected unless a caller says otherwise.
    public static var defaultLimit: Int { 100 }

    public let allowsUnknownValues: Bool
    public let limit: Int
    public private(set) var failures: [ValidationFailure] = []

    public init(allowsUnknownValues: Bool = false, limit: Int = AllFailures.defaultLimit) {
        self.allowsUnknownValues = allowsUnknownValues
        self.limit = limit
    }

    public mutating func expected(
        _ expected: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        note("expected \(expected), found \(tape.summary(of: node))", at: node, of: tape, by: schema())
    }

    public mutating func missing(
        _ member: String, in object: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        note("the member '\(member)' is missing", at: object, of: tape, by: schema())
    }

    public mutating func unexpected(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        note("the member \(tape.summary(of: key)) is not allowed", at: key, of: tape, by: schema())
    }

    public mutating func duplicate(
        _ key: JSONTape.Index, of tape: borrowing JSONTape, by schema: @autoclosure () -> String
    ) -> Bool {
        note("the member \(tape.summary(of: key)) is there twice", at: key, of: tape, by: schema())
    }

    private mutating func note(
        _ message: String, at node: JSONTape.Index, of tape: borrowing JSONTape, by schema: String
    ) -> Bool {
        guard failures.count < limit else { return false }
        failures.append(
            ValidationFailure(
                instance: tape.pointer(to: node), schema: schema, message: message,
                offset: tape.offset(of: node)))
        return failures.count < limit
    }
}

extension JSONTape {
    /// A value in a few words, for a failure's message. A long string or number is cut short.
    package func summary(of index: Index) -> String {
        switch kind(at: index) {
        case .null: "null"
        case .true: "true"
        case .false: "false"
        case .array: "an array"
        case .object: "an object"
        case .number: abbreviated(index)
        case .string: "'\(abbreviated(index))'"
        }
    }

    private func abbreviated(_ index: Index) -> String {
        count(at: index) <= 64 ? string(at: index) : prefix(ofStringAt: index, bytes: 61) + "..."
    }
}

/// Which of an object's members, by number, a validator has met.
public struct SeenMembers {
    @usableFromInline var bits: UInt64 = 0

    @inlinable
    public init() {}

    /// Notes a member (0 to 63); returns whether it is the first of its name.
    @inlinable @inline(__always)
    public mutating func insert(_ member: UInt64) -> Bool {
        let bit: UInt64 = 1 &<< member
        defer { bits |= bit }
        return bits & bit == 0
    }

    @inlinable @inline(__always)
    public func contains(_ member: UInt64) -> Bool { bits & (1 &<< member) != 0 }

    /// Whether all members of a mask have been met.
    @inlinable @inline(__always)
    public func containsAll(_ mask: UInt64) -> Bool { bits & mask == mask }
}
