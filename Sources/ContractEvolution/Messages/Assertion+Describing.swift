import JSONSchema
import JSONTape
import SchemaPlan

extension Assertion.Members {
    init() { self.init(properties: [], patterns: [], additional: nil) }
}

extension Assertion.Kind {
    var isMembers: Bool {
        if case .members = self { true } else { false }
    }

    func withoutRequiring(_ name: String) -> Self {
        if case .required(let names) = self { .required(names.filter { $0 != name }) } else { self }
    }

    /// The keyword that states the assertion; assertions of one keyword are compared with each other.
    var slot: String {
        switch self {
        case .never: "false"
        case .types: "type"
        case .values: "enum"
        case .minimumLength: "minLength"
        case .maximumLength: "maxLength"
        case .pattern: "pattern"
        case .format: "format"
        case .bound(let bound): bound.side == .minimum ? "minimum" : "maximum"
        case .multipleOf: "multipleOf"
        case .minimumItems: "minItems"
        case .maximumItems: "maxItems"
        case .uniqueItems: "uniqueItems"
        case .items: "items"
        case .contains: "contains"
        case .minimumProperties: "minProperties"
        case .maximumProperties: "maxProperties"
        case .required: "required"
        case .members: "properties"
        case .propertyNames: "propertyNames"
        case .dependentRequired: "dependentRequired"
        case .dependentSchemas: "dependentSchemas"
        case .all: "allOf"
        case .any: "anyOf"
        case .one: "oneOf"
        case .not: "not"
        case .ifThenElse: "if"
        case .refer: "$ref"
        case .unevaluatedItems: "unevaluatedItems"
        case .unevaluatedProperties: "unevaluatedProperties"
        }
    }

    /// A limit as a string; `nil` for another assertion.
    var limitText: String? {
        switch self {
        case .minimumLength(let count), .maximumLength(let count), .minimumItems(let count), .maximumItems(let count),
            .minimumProperties(let count), .maximumProperties(let count):
            String(count)
        case .pattern(let source): "'\(source)'"
        case .format(let format): "'\(format.rawValue)'"
        case .bound(let bound): bound.value.description + (bound.isExclusive ? " (exclusive)" : "")
        case .multipleOf(let number): number.description
        default: nil
        }
    }
}
