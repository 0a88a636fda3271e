package import ContractModel
import JSONSchema
import JSONTape

/// One version of a contract, with the meaning of its schemas.
package struct ContractVersion: Sendable {
    /// The name by which a user gave the version.
    package var label: String
    package var contract: Contract
    var model: SchemaModel
    private let schemas: SchemaSet

    /// Reads a version; `nil` where it has errors, which are reported.
    package init?(_ files: ContractFiles, label: String, diagnostics: inout Diagnostics) {
        guard let contract = ContractReader.read(files, diagnostics: &diagnostics) else { return nil }
        let set = SchemaSet(contract, diagnostics: &diagnostics)
        model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: contract.assertsFormats), diagnostics: &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        self.label = label
        self.contract = contract
        schemas = set
    }

    /// The schema of a message as a registry has it; `nil` where it can't be written as one document.
    func registered(_ message: MessageDeclaration) -> JSONValue? {
        // A schema that can't be bundled is an error of contracts that use a registry, and reported there.
        var ignored = Diagnostics()
        return schemas.bundle(message.schema, diagnostics: &ignored)?.value
    }
}
