import ContractModel

/// JSON Schema's keywords: what generation makes of each, and with which draft it came.
enum SchemaKeywords {
    static let supported: [String: SchemaDialect] = [
        "$ref": .draft4, "$defs": .draft2019, "definitions": .draft4, "title": .draft4, "description": .draft4,
        "deprecated": .draft4, "default": .draft4, "type": .draft4, "enum": .draft4, "const": .draft6,
        "minLength": .draft4, "maxLength": .draft4, "format": .draft4, "minimum": .draft4, "maximum": .draft4,
        "exclusiveMinimum": .draft4, "exclusiveMaximum": .draft4, "multipleOf": .draft4, "items": .draft4,
        "minItems": .draft4, "maxItems": .draft4, "properties": .draft4, "required": .draft4,
        "additionalProperties": .draft4, "minProperties": .draft4, "maxProperties": .draft4,
    ]

    /// Keywords that generation can't honour yet.
    static let unsupported: Set<String> = [
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef", "$vocabulary", "allOf",
        "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependentRequired", "dependencies",
        "prefixItems", "additionalItems", "contains", "minContains", "maxContains", "unevaluatedItems",
        "unevaluatedProperties", "uniqueItems", "pattern", "patternProperties", "propertyNames",
    ]

    /// Keywords that say nothing about what is valid, whichever draft they came with.
    static let annotations: Set<String> = [
        "$comment", "examples", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema",
    ]

    /// The keywords of this package, which set Swift names and types.
    static let extensions: Set<String> = ["x-swift-name", "x-swift-names", "x-swift-type"]

    /// What a file says of itself, at its root.
    static let identifiers: Set<String> = ["$schema", "$id"]

    static let all = Set(supported.keys).union(unsupported).union(annotations).union(extensions).union(identifiers)

    static let supportedNames = supported.keys.sorted().joined(separator: ", ")

    /// Whether a keyword may stand beside a `$ref`: those that ask nothing of a value. Drafts up to 7 pass over even
    /// these, and a default has an effect on what is generated.
    static func mayStandBesideReference(_ keyword: String, in dialect: SchemaDialect) -> Bool {
        switch keyword {
        case "$ref", "$defs", "definitions", "title", "description", "deprecated": true
        case "default": dialect >= .draft2019
        default: supported[keyword] == nil
        }
    }
}
