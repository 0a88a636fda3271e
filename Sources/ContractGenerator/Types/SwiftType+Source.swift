import SchemaCompiler

extension SwiftType {
    /// Returns the type as it is written inside another: by what follows the other's path, or, if it is elsewhere, by
    /// its whole path. An extension of a nested type does not see its siblings.
    func name(in scope: [String]) -> String {
        switch self {
        case .string: return "String"
        case .integer: return "Int"
        case .unsignedInteger: return "UInt64"
        case .exactNumber: return "JSONNumber"
        case .null: return "JSONNull"
        case .optional(let inner): return inner.name(in: scope) + "?"
        case .nullable(let inner): return "Nullable<\(inner.name(in: scope))>"
        case .sensitive(let inner): return "Sensitive<\(inner.name(in: scope))>"
        case .double: return "Double"
        case .bool: return "Bool"
        case .timestamp: return "Timestamp"
        case .uuid: return "UUID"
        case .date: return "CalendarDate"
        case .url: return "URL"
        case .value: return "JSONValue"
        case .object: return "JSONObject"
        case .array(let element): return "[\(element.name(in: scope))]"
        case .dictionary(let value): return "[String: \(value.name(in: scope))]"
        case .structure(let path), .enumeration(let path), .composite(let path):
            let isInside = path.count > scope.count && path.starts(with: scope)
            return path.dropFirst(isInside ? scope.count : 0).map(SwiftName.escaped).joined(separator: ".")
        }
    }
}
