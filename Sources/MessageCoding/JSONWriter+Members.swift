public import JSONTape

extension JSONWriter {
    /// Writes a member with a value that writes itself.
    @inlinable
    public mutating func member<Value: JSONCodable>(_ name: StaticString, _ value: Value) {
        key(name)
        value.encode(into: &self)
    }

    public mutating func write(_ value: JSONNull) { write(literal: "null") }

    public mutating func write(_ value: UInt64) { write(JSONNumber(value)) }

    /// Writes the members of an object into the one that is open.
    public mutating func write(membersOf object: JSONObject) {
        for (name, value) in object {
            key(name: name)
            write(value)
        }
    }
}
