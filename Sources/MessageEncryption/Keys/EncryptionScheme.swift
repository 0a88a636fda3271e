/// A way to encrypt values.
public enum EncryptionScheme: String, CaseIterable, Sendable {
    /// AES-256 in Galois/counter mode: see ``AESGCM``. A token is bound to its place in its message.
    case aes256GCM = "aes-256-gcm"
    /// Fernet: see ``Fernet``. For readers that expect its tokens; a token is not bound to a place.
    case fernet

    /// The size of a key, in bytes.
    static let keySize = 32
}
