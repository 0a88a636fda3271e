import SchemaCompiler

extension LiteralValue {
    /// The value as Swift writes it.
    var source: String {
        switch self {
        case .string(let text): SwiftLiteral.string(text)
        case .integer(let value): SwiftLiteral.integer(value)
        case .double(let value): "\(value)"
        case .bool(let value): "\(value)"
        case .enumCase(let name, _, _): "." + SwiftName.escaped(name)
        }
    }
}
