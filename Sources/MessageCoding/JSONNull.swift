public import JSONTape

/// The value `null`, for members that can have no other.
public struct JSONNull: Hashable, Sendable, JSONCodable {
    public init() {}

    public init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {
        guard tape.isNull(at: node) else { throw tape.mismatch(at: node, expected: "null") }
    }

    public func encode(into writer: inout JSONWriter) { writer.write(literal: "null") }
}
