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
