import EventContracts

#if canImport(CommonCrypto)
internal import CommonCrypto
internal import CryptoKit
internal import Foundation

extension SecretBytes {
    /// The key in CryptoKit's form, which not every SDK declares `Sendable`, so that each operation makes its own. It clears its
    /// copy.
    fileprivate var symmetricKey: SymmetricKey { withBytes { SymmetricKey(data: $0) } }
}

/// AES-256 in Galois/counter mode (NIST SP 800-38D) under one key, with tags of 16 bytes.
final class GCMCipher: Sendable {
    private let key: SecretBytes

    init(key: SecretBytes) throws(EncryptionError) {
        self.key = key
    }

    /// Writes the encrypted text and its tag into `token`, after the nonce, which is at `nonce`.
    func seal(
        _ plain: [UInt8], nonce: Int, associated: [UInt8], into token: inout [UInt8]
    ) throws(EncryptionError) {
        let text = nonce + GCM.nonceSize
        do {
            let box = try AES.GCM.seal(
                plain, using: key.symmetricKey, nonce: AES.GCM.Nonce(data: token[nonce..<text]),
                authenticating: associated)
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
            return Array(try AES.GCM.open(box, using: key.symmetricKey, authenticating: associated))
        } catch {
            throw .notAuthentic
        }
    }
}

/// AES-128 in cipher block chaining mode (RFC 3602, section 2) under one key.
final class CBCCipher: Sendable {
    private let key: SecretBytes

    init(key: SecretBytes) throws(EncryptionError) {
        self.key = key
    }

    /// Encrypts a part of a token in place.
    ///
    /// - Parameters:
    ///   - part: The place of the initialization vector, and of the padded text after it.
    ///   - vector: The initialization vector; `nil` for a random one, as all tokens need outside of tests.
    func encrypt(_ token: inout [UInt8], _ part: Range<Int>, vector: [UInt8]?) throws(EncryptionError) {
        let (vectorPart, text) = (part.prefix(CBC.blockSize), part.dropFirst(CBC.blockSize))
        if let vector {
            token.replaceSubrange(vectorPart, with: vector)
        } else {
            try SystemRandom.fill(&token, vectorPart)
        }
        let sealed = crypt(CCOperation(kCCEncrypt), token[text], vector: token[vectorPart], options: 0)
        guard let sealed, sealed.count == text.count else {
            throw .systemFailure(operation: "encrypting with AES-CBC")
        }
        token.replaceSubrange(text, with: sealed)
    }

    /// Returns the plain text; nil where the padding, PKCS #7 (RFC 5652, section 6.3), is wrong.
    func decrypt(_ sealed: ArraySlice<UInt8>, vector: ArraySlice<UInt8>) -> [UInt8]? {
        crypt(CCOperation(kCCDecrypt), sealed, vector: vector, options: CCOptions(kCCOptionPKCS7Padding))
    }

    private func crypt(
        _ operation: CCOperation, _ input: ArraySlice<UInt8>, vector: ArraySlice<UInt8>, options: CCOptions
    ) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: input.count + CBC.blockSize)
        var written = 0
        let status = output.withUnsafeMutableBytes { output in
            key.withBytes { key in
                vector.withUnsafeBytes { vector in
                    input.withUnsafeBytes { input in
                        CCCrypt(
                            operation, CCAlgorithm(kCCAlgorithmAES), options, key.baseAddress, key.count,
                            vector.baseAddress, input.baseAddress, input.count, output.baseAddress, output.count,
                            &written)
                    }
                }
            }
        }
        guard status == CCCryptorStatus(kCCSuccess) else {
            output.clear()
            return nil
        }
        output.removeLast(output.count - written)
        return output
    }
}

/// HMAC-SHA256 (RFC 2104, FIPS 180-4) under one key.
final class Authenticator: Sendable {
    private let key: SecretBytes

    init(key: SecretBytes) throws(EncryptionError) {
        self.key = key
    }

    /// Writes the authentication code of all from `start` but the last 32 bytes into these.
    func sign(_ token: inout [UInt8], from start: Int) throws(EncryptionError) {
        let text = token[start...].dropLast(SHA256.byteCount)
        let code = Array(HMAC<SHA256>.authenticationCode(for: text, using: key.symmetricKey))
        token.replaceSubrange(text.endIndex..., with: code)
    }

    /// Compares a code with that of a text, in a time that does not depend on where they differ.
    func isCode(_ code: ArraySlice<UInt8>, of text: ArraySlice<UInt8>) throws(EncryptionError) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(Data(code), authenticating: Data(text), using: key.symmetricKey)
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
        precondition(0 <= part.lowerBound && part.upperBound <= output.count, "a part of the bytes")
        let status = output.withUnsafeMutableBytes { output in
            let part = UnsafeMutableRawBufferPointer(rebasing: output[part])
            return CCRandomGenerateBytes(part.baseAddress, part.count)
        }
        guard status == CCRNGStatus(kCCSuccess) else { throw .systemFailure(operation: "generating random bytes") }
    }
}
#endif
