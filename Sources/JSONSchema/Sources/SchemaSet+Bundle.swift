package import ContractModel

extension SchemaSet {
    /// Returns the schema of a reference from the contract's folder, such as `order.schema.json` or
    /// `events.json#/$defs/OrderPlaced`.
    ///
    /// A file that refers to no other is its own text. Otherwise the other files become definitions, and all references lead
    /// to them; the meaning is the same. References to meta-schemas stay as they are.
    ///
    /// - Parameter mixesDrafts: Whether files in different drafts may be bundled. A registry reads a schema by one draft.
    /// - Returns: `nil` where the schema can't be read or bundled, which is reported.
    package func bundle(
        _ reference: Located<String>, mixesDrafts: Bool = false, diagnostics: inout Diagnostics
    ) -> SchemaBundle? {
        guard let root = ownRoots.first(where: { $0.name == reference.value })?.place else { return nil }
        return Bundler(schemas: self, root: root, name: reference.value, mixesDrafts: mixesDrafts)
            .bundle(diagnostics: &diagnostics)
    }
}
