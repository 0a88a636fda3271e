import JSONSchema
import JSONTape

extension SchemaBundle {
    /// The schema as one line of JSON; `nil` where JSON can't hold it.
    var text: String? {
        var writer = JSONWriter()
        writer.write(value)
        return (try? writer.finish()).map { String(decoding: $0, as: UTF8.self) }
    }
}
