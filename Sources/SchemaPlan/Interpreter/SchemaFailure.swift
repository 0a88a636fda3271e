package import JSONTape

/// One violation of a schema by a value, with the locations that the specification's output formats have.
package struct SchemaFailure: Hashable, Sendable {
    package var failure: ValidationFailure
    /// The path of keywords that led to the failing one, references included.
    package var keywordLocation: JSONPointer
    /// The URI of the schema's resource, and the path in it.
    package var absoluteKeywordLocation: String

    package var instanceLocation: JSONPointer { failure.instance }
}
