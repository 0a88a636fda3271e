public import EventContracts

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The encryption and decryption of single values with the keys of a provider.
///
/// There is no fallback: a value is encrypted under the key that its name has, or an error is thrown.
public struct ValueEncryption: Sendable {
    private let keys: any KeyProvider
    private let timeToLive: UInt64?
    private let now: @Sendable () -> UInt64

    /// Creates the encryption of values.
    ///
    /// - Parameters:
    ///   - keys: The source of the keys.
    ///   - timeToLive: The age up to which tokens of Fernet are taken; `nil` for any age. Tokens of AES-GCM have no time.
    ///   - now: The present time in seconds since 1970, which tokens of Fernet contain.
    public init(
        keys: any KeyProvider, timeToLive: Duration? = nil,
        now: @escaping @Sendable () -> UInt64 = { UInt64(max(Date().timeIntervalSince1970, 0)) }
    ) {
        self.keys = keys
        self.timeToLive = timeToLive.map { UInt64($0.bounded.components.seconds) }
        self.now = now
    }

    /// Encrypts a value under the current key of a name, by that key's scheme.
    ///
    /// - Throws: `EncryptionError`.
    public func encrypt(
        _ plain: [UInt8], for place: ValuePlace, keyNamed name: String
    ) async throws(EncryptionError) -> [UInt8] {
        try encrypt(plain, for: place, with: try await keys.currentKey(named: name))
    }

    /// Decrypts a token that was made for a place.
    ///
    /// - Throws: `EncryptionError`.
    public func decrypt(
        _ token: some Collection<UInt8> & Sendable, for place: ValuePlace, keyNamed name: String,
        scheme: EncryptionScheme
    ) async throws(EncryptionError) -> [UInt8] {
        switch scheme {
        case .aes256GCM:
            let reference = try AESGCM.Token(token).key
            return try AESGCM.decrypt(token, for: place, with: try await keys.key(reference, named: name))
        case .fernet:
            return try Fernet.decrypt(token, at: now(), timeToLive: timeToLive, with: try await keys.keys(named: name))
        }
    }

    /// Encrypts the value of a token under the current key. The plain value does not leave the call. A token of Fernet keeps
    /// the time at which it was made first.
    ///
    /// - Throws: `EncryptionError`.
    public func rotate(
        _ token: some Collection<UInt8> & Sendable, for place: ValuePlace, keyNamed name: String,
        scheme: EncryptionScheme
    ) async throws(EncryptionError) -> [UInt8] {
        var plain = try await decrypt(token, for: place, keyNamed: name, scheme: scheme)
        defer { plain.clear() }
        let key = try await keys.currentKey(named: name)
        switch scheme {
        case .aes256GCM: return try AESGCM.encrypt(plain, for: place, with: key)
        case .fernet: return try Fernet.encrypt(plain, at: try Fernet.parse(token).made, with: key)
        }
    }

    func encrypt(
        _ plain: [UInt8], for place: ValuePlace, with key: EncryptionKey
    ) throws(EncryptionError) -> [UInt8] {
        switch key.scheme {
        case .aes256GCM: try AESGCM.encrypt(plain, for: place, with: key)
        case .fernet: try Fernet.encrypt(plain, at: now(), with: key)
        }
    }
}
