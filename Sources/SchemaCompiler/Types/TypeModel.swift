package import ContractModel
package import JSONSchema
package import JSONTape

/// A Swift type that a schema becomes.
package indirect enum SwiftType: Hashable, Sendable {
    case string
    case integer
    case unsignedInteger
    case double
    /// A `JSONNumber`, which holds every number.
    case exactNumber
    case bool
    /// A `JSONNull`.
    case null
    case timestamp
    /// Foundation's `UUID`.
    case uuid
    /// A `CalendarDate`.
    case date
    /// Foundation's `URL`.
    case url
    /// Any JSON value.
    case value
    /// An object whose members the schema leaves open.
    case object
    case array(SwiftType)
    /// An object with any names, and values of one type.
    case dictionary(SwiftType)
    /// A value or `null`: an `Optional`.
    case optional(SwiftType)
    /// A value, `null`, or an absent member: a `Nullable`.
    case nullable(SwiftType)
    /// A `Sensitive` value, which no description shows.
    case sensitive(SwiftType)
    /// A generated `struct` of members, by its path from the module's scope.
    case structure([String])
    /// A generated `enum` of strings.
    case enumeration([String])
    /// A generated type of another kind: a union, a tuple, or constants.
    case composite([String])
}

/// A value that a contract gives, as Swift can write it.
package enum LiteralValue: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case double(Double)
    case bool(Bool)
    /// A case of an enum, with the enum's path.
    case enumCase(String, rawValue: String, of: [String])

    /// Creates the literal of a value; `nil` where the value has a different type, or one whose values Swift can't
    /// write as a literal.
    ///
    /// - Parameter enumCase: The case of an enum, by its path, for a value; `nil` where it has none.
    init?(_ value: SourceNode, of type: SwiftType, enumCase: ([String], String) -> EnumType.Case?) {
        switch (type, value.content) {
        case (.optional(let inner), _):
            guard let literal = LiteralValue(value, of: inner, enumCase: enumCase) else { return nil }
            self = literal
        case (.string, .string(let text)): self = .string(text)
        case (.integer, .number(let number)):
            guard let whole = number.int64Value else { return nil }
            self = .integer(whole)
        case (.double, .number(let number)):
            guard number.doubleValue.isFinite else { return nil }
            self = .double(number.doubleValue)
        case (.bool, .bool(let flag)): self = .bool(flag)
        case (.enumeration(let path), .string(let text)):
            guard let found = enumCase(path, text) else { return nil }
            self = .enumCase(found.name, rawValue: text, of: path)
        default: return nil
        }
    }
}

/// The only value that a property or an element can have.
package enum OnlyValue: Hashable, Sendable {
    /// The case of an enum that has no other.
    case enumCase(String)
    /// A Boolean whose schema allows only this value.
    case bool(Bool)
    case null
}

extension LiteralValue {
    /// The value as documentation shows it.
    var words: String {
        switch self {
        case .string(let text), .enumCase(_, let text, _): "'\(text)'"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .bool(let value): "\(value)"
        }
    }
}

extension SwiftType {
    /// Whether a ``LiteralValue`` can be of the type.
    var hasLiterals: Bool {
        switch self {
        case .string, .integer, .double, .bool, .enumeration: true
        case .optional(let inner): inner.hasLiterals
        case .timestamp, .uuid, .date, .url, .value, .object, .array, .dictionary, .structure, .unsignedInteger,
            .exactNumber, .null, .nullable, .sensitive, .composite:
            false
        }
    }

    /// Whether `null` is a value of the type, and is written for one of its values.
    package var mayBeNull: Bool {
        switch self {
        case .optional, .nullable: true
        default: false
        }
    }

    /// The type without `null`.
    package var withoutNull: SwiftType {
        switch self {
        case .optional(let inner), .nullable(let inner): inner
        default: self
        }
    }

    /// The type of the value itself: without `null`, and revealed.
    var content: SwiftType {
        if case .sensitive(let inner) = withoutNull { inner } else { withoutNull }
    }

    /// The type whose value, if it is not `null`, is sensitive.
    var asSensitive: SwiftType {
        switch self {
        case .optional(let inner): .optional(inner.asSensitive)
        case .nullable(let inner): .nullable(inner.asSensitive)
        case .sensitive: self
        default: .sensitive(self)
        }
    }
}

/// A type to be generated.
package enum TypeDeclaration: Sendable {
    case structure(StructType)
    case enumeration(EnumType)
    case constants(ConstantsType)
    case union(UnionType)
    case tuple(TupleType)

    /// The path from the module's scope: `["JobMessage", "Metadata"]`.
    package var path: [String] {
        switch self {
        case .structure(let type): type.path
        case .enumeration(let type): type.path
        case .constants(let type): type.path
        case .union(let type): type.path
        case .tuple(let type): type.path
        }
    }

    package var name: String { path.last ?? "" }

    /// The types that are nested in the type.
    package var nested: [TypeDeclaration] {
        get {
            switch self {
            case .structure(let type): type.nested
            case .union(let type): type.nested
            case .tuple(let type): type.nested
            case .enumeration, .constants: []
            }
        }
        set {
            switch self {
            case .structure(var type):
                type.nested = newValue
                self = .structure(type)
            case .union(var type):
                type.nested = newValue
                self = .union(type)
            case .tuple(var type):
                type.nested = newValue
                self = .tuple(type)
            case .enumeration, .constants: break
            }
        }
    }
}

/// A `struct` to be generated from an object's schema.
package struct StructType: Sendable {
    /// The path from the module's scope: `["JobMessage", "Metadata"]`.
    package var path: [String]
    /// The schema's words about it, a paragraph each.
    package var documentation: [String] = []
    package var properties: [StructProperty] = []
    /// The type of the members that the schema does not name, where they are kept; `.value` for any.
    package var additional: SwiftType?
    /// The limits of those members' values; empty, or words that follow a semicolon.
    package var additionalLimits = ""
    /// The name of the property of those members.
    package var additionalName = "additionalMembers"
    /// Whether the schema allows no other members than these.
    package var isClosed = false
    /// Whether those members are sensitive, or parts of them that no property of their own holds.
    package var isAdditionalSensitive = false
    /// Whether the `struct` is not an object, but the value of its only property.
    package var isWrapper = false
    package var nested: [TypeDeclaration] = []
    /// Whether no error of its schema has been reported. Otherwise properties may be missing.
    var isComplete = true

    package init(path: [String]) {
        self.path = path
    }

    package var name: String { path.last ?? "" }
}

/// A property of a generated `struct`.
package struct StructProperty: Sendable {
    /// The member's name in JSON.
    package var jsonName: String
    package var name: String
    package var type: SwiftType
    /// Whether the schema requires the member.
    package var isRequired: Bool
    /// The default value of an absent member.
    package var defaultValue: LiteralValue?
    /// The only value that a required member can have.
    package var constant: OnlyValue?
    /// The schema's words about it, a paragraph each.
    package var documentation: [String] = []
    /// The member in JSON: its name, whether it is required, and its limits.
    package var facts = ""
    /// The limits of a number that the schema states.
    package var least: Double?
    package var most: Double?
    package var isDeprecated = false
    /// Whether the value is stored apart, because it can contain a value of the same `struct`.
    package var isBoxed = false
    package var location: SourceLocation
    /// The member's schema; `nil` where the contract has none.
    package var schema: SchemaModel.NodeID?
    /// Whether no error of that schema has been reported. Otherwise the type may be wrong.
    var isComplete = true
    /// A required name without a schema that is probably this one with a typo.
    var misspelling: Located<String>?

    /// Whether the Swift property is an `Optional` because the member may be absent.
    package var isOptional: Bool {
        if case .nullable = type { return false }
        return !isRequired && defaultValue == nil
    }

    /// Whether the value is sensitive, or a part of it that has no property of its own.
    package var isSensitive: Bool {
        if case .sensitive = type.withoutNull { true } else { false }
    }

    /// Whether the value, or the member, may be missing.
    package var mayBeMissing: Bool { isOptional || type.mayBeNull }

    /// Whether the member is always there, with a value that may be null.
    var isNull: Bool { isRequired && type.mayBeNull }

    /// The stored property. Of a deprecated one it is another, which generated code can use without a warning.
    package var storedName: String { isDeprecated ? SwiftName.member("stored_" + jsonName) : name }
}

/// An `enum` to be generated from a schema's `enum` of strings.
package struct EnumType: Sendable {
    package struct Case: Sendable {
        package var name: String
        package var rawValue: String
    }

    package var path: [String]
    /// The schema's words about it, a paragraph each.
    package var documentation: [String]
    package var cases: [Case]
    /// Whether values that the schema does not name can be read.
    package var isOpen: Bool

    package var name: String { path.last ?? "" }

    /// The cases by their values.
    var casesByValue: [JSONName: Case] {
        Dictionary(cases.map { (JSONName($0.rawValue), $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// An `enum` of values that are not all strings.
package struct ConstantsType: Sendable {
    package struct Case: Sendable {
        package var name: String
        package var value: JSONValue
    }

    package var path: [String]
    package var documentation: [String]
    package var cases: [Case]

    package var name: String { path.last ?? "" }
}

/// An `enum` whose cases have values of different types.
package struct UnionType: Sendable {
    package struct Case: Sendable {
        package var name: String
        package var type: SwiftType
        package var choice: Shape.Union.Choice
    }

    package var path: [String]
    package var documentation: [String]
    package var cases: [Case]
    /// The properties that the values of all cases have, with the same name and type.
    package var common: [StructProperty] = []
    /// Whether a value can contain another of the same type.
    package var isIndirect = false
    package var nested: [TypeDeclaration] = []

    package var name: String { path.last ?? "" }
}

/// A `struct` for an array whose elements have types by their position.
package struct TupleType: Sendable {
    package struct Element: Sendable {
        package var name: String
        package var type: SwiftType
        /// Whether the array may end before the element.
        package var isOptional: Bool
        /// The only value that a required element can have.
        package var constant: OnlyValue?
        /// The limits of the element's value; empty, or words that follow a semicolon.
        package var limits = ""
    }

    package var path: [String]
    package var documentation: [String]
    package var elements: [Element]
    /// The type of all further elements; `nil` where there are none.
    package var rest: SwiftType?
    /// The limits of each further element; empty, or words that follow a semicolon.
    package var restLimits = ""
    package var nested: [TypeDeclaration] = []

    package var name: String { path.last ?? "" }
}
