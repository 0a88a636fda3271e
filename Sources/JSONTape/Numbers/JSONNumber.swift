/// A JSON number that keeps its value exactly: an integer, a double, or, where neither can hold it, its literal.
///
/// Two numbers are equal when their values are, however they were written: `1`, `1.0` and `1e0` are one number
/// (JSON Schema 2020-12 core, section 4.2.2). A `Double` counts as what JSON writes for it, the shortest decimal that
/// reads back as it: `0.1` is a tenth.
public struct JSONNumber: Hashable, Sendable {
    /// Each value has one form only, the first of these that can hold it, so that equal values are equal members.
    package enum Storage: Hashable {
        case integer(Int64)
        case double(Double)
        case literal(String)
    }

    package let storage: Storage

    public init(_ value: some BinaryInteger) {
        if let exact = Int64(exactly: value) {
            storage = .integer(exact)
        } else {
            let text = String(value)
            storage = Decimal(text.utf8).map { Self.storage(for: $0, literal: text) } ?? .literal(text)
        }
    }

    /// Creates the number of a double's shortest text; `nil` for infinity and not-a-number, which JSON can't write.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if let exact = Int64(exactly: value), exact.magnitude < 1 << 53 {
            storage = .integer(exact)
        } else if value.magnitude < 0x1p63, let shortest = Decimal(value.description.utf8), let exact = shortest.int64 {
            // Past 2⁵³ the shortest decimal need not be the double's own value.
            storage = .integer(exact)
        } else {
            storage = .double(value)
        }
    }

    /// Parses a JSON number (RFC 8259, section 6); `nil` if the text is invalid.
    public init?(literal: String) {
        guard let decimal = Decimal(literal.utf8) else { return nil }
        self.init(decimal, literal: literal)
    }

    /// Creates a number whose literal has been checked already.
    init(_ decimal: Decimal, literal: @autoclosure () -> String) {
        storage = Self.storage(for: decimal, literal: literal())
    }

    private static func storage(for decimal: Decimal, literal: @autoclosure () -> String) -> Storage {
        if let integer = decimal.int64 { return .integer(integer) }
        if let double = Double(literal()), double.isFinite, Decimal(double.description.utf8) == decimal {
            return .double(double)
        }
        return .literal(decimal.description)
    }

    /// The value where it is a whole number that fits; `nil` otherwise.
    public var int64Value: Int64? {
        if case .integer(let value) = storage { value } else { nil }
    }

    /// The value where it is a whole number from 0 that fits; `nil` otherwise.
    public var uint64Value: UInt64? {
        if let value = int64Value { return UInt64(exactly: value) }
        return Decimal(description.utf8)?.uint64
    }

    /// The nearest double; infinite where the value is beyond every double.
    public var doubleValue: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .literal(let text): Double(text) ?? .nan
        }
    }

    /// Whether the value has no fraction, however large it is.
    public var isInteger: Bool {
        switch storage {
        case .integer: true
        case .double(let value): value.rounded(.towardZero) == value
        case .literal(let text): Decimal(text.utf8)?.isInteger ?? false
        }
    }
}

extension JSONNumber {
    /// Returns whether the value is a whole number of times `divisor`, which must not be 0.
    public func isMultiple(of divisor: Int64) -> Bool {
        guard divisor != 0 else { return false }
        if case .integer(let value) = storage { return value.isMultiple(of: divisor) }
        return Decimal(description.utf8)?.isMultiple(of: divisor.magnitude) ?? false
    }

    /// Returns whether the value is a whole number of times a divisor, exactly: `0.3` is a multiple of `0.1`. False for a
    /// divisor of zero.
    public func isMultiple(of divisor: JSONNumber) -> Bool {
        if case .integer(let value) = storage, case .integer(let divisor) = divisor.storage {
            return divisor != 0 && value.isMultiple(of: divisor)
        }
        guard let value = Decimal(description.utf8), let divisor = Decimal(divisor.description.utf8) else {
            return false
        }
        return value.isMultiple(of: divisor)
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as JSON writes it.
    public var description: String {
        switch storage {
        case .integer(let value): value.description
        case .double(let value): value.jsonDescription
        case .literal(let text): text
        }
    }
}

extension JSONNumber: Comparable {
    public static func < (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        if case .integer(let left) = lhs.storage, case .integer(let right) = rhs.storage { return left < right }
        guard let left = Decimal(lhs.description.utf8), let right = Decimal(rhs.description.utf8) else { return false }
        return left < right
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    public init(integerLiteral value: Int64) {
        storage = .integer(value)
    }

    public init(floatLiteral value: Double) {
        self = JSONNumber(value) ?? 0
    }
}
