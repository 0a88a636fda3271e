import ContractModel
import JSONTape
import SchemaPlan

/// Hints at what was meant by a keyword's value of another form.
enum KeywordHints {
    /// - Parameters:
    ///   - keyword: The keyword's name.
    ///   - value: The part of the value that has another form.
    static func hint(for keyword: String, _ value: SourceNode) -> String? {
        switch (keyword, value.content) {
        case ("items", .sequence): "since 2020-12, 'prefixItems' has the schemas of the first elements"
        case ("required", .bool): "list the names of required properties under 'required' of the object"
        case ("required", .string(let name)): "write a list: [\"\(name)\"]"
        case ("exclusiveMinimum", .bool), ("exclusiveMaximum", .bool):
            "since draft 6, '\(keyword)' is the limit itself; remove '\(keyword.hasSuffix("Minimum") ? "minimum" : "maximum")'"
        case ("type", .string(let name)): typeHint(name)
        case ("enum", .string), ("enum", .number), ("enum", .bool): "write a list of the values"
        case (_, .string(let text)): textHint(text)
        default: nil
        }
    }

    /// The names of types in programming languages and formats.
    private static let types: [String: String] = [
        "int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "short": "integer",
        "bool": "boolean", "str": "string", "text": "string", "varchar": "string", "uuid": "string", "date": "string",
        "datetime": "string", "timestamp": "string", "float": "number", "double": "number", "decimal": "number",
        "list": "array", "set": "array", "tuple": "array", "dict": "object", "map": "object", "struct": "object",
        "record": "object", "none": "null", "nil": "null",
    ]

    private static func typeHint(_ name: String) -> String {
        if let type = types[name.lowercased()] { return "did you mean '\(type)'?" }
        return Suggestion.hint(for: name, among: TypeSet.names.map(\.name))
    }

    /// Returns a hint at a number or a Boolean that is in quotes, or is one in YAML 1.1.
    private static func textHint(_ text: String) -> String? {
        switch text {
        case "true", "false": return "remove the quotes"
        case "yes", "on", "Yes", "On", "True": return "write true"
        case "no", "off", "No", "Off", "False": return "write false"
        default: return JSONNumber(literal: text) == nil ? nil : "remove the quotes"
        }
    }
}
