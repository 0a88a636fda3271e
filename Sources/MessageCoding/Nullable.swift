import JSONTape

/// A member that may be absent, and whose value may be `null`, where the two have different meanings.
///
/// ```swift
/// order.note = .null         // {"note": null}
/// order.note = .absent       // {}
/// order.note = "fragile"     // {"note": "fragile"}
/// if let text = order.note.value { print(text) }
/// ```
public enum Nullable<Wrapped> {
    /// The member is absent.
    case absent
    /// The member is `null`.
    case null
    case value(Wrapped)

    /// The value; `nil` where the member is absent or `null`.
    public var value: Wrapped? {
        if case .value(let value) = self { value } else { nil }
    }

    /// Creates a value, or `absent` for `nil`.
    public init(_ value: Wrapped?) {
        self = value.map { .value($0) } ?? .absent
    }

    /// Creates a value, or `null` for `nil`.
    public init(orNull value: Wrapped?) {
        self = value.map { .value($0) } ?? .null
    }
}

extension Nullable: Sendable where Wrapped: Sendable {}
extension Nullable: Equatable where Wrapped: Equatable {}
extension Nullable: Hashable where Wrapped: Hashable {}

extension Nullable: ExpressibleByUnicodeScalarLiteral where Wrapped: ExpressibleByUnicodeScalarLiteral {
    public init(unicodeScalarLiteral value: Wrapped.UnicodeScalarLiteralType) {
        self = .value(Wrapped(unicodeScalarLiteral: value))
    }
}

extension Nullable: ExpressibleByExtendedGraphemeClusterLiteral
where Wrapped: ExpressibleByExtendedGraphemeClusterLiteral {
    public init(extendedGraphemeClusterLiteral value: Wrapped.ExtendedGraphemeClusterLiteralType) {
        self = .value(Wrapped(extendedGraphemeClusterLiteral: value))
    }
}

extension Nullable: ExpressibleByStringLiteral where Wrapped: ExpressibleByStringLiteral {
    public init(stringLiteral value: Wrapped.StringLiteralType) { self = .value(Wrapped(stringLiteral: value)) }
}

extension Nullable: ExpressibleByIntegerLiteral where Wrapped: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Wrapped.IntegerLiteralType) { self = .value(Wrapped(integerLiteral: value)) }
}

extension Nullable: ExpressibleByFloatLiteral where Wrapped: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Wrapped.FloatLiteralType) { self = .value(Wrapped(floatLiteral: value)) }
}

extension Nullable: ExpressibleByBooleanLiteral where Wrapped: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Wrapped.BooleanLiteralType) { self = .value(Wrapped(booleanLiteral: value)) }
}
