import JSONSchema
import SchemaPlan

extension TypeSet {
    /// The names of the types: `string or null`.
    var names: String {
        let all: [(TypeSet, String)] = [
            (.null, "null"), (.boolean, "boolean"), (.number, "number"), (.integer, "integer"),
            (.integerLiteral, "integer"), (.string, "string"), (.array, "array"), (.object, "object"),
        ]
        return all.filter { normalized.contains($0.0) }.map(\.1).joined(separator: " or ")
    }
}
