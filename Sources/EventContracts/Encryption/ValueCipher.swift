/// A cipher for the sensitive values of messages: `MessageCipher` of the product `MessageEncryption`, or your own.
///
/// A producer encrypts synchronously, while it encodes a message, so that a cipher has its current keys at hand.
public protocol ValueCipher: Sendable {
    /// Encrypts the JSON text of a value under the current key of a rule.
    ///
    /// - Returns: A token of printable ASCII without quotes and backslashes, which is written as a JSON string.
    /// - Throws: ``EncryptionError``. The message is then not sent.
    func encrypt(
        _ plain: [UInt8], for place: ValuePlace, by rule: EncryptionRule
    ) throws(EncryptionError) -> [UInt8]

    /// Decrypts a token that was made for a place.
    ///
    /// - Throws: ``EncryptionError``. The message is then not read.
    func decrypt(
        _ token: [UInt8], for place: ValuePlace, by rule: EncryptionRule
    ) async throws(EncryptionError) -> [UInt8]

    /// Checks that values can be encrypted by rules. A producer calls it when it starts.
    ///
    /// - Throws: ``EncryptionError``. The producer then does not start.
    func prepare(for rules: [EncryptionRule]) async throws(EncryptionError)
}

/// The encryption of a category of sensitive values by a contract.
public struct EncryptionRule: Hashable, Sendable {
    public let scheme: EncryptionScheme
    /// The name of the keys.
    public let key: String

    public init(scheme: EncryptionScheme, key: String) {
        self.scheme = scheme
        self.key = key
    }
}
