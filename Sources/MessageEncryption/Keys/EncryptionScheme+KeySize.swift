import EventContracts

extension EncryptionScheme {
    /// The size of a key, in bytes.
    static let keySize = 32
}
