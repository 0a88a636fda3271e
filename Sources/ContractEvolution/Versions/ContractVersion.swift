package import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// One version of a contract, with the meaning of its schemas.
package struct ContractVersion: Sendable {
    /// The name by which a user gave the version.
    package var label: String
    package var contract: Contract
    var model: SchemaModel

    /// Reads a version; `nil` where it has errors, which are reported.
    package init?(_ files: ContractFiles, label: String, diagnostics: inout Diagnostics) {
        guard let contract = ContractReader.read(files, diagnostics: &diagnostics) else { return nil }
        let set = SchemaSet(contract, diagnostics: &diagnostics)
        model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: contract.assertsFormats), diagnostics: &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        self.label = label
        self.contract = contract
    }

    /// Returns the schemas of what is sent, as a registry has them, by the names of messages; without those that can't be one
    /// document.
    func registeredSchemas() -> [String: JSONValue] {
        // Errors are reported by 'lint'.
        var ignored = Diagnostics()
        let compiled = ContractCompiler.compile(contract, diagnostics: &ignored)
        let schemas = compiled.wireSchemas(diagnostics: &ignored)
        return Dictionary(zip(compiled.messages.map(\.name), schemas.map { $0?.value })) { first, _ in first }
            .compactMapValues(\.self)
    }
}
