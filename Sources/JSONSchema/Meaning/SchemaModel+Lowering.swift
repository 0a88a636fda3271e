package import ContractModel

extension SchemaModel {
    /// Choices that are not part of the schemas.
    package struct Options: Sendable {
        /// Whether `format` is asserted where the schema's meta-schema leaves it open.
        package var assertsFormats: Bool

        package init(assertsFormats: Bool = true) {
            self.assertsFormats = assertsFormats
        }
    }

    /// Finds the meaning of schemas, from the roots of the documents that were given.
    package init(_ set: SchemaSet, options: Options = Options(), diagnostics: inout Diagnostics) {
        var lowering = Lowering(set: set, options: options, diagnostics: diagnostics)
        lowering.run()
        diagnostics = lowering.diagnostics
        self = lowering.model
    }
}
