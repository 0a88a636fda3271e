import JSONTape

extension JSONValue {
    /// The size of the value as compact JSON, in bytes.
    var compactSize: Int { jsonBytes?.count ?? 1 }
}
