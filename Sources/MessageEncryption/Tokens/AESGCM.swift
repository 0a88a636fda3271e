public import EventContracts
import StringFormats

/// The names of the parts of AES-GCM's tokens.
enum GCM {
    static let version: UInt8 = 1
    static let nonceSize = 12
    static let tagSize = 16
}

/// Tokens of AES-256 in Galois/counter mode.
///
/// A token is base64url without padding of:
///
/// | bytes | content |
/// | --- | --- |
/// | 1 | version: 1 |
/// | 1 | size of the key's ID |
/// | 1 to 64 | the key's ID |
/// | 2 | size of the wrapped key, most significant byte first; 0 for none |
/// | 0 to 65,535 | the wrapped key |
/// | 12 | nonce, random |
/// | as many as the plain text | encrypted text |
/// | 16 | tag |
///
/// The associated data is all before the nonce, and then each part of the place (contract, topic, message, field, message
/// ID), each with its size in 4 bytes before it, most significant byte first. A token that was moved to another place therefore fails.
///
/// Nonces are random: do not encrypt more than 2³² values with one key (NIST SP 800-38D, section 8.3).
public enum AESGCM {
    /// Encrypts a value for its place.
    ///
    /// - Throws: `EncryptionError.invalidKey` for a key of another scheme.
    public static func encrypt(
        _ plain: [UInt8], for place: ValuePlace, with key: EncryptionKey
    ) throws(EncryptionError) -> [UInt8] {
        guard case .gcm(let cipher) = key.cipher else {
            throw .invalidKey(reason: "\(key) can't make tokens of AES-GCM")
        }
        let header = key.tokenHeader
        var associated: [UInt8] = []
        associated.reserveCapacity(header.count + place.associatedSize)
        associated.append(contentsOf: header)
        place.append(to: &associated)
        let size = header.count + GCM.nonceSize + plain.count + GCM.tagSize
        var text = Base64URL.room(for: size, isPadded: false)
        let start = text.count - size
        let nonce = start + header.count
        text.replaceSubrange(start..<nonce, with: header)
        try SystemRandom.fill(&text, nonce..<nonce + GCM.nonceSize)
        try cipher.seal(plain, nonce: nonce, associated: associated, into: &text)
        Base64URL.encode(&text, from: start)
        return text
    }

    /// Decrypts a token that was made for a place.
    ///
    /// - Throws: `EncryptionError.malformedToken`, `EncryptionError.notAuthentic`, or
    ///   `EncryptionError.unknownKey` where the token names another key.
    public static func decrypt(
        _ token: some Collection<UInt8>, for place: ValuePlace, with key: EncryptionKey
    ) throws(EncryptionError) -> [UInt8] {
        let token = try Token(token)
        guard case .gcm(let cipher) = key.cipher else {
            throw .invalidKey(reason: "\(key) can't read tokens of AES-GCM")
        }
        guard token.key.id == key.id else { throw .unknownKey(id: token.key.id, name: key.id) }
        var associated = Array(token.bytes[..<token.nonce.startIndex])
        place.append(to: &associated)
        return try cipher.open(token.text, tag: token.tag, nonce: token.nonce, associated: associated)
    }

    /// Returns the bytes before the nonce in the tokens of a key.
    static func header(id: String, wrappedKey: [UInt8]) -> [UInt8] {
        var header = [GCM.version, UInt8(id.utf8.count)]
        header.append(contentsOf: id.utf8)
        header.append(contentsOf: [UInt8(wrappedKey.count >> 8), UInt8(wrappedKey.count & 255)])
        header.append(contentsOf: wrappedKey)
        return header
    }

    /// The parts of a token.
    struct Token {
        var bytes: [UInt8]
        var key: KeyReference
        var nonce: ArraySlice<UInt8>
        var text: ArraySlice<UInt8>
        var tag: ArraySlice<UInt8>

        init(_ encoded: some Collection<UInt8>) throws(EncryptionError) {
            guard let bytes = Base64URL.decode(encoded, isPadded: false) else {
                throw .malformedToken(reason: "not base64url without padding")
            }
            guard let version = bytes.first else { throw .malformedToken(reason: "it is empty") }
            guard version == GCM.version else {
                throw .malformedToken(reason: "version \(version); known is \(GCM.version)")
            }
            var rest = bytes.dropFirst()
            func take(_ count: Int) throws(EncryptionError) -> ArraySlice<UInt8> {
                guard rest.count >= count else { throw .malformedToken(reason: "it is truncated") }
                defer { rest = rest.dropFirst(count) }
                return rest.prefix(count)
            }
            let idSize = try take(1).reduce(0) { Int($1) }
            let id = String(decoding: try take(idSize), as: UTF8.self)
            guard EncryptionKeyFormat.isID(id) else { throw .malformedToken(reason: "no key has such an ID") }
            let wrappedSize = try take(2).reduce(0) { $0 << 8 | Int($1) }
            key = KeyReference(id: id, wrappedKey: Array(try take(wrappedSize)))
            nonce = try take(GCM.nonceSize)
            guard rest.count >= GCM.tagSize else { throw .malformedToken(reason: "it is truncated") }
            text = rest.dropLast(GCM.tagSize)
            tag = rest.suffix(GCM.tagSize)
            self.bytes = bytes
        }
    }
}
