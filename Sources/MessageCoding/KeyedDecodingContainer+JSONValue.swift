public import JSONTape

extension KeyedDecodingContainer {
    /// Decodes a member that may be absent, and keeps `null` apart from an absent member. The standard library's function and
    /// synthesized conformances treat both as absent.
    ///
    /// - Throws: `DecodingError` for a number that can't be held.
    public func decodeIfPresent(_ type: JSONValue.Type, forKey key: Key) throws -> JSONValue? {
        guard contains(key) else { return nil }
        return try decode(type, forKey: key)
    }
}
