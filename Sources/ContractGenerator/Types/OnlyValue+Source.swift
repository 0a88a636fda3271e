import SchemaCompiler

extension OnlyValue {
    /// The value as Swift writes it.
    var source: String {
        switch self {
        case .enumCase(let name): "." + SwiftName.escaped(name)
        case .bool(let value): "\(value)"
        case .null: "JSONNull()"
        }
    }
}
