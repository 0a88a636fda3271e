import JSONSchema
import JSONTape

extension SchemaBundle {
    /// The schema as one line of JSON; `nil` if it nests too deep.
    var text: String? { value.jsonBytes.map { String(decoding: $0, as: UTF8.self) } }
}
