import EventContracts

#if !canImport(CommonCrypto)
internal import CLibCrypto
import Locks

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A cipher context of libcrypto. Its key is set once; later operations set the initialization vector only, which spares
/// the key expansion and the lookup of the algorithm.
private struct CipherContext: ~Copyable {
    let pointer: OpaquePointer

    init(_ cipher: OpaquePointer?, key: SecretBytes, encrypts: Bool) throws(EncryptionError) {
        pointer = try Self.make(cipher, key: key, encrypts: encrypts)
    }

    private static func make(
        _ cipher: OpaquePointer?, key: SecretBytes, encrypts: Bool
    ) throws(EncryptionError) -> OpaquePointer {
        guard let cipher, let context = EVP_CIPHER_CTX_new() else {
            throw .systemFailure(operation: "creating a cipher")
        }
        let isSet = key.withBytes { EVP_CipherInit_ex(context, cipher, nil, $0.baseAddress, nil, encrypts ? 1 : 0) }
        guard isSet == 1 else {
            EVP_CIPHER_CTX_free(context)
            throw .systemFailure(operation: "setting a key")
        }
        return context
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    /// Starts an operation with a new initialization vector.
    borrowing func restart(_ vector: ArraySlice<UInt8>) -> Bool {
        vector.withUnsafeBytes { EVP_CipherInit_ex(pointer, nil, nil, nil, $0.baseAddress, -1) } == 1
    }

    /// Reads data that is authenticated only.
    borrowing func authenticate(_ data: [UInt8]) -> Bool {
        var written: CInt = 0
        return data.withUnsafeBytes { EVP_CipherUpdate(pointer, nil, &written, $0.baseAddress, CInt($0.count)) } == 1
    }

    /// Appends the result of all of the input to `output`. `padding` is the room that the last block may need.
    borrowing func finish(_ input: ArraySlice<UInt8>, padding: Int, onto output: inout [UInt8]) -> Bool {
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: input.count + padding))
        var (written, last): (CInt, CInt) = (0, 0)
        let succeeded = output.withUnsafeMutableBytes { target in
            input.withUnsafeBytes { source in
                let to = target.baseAddress.map { $0 + start }
                guard EVP_CipherUpdate(pointer, to, &written, source.baseAddress, CInt(source.count)) == 1 else {
                    return false
                }
                return EVP_CipherFinal_ex(pointer, to.map { $0 + Int(written) }, &last) == 1
            }
        }
        output.removeLast(output.count - start - (succeeded ? Int(written + last) : 0))
        return succeeded
    }
}

/// AES-256 in Galois/counter mode (NIST SP 800-38D) under one key, with tags of 16 bytes.
final class GCMCipher: Sendable {
    private let encryptor: Lock<CipherContext>
    private let decryptor: Lock<CipherContext>

    init(key: SecretBytes) throws(EncryptionError) {
        encryptor = Lock(try CipherContext(EVP_aes_256_gcm(), key: key, encrypts: true))
        decryptor = Lock(try CipherContext(EVP_aes_256_gcm(), key: key, encrypts: false))
    }

    /// Appends the encrypted text and its tag to `output`.
    func seal(
        _ plain: [UInt8], nonce: ArraySlice<UInt8>, associated: [UInt8], onto output: inout [UInt8]
    ) throws(EncryptionError) {
        let succeeded = encryptor.withLock { context in
            guard context.restart(nonce), context.authenticate(associated),
                context.finish(plain[...], padding: 0, onto: &output)
            else { return false }
            let start = output.count
            output.append(contentsOf: repeatElement(0, count: GCM.tagSize))
            return output.withUnsafeMutableBytes {
                EVP_CIPHER_CTX_ctrl(
                    context.pointer, EVP_CTRL_AEAD_GET_TAG, CInt(GCM.tagSize), $0.baseAddress.map { $0 + start })
            } == 1
        }
        guard succeeded else { throw .systemFailure(operation: "encrypting with AES-GCM") }
    }

    /// Returns the plain text.
    ///
    /// - Throws: `notAuthentic` where the tag is not that of the encrypted text and the associated data.
    func open(
        _ sealed: ArraySlice<UInt8>, tag: ArraySlice<UInt8>, nonce: ArraySlice<UInt8>, associated: [UInt8]
    ) throws(EncryptionError) -> [UInt8] {
        var (expected, plain): ([UInt8], [UInt8]) = (Array(tag), [])
        let isAuthentic = decryptor.withLock { context in
            guard context.restart(nonce), context.authenticate(associated),
                expected.withUnsafeMutableBytes({
                    EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_SET_TAG, CInt(GCM.tagSize), $0.baseAddress)
                }) == 1
            else { return false }
            return context.finish(sealed, padding: 0, onto: &plain)
        }
        guard isAuthentic else { throw .notAuthentic }
        return plain
    }
}

/// AES-128 in cipher block chaining mode with PKCS #7 padding (RFC 5652, section 6.3) under one key.
final class CBCCipher: Sendable {
    private let encryptor: Lock<CipherContext>
    private let decryptor: Lock<CipherContext>

    init(key: SecretBytes) throws(EncryptionError) {
        encryptor = Lock(try CipherContext(EVP_aes_128_cbc(), key: key, encrypts: true))
        decryptor = Lock(try CipherContext(EVP_aes_128_cbc(), key: key, encrypts: false))
    }

    /// Appends the encrypted text to `output`.
    func encrypt(_ plain: [UInt8], vector: ArraySlice<UInt8>, onto output: inout [UInt8]) throws(EncryptionError) {
        let succeeded = encryptor.withLock { context in
            context.restart(vector) && context.finish(plain[...], padding: 16, onto: &output)
        }
        guard succeeded else { throw .systemFailure(operation: "encrypting with AES-CBC") }
    }

    /// Returns the plain text; nil where the padding is wrong.
    func decrypt(_ sealed: ArraySlice<UInt8>, vector: ArraySlice<UInt8>) -> [UInt8]? {
        var plain: [UInt8] = []
        let succeeded = decryptor.withLock { context in
            context.restart(vector) && context.finish(sealed, padding: 16, onto: &plain)
        }
        return succeeded ? plain : nil
    }
}

/// HMAC-SHA256 (RFC 2104, FIPS 180-4) under one key.
final class Authenticator: Sendable {
    private struct Context: ~Copyable {
        let pointer: OpaquePointer
        deinit { EVP_MAC_CTX_free(pointer) }
    }

    private let context: Lock<Context>

    init(key: SecretBytes) throws(EncryptionError) {
        let pointer = key.withBytes { bytes in
            event_contracts_hmac_sha256(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
        }
        guard let pointer else { throw .systemFailure(operation: "creating HMAC-SHA256") }
        context = Lock(Context(pointer: pointer))
    }

    /// Returns the authentication code of a text, 32 bytes.
    func code(of text: ArraySlice<UInt8>) throws(EncryptionError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var size = 0
        let succeeded = context.withLock { context in
            text.withUnsafeBytes { text in
                code.withUnsafeMutableBufferPointer { code in
                    EVP_MAC_init(context.pointer, nil, 0, nil) == 1
                        && EVP_MAC_update(
                            context.pointer, text.bindMemory(to: UInt8.self).baseAddress, text.count) == 1
                        && EVP_MAC_final(context.pointer, code.baseAddress, &size, code.count) == 1
                }
            }
        }
        guard succeeded, size == code.count else { throw .systemFailure(operation: "computing HMAC-SHA256") }
        return code
    }

    /// Compares a code with that of a text, in a time that does not depend on where they differ.
    func isCode(_ code: ArraySlice<UInt8>, of text: ArraySlice<UInt8>) throws(EncryptionError) -> Bool {
        let expected = try self.code(of: text)
        guard code.count == expected.count else { return false }
        return code.withUnsafeBytes { code in
            expected.withUnsafeBytes { CRYPTO_memcmp(code.baseAddress, $0.baseAddress, code.count) }
        } == 0
    }
}

/// The system's cryptographically secure random numbers, requested in larger parts: one request costs more than all else
/// that encrypting a short value needs.
enum SystemRandom {
    private struct Pool {
        var bytes: [UInt8] = []
        /// The process that requested the bytes. A process that forks would otherwise share them with its child.
        var process: pid_t = 0
    }

    private static let pool = Lock(Pool())
    private static let poolSize = 1024

    /// Returns random bytes for a key, of which no copy remains.
    static func secret(_ count: Int) throws(EncryptionError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let code = bytes.withUnsafeMutableBufferPointer { RAND_priv_bytes($0.baseAddress, CInt($0.count)) }
        guard code == 1 else { throw .systemFailure(operation: "generating random bytes") }
        return bytes
    }

    /// Appends random bytes to `output`. No two calls get the same ones.
    static func append(_ count: Int, to output: inout [UInt8]) throws(EncryptionError) {
        let process = getpid()
        let succeeded = pool.withLock { pool in
            if pool.bytes.count < count || pool.process != process {
                pool = Pool(bytes: [UInt8](repeating: 0, count: max(poolSize, count)), process: process)
                let code = pool.bytes.withUnsafeMutableBufferPointer { RAND_bytes($0.baseAddress, CInt($0.count)) }
                guard code == 1 else {
                    pool.bytes = []
                    return false
                }
            }
            output.append(contentsOf: pool.bytes.suffix(count))
            pool.bytes.removeLast(count)
            return true
        }
        guard succeeded else { throw .systemFailure(operation: "generating random bytes") }
    }
}
#endif
