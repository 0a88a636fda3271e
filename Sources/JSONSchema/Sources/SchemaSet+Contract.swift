package import ContractModel

extension SchemaSet {
    /// Reads the schemas of a contract as its manifest states, with the parts of files that its messages name.
    ///
    /// - Parameter others: Documents that are not files of the contract.
    package init(_ contract: Contract, others: [SchemaDocument] = [], diagnostics: inout Diagnostics) {
        let documents = contract.schemas.map { SchemaDocument(file: $0.name, root: $0.root) } + others
        let parts = contract.messages.map(\.schema).filter { $0.value.contains("#") }
        self.init(
            documents, roots: parts,
            options: Options(defaultDraft: contract.dialect.value, dialects: contract.dialects),
            diagnostics: &diagnostics)
    }
}
