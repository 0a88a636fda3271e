package import JSONTape

/// A node of a YAML or JSON file, with its place.
package struct SourceNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case null
        case bool(Bool)
        case number(JSONNumber)
        case string(String)
        case sequence([SourceNode])
        case mapping([Entry])
    }

    /// A key of a mapping, with its value, in the file's order.
    package struct Entry: Hashable, Sendable {
        package var key: Located<String>
        package var value: SourceNode

        package init(key: Located<String>, value: SourceNode) {
            self.key = key
            self.value = value
        }
    }

    package var content: Content
    package var location: SourceLocation
    /// Whether this is a JSON number that is written with a fraction or an exponent, such as `1.0`.
    package var hasFraction = false

    package init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
    }

    /// Returns the value of a key; `nil` if the key is absent or the node is not a mapping.
    package subscript(key: String) -> SourceNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.value == key }?.value
    }

    /// The kind of the node in diagnostics: "a string", "a mapping".
    package var kindName: String {
        switch content {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The node as a JSON value, its places forgotten.
    package var jsonValue: JSONValue {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): .number(value)
        case .string(let value): .string(value)
        case .sequence(let nodes): .array(nodes.map(\.jsonValue))
        case .mapping(let entries):
            .object(JSONObject(entries.map { ($0.key.value, $0.value.jsonValue) }))
        }
    }
}
