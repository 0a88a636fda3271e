package import ContractModel
import JSONTape

/// A Swift type that a schema becomes.
package indirect enum SwiftType: Hashable, Sendable {
    case string
    case integer
    case double
    case bool
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
    /// A type that is generated, by its path from the message.
    case structure([String])
    case enumeration([String])
}

/// A value that a contract gives, as Swift can write it.
package enum LiteralValue: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case double(Double)
    case bool(Bool)
    /// A case of an enum, with the enum's path.
    case enumCase(String, rawValue: String, of: [String])

    /// `nil` where the value is of another type, or of one whose values Swift can't write as a literal.
    ///
    /// - Parameter enumCase: The case of an enum, by its path, for a value; `nil` where it has none.
    init?(_ value: SourceNode, of type: SwiftType, enumCase: ([String], String) -> EnumType.Case?) {
        switch (type, value.content) {
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
        case .timestamp, .uuid, .date, .url, .value, .object, .array, .dictionary, .structure: false
        }
    }
}

/// A `struct` to be generated from an object's schema.
package struct StructType: Sendable {
    /// The path from the module's scope: `["JobMessage", "Metadata"]`.
    package var path: [String]
    /// What the schema says of it, a paragraph each.
    package var documentation: [String]
    package var properties: [StructProperty]
    package var structs: [StructType]
    package var enums: [EnumType]
    /// Whether all of its schema was understood: where not, properties may be missing here.
    var isSound = true

    package var name: String { path.last ?? "" }
}

/// A property of a generated `struct`.
package struct StructProperty: Sendable {
    /// The member's name in JSON.
    package var jsonName: String
    package var name: String
    package var type: SwiftType
    /// Whether the schema demands the member.
    package var isRequired: Bool
    /// What an absent member stands for.
    package var defaultValue: LiteralValue?
    /// What the schema says of it, a paragraph each.
    package var documentation: [String]
    /// The member in JSON: its name, whether it is required, and its limits.
    package var facts = ""
    package var isDeprecated: Bool
    package var location: SourceLocation
    /// The member's schema.
    package var schema: SchemaGraph.NodeID
    /// Whether all of that schema was understood: where not, the type may be another.
    var isSound = true

    /// Whether the Swift property is an `Optional`.
    package var isOptional: Bool { !isRequired && defaultValue == nil }

    /// The stored property. Of a deprecated one it is another, which generated code can use without a warning.
    package var storedName: String { isDeprecated ? SwiftName.member("stored_" + jsonName) : name }
}

/// An `enum` to be generated from a schema's `enum`.
package struct EnumType: Sendable {
    package struct Case: Sendable {
        package var name: String
        package var rawValue: String
    }

    package var path: [String]
    /// What the schema says of it, a paragraph each.
    package var documentation: [String]
    package var cases: [Case]
    /// Whether values that the schema does not name can be read.
    package var isOpen: Bool

    package var name: String { path.last ?? "" }

    /// The cases, by the values that they stand for.
    var casesByValue: [JSONName: Case] {
        Dictionary(cases.map { (JSONName($0.rawValue), $0) }, uniquingKeysWith: { first, _ in first })
    }
}
