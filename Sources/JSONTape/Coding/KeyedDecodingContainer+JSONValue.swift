extension KeyedDecodingContainer {
    /// Tells a member that is `null` from one that is absent, which the standard library's own takes for the same, and so
    /// do synthesized conformances.
    ///
    /// - Throws: `DecodingError` for a number that can't be held.
    public func decodeIfPresent(_ type: JSONValue.Type, forKey key: Key) throws -> JSONValue? {
        guard contains(key) else { return nil }
        return try decode(type, forKey: key)
    }
}
