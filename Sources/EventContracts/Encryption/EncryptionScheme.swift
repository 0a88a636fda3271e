/// A way to encrypt values. The product `MessageEncryption` has the implementations.
public enum EncryptionScheme: String, CaseIterable, Sendable {
    /// AES-256 in Galois/counter mode. A token is bound to its place in its message.
    case aes256GCM = "aes-256-gcm"
    /// Fernet, for readers that expect its tokens. A token is not bound to a place.
    case fernet
}
