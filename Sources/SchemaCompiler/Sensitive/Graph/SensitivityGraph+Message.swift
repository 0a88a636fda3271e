package import ContractModel
package import JSONSchema

extension SensitivityGraph {
    /// Finds the sensitive values of a message without reporting anything, for a contract whose schemas have been checked.
    ///
    /// - Parameter model: The meaning of the contract's schemas.
    package init?(of message: MessageDeclaration, in contract: Contract, _ model: SchemaModel) {
        var ignored = Diagnostics()
        let categories = contract.encryption?.categories ?? []
        let encrypted = Set(categories.filter { $0.keys != nil }.map(\.name.value))
        var marks = SensitivityMarks(
            model, known: Set(categories.map(\.name.value)), encrypted: encrypted, diagnostics: &ignored)
        marks.add(message, model, diagnostics: &ignored)
        guard !marks.isEmpty, let root = model.roots[message.schema.value],
            let graph = Self.build(
                model, root: root, marks: marks, encrypted: encrypted, memberSchemas: MemberSchemas(model),
                diagnostics: &ignored)
        else { return nil }
        self = graph
    }
}
