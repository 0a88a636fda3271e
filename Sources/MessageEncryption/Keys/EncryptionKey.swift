public import EventContracts
import StringFormats

/// A key of a scheme, with its ID.
///
/// Its bytes are overwritten with zeros when the key is released. No description, dump or log shows them.
public final class EncryptionKey: Sendable {
    /// The name by which tokens refer to the key: 1 to 64 letters, digits, `.`, `_`, `-`. Not a secret.
    public let id: String
    public let scheme: EncryptionScheme

    /// The form of the key, encrypted under another one, that each token carries along; empty for keys that readers know by
    /// their ID. See ``EnvelopeKeys``.
    public let wrappedKey: [UInt8]

    private let secret: SecretBytes
    let cipher: Cipher
    /// The beginning of the key's tokens, of AES-GCM.
    let tokenHeader: [UInt8]

    /// The operations under a key.
    enum Cipher: Sendable {
        case gcm(GCMCipher)
        case fernet(encryption: CBCCipher, signing: Authenticator)
    }

    /// Creates a key from its 32 bytes. The bytes of the collection remain the caller's to clear.
    ///
    /// - Throws: `EncryptionError.invalidKey` for another size, or an ID of other characters.
    public init(
        id: String, scheme: EncryptionScheme, bytes: some Collection<UInt8>, wrappedKey: [UInt8] = []
    ) throws(EncryptionError) {
        guard EncryptionKeyFormat.isID(id) else {
            throw .invalidKey(reason: "an ID is \(EncryptionKeyFormat.idForm)")
        }
        guard bytes.count == EncryptionKeyFormat.size else {
            throw .invalidKey(reason: "a key of \(scheme.rawValue) has 32 bytes; this one has \(bytes.count)")
        }
        guard wrappedKey.count <= Int(UInt16.max) else {
            throw .invalidKey(reason: "a wrapped key has at most 65,535 bytes; this one has \(wrappedKey.count)")
        }
        let secret = SecretBytes(bytes)
        cipher =
            switch scheme {
            case .aes256GCM: .gcm(try GCMCipher(key: secret))
            case .fernet:
                .fernet(
                    encryption: try CBCCipher(key: secret.part(16..<32)),
                    signing: try Authenticator(key: secret.part(0..<16)))
            }
        self.id = id
        self.scheme = scheme
        self.wrappedKey = wrappedKey
        self.secret = secret
        tokenHeader = AESGCM.header(id: id, wrappedKey: wrappedKey)
    }

    /// Creates a key from its text, as ``text`` has it and as Python's `Fernet.generate_key()` returns it.
    ///
    /// - Throws: `EncryptionError.invalidKey` where the text is not 32 bytes in base64url with padding.
    public convenience init(id: String, scheme: EncryptionScheme, text: String) throws(EncryptionError) {
        guard var bytes = Base64URL.decode(text.utf8, isPadded: true) else {
            throw .invalidKey(reason: "a key is 32 bytes in base64url, with padding")
        }
        defer { bytes.clear() }
        try self.init(id: id, scheme: scheme, bytes: bytes)
    }

    /// Creates a key of random bytes.
    public static func random(id: String, scheme: EncryptionScheme) throws(EncryptionError) -> EncryptionKey {
        var bytes = try SystemRandom.secret(EncryptionKeyFormat.size)
        defer { bytes.clear() }
        return try EncryptionKey(id: id, scheme: scheme, bytes: bytes)
    }

    /// The key in base64url, with padding: the secret itself, for a file or a secret store.
    public var text: String {
        var bytes = secret.withBytes { Array($0) }
        defer { bytes.clear() }
        return String(decoding: Base64URL.encode(bytes, isPadded: true), as: UTF8.self)
    }
}

extension EncryptionKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(scheme.rawValue) key '\(id)'" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "scheme": scheme]) }
}
