/// One thing about a JSON value that its schema does not allow.
public struct ValidationFailure: Hashable, Sendable {
    /// Where in the value: `/payload/status`.
    public var instance: JSONPointer
    /// Which of the contract's words it breaks: `job.schema.json#/properties/payload/properties/status/enum`.
    public var schema: String
    /// What was expected, and what was found.
    public var message: String
    /// The byte of the text, from 0, at which the value starts.
    public var offset: Int

    public init(instance: JSONPointer, schema: String, message: String, offset: Int) {
        self.instance = instance
        self.schema = schema
        self.message = message
        self.offset = offset
    }
}

extension ValidationFailure {
    /// The kind of word that is broken, the last of ``schema``: `enum`, `required`.
    public var rule: String {
        schema.lastIndex(of: "/").map { String(schema[schema.index(after: $0)...]) } ?? schema
    }
}

extension ValidationFailure: CustomStringConvertible {
    public var description: String {
        "\(instance.tokens.isEmpty ? "the root" : instance.description): \(message) [\(schema)]"
    }
}
