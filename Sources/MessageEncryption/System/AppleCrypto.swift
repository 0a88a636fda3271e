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

    /// Writes the encrypted text and its tag into `token`, after the nonce, which is at `nonce`.
    func seal(
        _ plain: [UInt8], nonce: Int, associated: [UInt8], into token: inout [UInt8]
    ) throws(EncryptionError) {
        let text = nonce + GCM.nonceSize
        do {
            let box = try AES.GCM.seal(
                plain, using: key, nonce: AES.GCM.Nonce(data: token[nonce..<text]), authenticating: associated)
            token.replaceSubrange(text..., with: box.ciphertext + box.tag)
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

    /// Writes the encrypted text into `token`, after the initialization vector, which is at `vector`.
    func encrypt(_ plain: [UInt8], vector: Int, into token: inout [UInt8]) throws(EncryptionError) {
        let text = vector + CBC.blockSize
        guard let sealed = crypt(CCOperation(kCCEncrypt), plain[...], token[vector..<text]) else {
            throw .systemFailure(operation: "encrypting with AES-CBC")
        }
        token.replaceSubrange(text..<text + sealed.count, with: sealed)
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

    /// Writes the authentication code of all from `start` but the last 32 bytes into these.
    func sign(_ token: inout [UInt8], from start: Int) throws(EncryptionError) {
        let text = token[start...].dropLast(SHA256.byteCount)
        let code = Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
        token.replaceSubrange(text.endIndex..., with: code)
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
        var bytes = [UInt8](repeating: 0, count: count)
        try fill(&bytes, 0..<count)
        return bytes
    }

    /// Overwrites a part of `output` with random bytes.
    static func fill(_ output: inout [UInt8], _ part: Range<Int>) throws(EncryptionError) {
        var generator = SystemRandomNumberGenerator()
        for index in part { output[index] = UInt8.random(in: .min ... .max, using: &generator) }
    }
}
#endif
