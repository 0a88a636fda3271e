import SchemaCompiler

extension [String] {
    /// A type's path as code outside of the type writes it.
    var qualifiedName: String { map(SwiftName.escaped).joined(separator: ".") }
}
