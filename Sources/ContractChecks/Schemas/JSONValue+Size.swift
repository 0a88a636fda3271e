import JSONTape

extension JSONValue {
    /// The size of the value as compact JSON, in bytes.
    var compactSize: Int {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.finish())?.count ?? 1
    }
}
