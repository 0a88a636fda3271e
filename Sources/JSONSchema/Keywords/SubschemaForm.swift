package import ContractModel

/// The positions of schemas in the value of a keyword.
package enum SubschemaForm: Sendable {
    /// The value contains no schema.
    case data
    /// The value is a schema.
    case schema
    /// The value is a list of schemas.
    case schemas
    /// The value is a schema, or a list of schemas.
    case schemaOrSchemas
    /// The values of the members are schemas.
    case schemaMap
    /// The values of the members are schemas or lists of names.
    case dependencies
}

extension SchemaDraft {
    /// The positions of schemas in the value of a keyword; `nil` where the draft has no such keyword.
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
