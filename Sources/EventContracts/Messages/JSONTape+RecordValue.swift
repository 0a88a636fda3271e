package import JSONTape

extension JSONTape {
    /// Parses a record's value, which may begin with a schema's id. No JSON text begins with its first byte, 0 or 1.
    package mutating func parse(value bytes: some Collection<UInt8>) throws(JSONSyntaxError) {
        if let size = SchemaID.size(in: bytes) {
            try parse(bytes.dropFirst(size))
        } else {
            try parse(bytes)
        }
    }
}
