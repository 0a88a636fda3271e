import JSONTape

extension Message {
    /// Reads a message: decrypts its sensitive values, validates it, and makes the typed value.
    ///
    /// - Throws: ``MessageError``: ``MessageError/undecryptable(_:)`` where a value can't be decrypted, or is not encrypted.
    public init(
        validating bytes: some Collection<UInt8>, decryptedBy cipher: any ValueCipher
    ) async throws(MessageError) {
        var plain = SchemaID.json(of: bytes)
        if let protection = Self.protection, protection.encrypts {
            plain = try await protection.decrypted(plain, by: cipher)
        }
        var tape = JSONTape()
        do { try tape.parse(plain) } catch { throw .malformed(error) }
        self = try Self(validating: tape)
    }
}
