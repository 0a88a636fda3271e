public import EventContracts

/// The blocks of AES with PKCS #7 padding (RFC 5652, section 6.3).
enum CBC {
    static let blockSize = 16

    /// Returns the size of the padded, and so of the encrypted, form of a string.
    static func size(of plain: [UInt8]) -> Int { (plain.count / blockSize + 1) * blockSize }

    /// Writes the padded form of a string to a part of `text` of its size.
    static func pad(_ plain: [UInt8], into text: inout [UInt8], _ part: Range<Int>) {
        precondition(part.count == size(of: plain), "a part has the size of the padded string")
        let padding = part.dropFirst(plain.count)
        text.replaceSubrange(part.prefix(plain.count), with: plain)
        for index in padding { text[index] = UInt8(truncatingIfNeeded: padding.count) }
    }
}

/// Tokens of Fernet (https://github.com/fernet/spec), as Python's `cryptography` makes and reads them.
///
/// A token is base64url with padding of the version `0x80`, the time in seconds since 1970 (8 bytes), an initialization
/// vector (16), the text encrypted by AES-128-CBC, and HMAC-SHA256 of all before it (32).
///
/// Decoding is strict: another alphabet, missing padding, spaces, or bits after the last byte that are not 0 make a token
/// malformed. Python's `urlsafe_b64decode` tolerates some of these; no library writes them.
public enum Fernet {
    private static let version: UInt8 = 0x80
    /// The part of a token that has the initialization vector, after version and time.
    private static let vectorPart = 9..<25
    private static let codeSize = 32
    /// The seconds by which the clock of a token's maker may be ahead.
    private static let clockSkew: UInt64 = 60

    /// Encrypts a value.
    ///
    /// - Parameters:
    ///   - plain: The value's bytes.
    ///   - seconds: The time of the token, in seconds since 1970. Readers may refuse tokens by their age.
    ///   - key: A key of Fernet.
    /// - Throws: `EncryptionError.invalidKey` for a key of another scheme.
    public static func encrypt(
        _ plain: [UInt8], at seconds: UInt64, with key: EncryptionKey
    ) throws(EncryptionError) -> [UInt8] {
        try encrypt(plain, at: seconds, vector: nil, with: key)
    }

    /// Encrypts a value with an initialization vector; `nil` for a random one, as all tokens need outside of tests.
    static func encrypt(
        _ plain: [UInt8], at seconds: UInt64, vector: [UInt8]?, with key: EncryptionKey
    ) throws(EncryptionError) -> [UInt8] {
        guard case .fernet(let cipher, let signing) = key.cipher else {
            throw .invalidKey(reason: "\(key) can't make tokens of Fernet")
        }
        let textSize = CBC.size(of: plain)
        let size = vectorPart.upperBound + textSize + codeSize
        var text = Base64URL.room(for: size, isPadded: true)
        let start = text.count - size
        text[start] = version
        for index in 0..<8 { text[start + 1 + index] = UInt8(truncatingIfNeeded: seconds >> UInt64(56 - 8 * index)) }
        let textStart = start + vectorPart.upperBound
        CBC.pad(plain, into: &text, textStart..<textStart + textSize)
        try cipher.encrypt(&text, start + vectorPart.lowerBound..<textStart + textSize, vector: vector)
        try signing.sign(&text, from: start)
        Base64URL.encode(&text, from: start)
        return text
    }

    /// Decrypts a token with the first of the keys that made it, as `MultiFernet` does.
    ///
    /// - Parameters:
    ///   - token: The token as base64url with padding.
    ///   - seconds: The present time, in seconds since 1970.
    ///   - timeToLive: The age in seconds up to which a token is accepted; `nil` for any age.
    ///   - keys: The keys, in the order in which they are tried.
    /// - Throws: `EncryptionError.malformedToken`, `EncryptionError.notAuthentic`,
    ///   `EncryptionError.expired`.
    public static func decrypt(
        _ token: some Collection<UInt8>, at seconds: UInt64, timeToLive: UInt64? = nil, with keys: [EncryptionKey]
    ) throws(EncryptionError) -> [UInt8] {
        let (bytes, made) = try parse(token)
        if let timeToLive {
            // Sums of times stop at the largest one.
            func later(_ time: UInt64, by seconds: UInt64) -> UInt64 { time + min(seconds, .max - time) }
            guard later(made, by: timeToLive) >= seconds, made <= later(seconds, by: clockSkew) else { throw .expired }
        }
        let (signed, code) = (bytes.dropLast(codeSize), bytes.suffix(codeSize))
        for key in keys {
            guard case .fernet(let cipher, let signing) = key.cipher else { continue }
            guard try signing.isCode(code, of: signed) else { continue }
            guard let plain = cipher.decrypt(signed[vectorPart.upperBound...], vector: signed[vectorPart]) else {
                throw .malformedToken(reason: "wrong padding of the encrypted text")
            }
            return plain
        }
        throw .notAuthentic
    }

    /// Returns the bytes of a token and the time when it was made.
    static func parse(_ token: some Collection<UInt8>) throws(EncryptionError) -> (bytes: [UInt8], made: UInt64) {
        guard let bytes = Base64URL.decode(token, isPadded: true) else {
            throw .malformedToken(reason: "not base64url with padding")
        }
        guard bytes.first == version else { throw .malformedToken(reason: "not a token of Fernet") }
        let textSize = bytes.count - vectorPart.upperBound - codeSize
        guard textSize > 0, textSize.isMultiple(of: 16) else { throw .malformedToken(reason: "it is truncated") }
        return (bytes, bytes[1..<9].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
