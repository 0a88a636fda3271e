package import ContractModel

extension SchemaDraft {
    /// Returns the positions of schemas in the value of a keyword; `nil` where the draft has no such keyword.
    package func subschemas(of keyword: String) -> SubschemaForm? {
        switch KeywordTable.keyword(keyword, in: Dialect(self))?.form {
        case nil: nil
        case .schema: .schema
        case .schemas: .schemas
        case .schemaOrSchemas: .schemaOrSchemas
        case .schemaMap: .schemaMap
        case .schemasOrStringLists: .dependencies
        case .anything, .string, .boolean, .number, .positiveNumber, .count, .list, .strings, .types, .stringLists,
            .mapping:
            .data
        }
    }
}
