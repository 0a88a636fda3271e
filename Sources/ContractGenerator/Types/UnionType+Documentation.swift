import JSONTape
import SchemaCompiler
import SchemaPlan

extension UnionType.Case {
    /// The values of which the documentation of a case names each; of more, it names these alone.
    private static let mostNamedValues = 8

    /// The documentation of the case: the values that it has.
    var documentation: String {
        switch choice {
        case .type(let types): return "A value that is \(types.phrase)."
        case .member(let name, let values):
            let named = values.prefix(Self.mostNamedValues).map { "`\($0.jsonText)`" }.joined(separator: ", ")
            let rest = values.count > Self.mostNamedValues ? ", …" : ""
            return "An object whose `\(name)` is \(values.count > 1 ? "one of " : "")\(named)\(rest)."
        case .key(let name): return "An object with the member `\(name)`."
        case .trial: return "A value that is valid by this case, and by none before it."
        }
    }
}
