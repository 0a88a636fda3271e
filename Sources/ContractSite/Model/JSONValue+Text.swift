import JSONTape

extension JSONValue {
    /// The value as one line of JSON.
    var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.finish()).map { String(decoding: $0, as: UTF8.self) } ?? "…"
    }
}
