import SchemaCompiler

extension StructType {
    /// The type's path as code outside of the type writes it.
    var qualifiedName: String { path.qualifiedName }

    /// The type of the property for unnamed members; `nil` where they are not kept.
    var additionalTypeName: String? {
        additional.map { $0 == .value ? "JSONObject" : "[String: \($0.name(in: path))]" }
    }
}
