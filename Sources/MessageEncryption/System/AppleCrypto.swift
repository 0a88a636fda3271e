import EventContracts

#if canImport(CommonCrypto)
internal import CommonCrypto
internal import CryptoKit
internal import Foundation

/// AES-256 in Galois/counter mode (NIST SP 800-38D) under one key, with tags of 16 bytes.
final class GCMCipher: Sendable {
    private let key: SymmetricKey

    init(key: SecretBytes) throws(EncryptionError) {
        self.key = key.withBytes { SymmetricKey(data: $0) }
    }

    /// Appends the encrypted text and its tag to `output`.
    func seal(
        _ plain: [UInt8], nonce: ArraySlice<UInt8>, associated: [UInt8], onto output: inout [UInt8]
    ) throws(EncryptionError) {
        do {
            let box = try AES.GCM.seal(
                plain, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: associated)
            output.append(contentsOf: box.ciphertext)
            output.append(contentsOf: box.tag)
        } catch {
            throw .systemFailure(operation: "encrypting with AES-GCM")
        }
    }

    /// Returns the plain text.
    ///
    /// - Throws: `notAuthentic` where the tag is not that of the encrypted text and the associated data.
    func open(
        _ sealed: ArraySlice<UInt8>, tag: ArraySlice<UInt8>, nonce: ArraySlice<UInt8>, associated: [UInt8]
    ) throws(EncryptionError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(nonce: AES.GCM.Nonce(data: nonce), ciphertext: sealed, tag: tag)
            return Array(try AES.GCM.open(box, using: key, authenticating: associated))
        } catch {
            throw .notAuthentic
        }
    }
}

/// AES-128 in cipher block chaining mode with PKCS #7 padding (RFC 5652, section 6.3) under one key.
final class CBCCipher: Sendable {
    private let key: SecretBytes

    init(key: SecretBytes) throws(EncryptionError) {
        self.key = key
    }

    /// Appends the encrypted text to `output`.
    func encrypt(_ plain: [UInt8], vector: ArraySlice<UInt8>, onto output: inout [UInt8]) throws(EncryptionError) {
        guard let sealed = crypt(CCOperation(kCCEncrypt), plain[...], vector) else {
            throw .systemFailure(operation: "encrypting with AES-CBC")
        }
        output.append(contentsOf: sealed)
    }

    /// Returns the plain text; nil where the padding is wrong.
    func decrypt(_ sealed: ArraySlice<UInt8>, vector: ArraySlice<UInt8>) -> [UInt8]? {
        guard let plain = crypt(CCOperation(kCCDecrypt), sealed, vector) else { return nil }
        return plain
    }

    private func crypt(_ operation: CCOperation, _ input: ArraySlice<UInt8>, _ vector: ArraySlice<UInt8>) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: input.count + kCCBlockSizeAES128)
        var written = 0
        let status = output.withUnsafeMutableBytes { output in
            key.withBytes { key in
                vector.withUnsafeBytes { vector in
                    input.withUnsafeBytes { input in
                        CCCrypt(
                            operation, CCAlgorithm(kCCAlgorithmAES), CCOptions(kCCOptionPKCS7Padding), key.baseAddress,
                            key.count, vector.baseAddress, input.baseAddress, input.count, output.baseAddress,
                            output.count, &written)
                    }
                }
            }
        }
        guard status == kCCSuccess else { return nil }
        output.removeLast(output.count - written)
        return output
    }
}

/// HMAC-SHA256 (RFC 2104, FIPS 180-4) under one key.
final class Authenticator: Sendable {
    private let key: SymmetricKey

    init(key: SecretBytes) throws(EncryptionError) {
        self.key = key.withBytes { SymmetricKey(data: $0) }
    }

    /// Returns the authentication code of a text, 32 bytes.
    func code(of text: ArraySlice<UInt8>) throws(EncryptionError) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
    }

    /// Compares a code with that of a text, in a time that does not depend on where they differ.
    func isCode(_ code: ArraySlice<UInt8>, of text: ArraySlice<UInt8>) throws(EncryptionError) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(Data(code), authenticating: Data(text), using: key)
    }
}

/// The system's cryptographically secure random numbers.
enum SystemRandom {
    /// Returns random bytes for a key.
    static func secret(_ count: Int) throws(EncryptionError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        try append(count, to: &bytes)
        return bytes
    }

    /// Appends random bytes to `output`.
    static func append(_ count: Int, to output: inout [UInt8]) throws(EncryptionError) {
        var generator = SystemRandomNumberGenerator()
        output.append(contentsOf: (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}
#endif
