import ContractModel
import JSONSchema
import SchemaPlan

/// The schema of a message as it is sent: encrypted values are strings, and what they must be is validated before they are
/// encrypted and after they have been decrypted.
struct WireSchema {
    /// The contract with the message alone, and with the schemas as they apply to what is sent.
    private let contract: Contract
    private let message: MessageDeclaration

    /// - Returns: `nil` where schemas can't be written for what is sent, which is reported.
    init?(
        of message: CompiledMessage, in contract: Contract, _ model: SchemaModel, diagnostics: inout Diagnostics
    ) {
        self.message = message.declaration
        guard let protection = message.protection, protection.encrypts else {
            self.contract = contract
            return
        }
        let rewriter = WireRewriter(
            changes: WireChanges(model, root: message.root.node, protection: protection), keys: protection.keys,
            categories: protection.graph.categories)
        var sent = contract
        sent.messages = [message.declaration]
        sent.schemas = contract.schemas.map(rewriter.rewritten)
        var found = Diagnostics()
        _ = SchemaSet(sent, diagnostics: &found)
        if let problem = found.sorted.first(where: { $0.severity == .error }) {
            diagnostics.error(
                .encryption, at: problem.location,
                "this reference leads into a schema of \(message.name) that differs when values are encrypted",
                hint: "move the schema that it leads to to the definitions of the file")
            return nil
        }
        self.contract = sent
    }

    /// Returns the schema with all that it refers to, as a schema registry has it.
    func bundle(mixesDrafts: Bool = false, diagnostics: inout Diagnostics) -> SchemaBundle? {
        // The errors of the schemas have been reported.
        var ignored = Diagnostics()
        return SchemaSet(contract, diagnostics: &ignored)
            .bundle(message.schema, mixesDrafts: mixesDrafts, diagnostics: &diagnostics)
    }

    /// Returns the instructions for the message's values; the message's schema is the only root.
    func plan() -> Plan? {
        var ignored = Diagnostics()
        let schemas = MessageSchemas(contract, diagnostics: &ignored)
        guard let root = schemas.root(of: message) else { return nil }
        let openEnums = ContractTypes.openEnums(of: message, schemas.model, diagnostics: &ignored)
        return Plan(schemas.model.simplified(), roots: [Plan.Root(root, openEnums: openEnums)])
    }
}
