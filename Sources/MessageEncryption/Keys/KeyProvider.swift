public import EventContracts

/// A reference to a key, as a token carries it.
public struct KeyReference: Hashable, Sendable {
    public var id: String
    /// The key itself, encrypted under another one; empty where readers know the key by its ID.
    public var wrappedKey: [UInt8]

    public init(id: String, wrappedKey: [UInt8] = []) {
        self.id = id
        self.wrappedKey = wrappedKey
    }
}

/// A source of keys: the environment (``ConfiguredKeys``), a key management service (``EnvelopeKeys``), or your own.
///
/// A contract refers to keys by name, such as `pii`. A name has one key that encrypts now, and any number that decrypt what
/// was encrypted before.
public protocol KeyProvider: Sendable {
    /// Returns the key of a name that encrypts now.
    ///
    /// - Throws: `EncryptionError.noKey` where there is none, `EncryptionError.providerFailed`.
    func currentKey(named name: String) async throws(EncryptionError) -> EncryptionKey

    /// Returns a key of a name that a token refers to.
    ///
    /// - Throws: `EncryptionError.unknownKey` where there is none,
    ///   `EncryptionError.providerFailed`.
    func key(_ reference: KeyReference, named name: String) async throws(EncryptionError) -> EncryptionKey

    /// Returns all keys of a name that may have made a token, the current one first. Tokens of Fernet name no key.
    ///
    /// - Throws: `EncryptionError.noKey`, `EncryptionError.providerFailed`.
    func keys(named name: String) async throws(EncryptionError) -> [EncryptionKey]
}
