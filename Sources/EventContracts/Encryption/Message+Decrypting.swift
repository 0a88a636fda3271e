import JSONTape

extension Message {
    /// Reads a message: decrypts its sensitive values, validates it, and makes the typed value.
    ///
    /// - Parameters:
    ///   - bytes: A record's value.
    ///   - cipher: Has the keys.
    ///   - topic: The topic that the message was sent to; `nil` for the message's own.
    /// - Throws: ``MessageError``: ``MessageError/undecryptable(_:)`` where a value can't be decrypted, or is not encrypted.
    public init(
        validating bytes: some Collection<UInt8>, decryptedBy cipher: any ValueCipher, from topic: Topic? = nil
    ) async throws(MessageError) {
        var plain = SchemaID.json(of: bytes)
        if let protection = Self.protection, protection.encrypts {
            plain = try await protection.decrypted(plain, from: (topic ?? Self.topic).key, by: cipher)
        }
        var tape = JSONTape()
        do { try tape.parse(plain) } catch { throw .malformed(error) }
        self = try Self(validating: tape)
    }
}
