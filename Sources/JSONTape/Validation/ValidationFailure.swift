/// One violation of a contract by a JSON value.
///
/// A failure has two forms. ``description`` contains nothing from the value: names and strings in it come from the contract,
/// so it can be logged and shown to anyone. ``detailedDescription``, ``instance`` and ``message`` quote the value, map keys
/// included; they are for callers that may see the content, such as a test or a tool on a developer's machine.
public struct ValidationFailure: Hashable, Sendable {
    /// The place in the value: `/payload/labels/order-7/name`. It may contain map keys.
    public var instance: JSONPointer
    /// The place in the value with only the names of the contract, as a JSON Pointer with `*` for each other name:
    /// `/payload/labels/*/name`. Positions in arrays are included. It is empty for the whole value.
    public var path: String
    /// The keyword of the contract that the value violates: `job.schema.json#/properties/payload/properties/status/enum`.
    public var schema: String
    /// The expected and the actual value. It may quote the value.
    public var message: String
    /// The expected value, without quotes of the actual value.
    public var reason: String
    /// The offset at which the value starts in the text, in bytes from 0.
    public var offset: Int

    public init(
        instance: JSONPointer, path: String, schema: String, message: String, reason: String, offset: Int
    ) {
        self.instance = instance
        self.path = path
        self.schema = schema
        self.message = message
        self.reason = reason
        self.offset = offset
    }
}

extension ValidationFailure {
    /// The violated keyword, the last part of ``schema``: `enum`, `required`.
    public var rule: String {
        schema.lastIndex(of: "/").map { String(schema[schema.index(after: $0)...]) } ?? schema
    }

    /// The failure with the full place and the value found.
    public var detailedDescription: String {
        "\(instance.tokens.isEmpty ? "the root" : instance.description): \(message) [\(schema)]"
    }
}

extension ValidationFailure: CustomStringConvertible {
    /// The failure without anything from the value.
    public var description: String {
        "\(path.isEmpty ? "the root" : path): \(reason) [\(schema)]"
    }
}
