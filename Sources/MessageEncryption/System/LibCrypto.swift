import EventContracts

#if !canImport(CommonCrypto)
internal import CLibCrypto
import Locks
import Synchronization

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
    borrowing func restart(_ vector: UnsafeRawPointer?) -> Bool {
        EVP_CipherInit_ex(pointer, nil, nil, nil, vector, -1) == 1
    }

    /// Reads data that is authenticated only.
    borrowing func authenticate(_ data: [UInt8]) -> Bool {
        var written: CInt = 0
        return data.withUnsafeBytes { EVP_CipherUpdate(pointer, nil, &written, $0.baseAddress, CInt($0.count)) } == 1
    }

    /// Writes the result of all of the input to `output`, which needs room for it and, in a mode with padding, for one block
    /// more. Returns the size of the result; nil where the operation fails.
    borrowing func finish(_ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawPointer?) -> Int? {
        var (written, last): (CInt, CInt) = (0, 0)
        guard EVP_CipherUpdate(pointer, output, &written, input.baseAddress, CInt(input.count)) == 1,
            EVP_CipherFinal_ex(pointer, output.map { $0 + Int(written) }, &last) == 1
        else { return nil }
        return Int(written + last)
    }

    /// Returns the result of all of the input; nil where the operation fails.
    borrowing func finish(_ input: ArraySlice<UInt8>, padding: Int) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: input.count + padding)
        let size = output.withUnsafeMutableBytes { output in
            input.withUnsafeBytes { finish($0, to: output.baseAddress) }
        }
        guard let size else {
            output.clear()
            return nil
        }
        output.removeLast(output.count - size)
        return output
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

    /// Writes the encrypted text and its tag into `token`, after the nonce, which is at `nonce`.
    func seal(
        _ plain: [UInt8], nonce: Int, associated: [UInt8], into token: inout [UInt8]
    ) throws(EncryptionError) {
        let text = nonce + GCM.nonceSize
        precondition(token.count == text + plain.count + GCM.tagSize, "a token has the size of its parts")
        let succeeded = encryptor.withLock { context in
            token.withUnsafeMutableBytes { token in
                guard let start = token.baseAddress, context.restart(start + nonce), context.authenticate(associated),
                    plain.withUnsafeBytes({ context.finish($0, to: start + text) }) == plain.count
                else { return false }
                return EVP_CIPHER_CTX_ctrl(
                    context.pointer, EVP_CTRL_AEAD_GET_TAG, CInt(GCM.tagSize), start + text + plain.count) == 1
            }
        }
        guard succeeded else { throw .systemFailure(operation: "encrypting with AES-GCM") }
    }

    /// Returns the plain text.
    ///
    /// - Throws: `notAuthentic` where the tag is not that of the encrypted text and the associated data.
    func open(
        _ sealed: ArraySlice<UInt8>, tag: ArraySlice<UInt8>, nonce: ArraySlice<UInt8>, associated: [UInt8]
    ) throws(EncryptionError) -> [UInt8] {
        var expected = Array(tag)
        let plain = decryptor.withLock { context -> [UInt8]? in
            guard nonce.withUnsafeBytes({ context.restart($0.baseAddress) }), context.authenticate(associated),
                expected.withUnsafeMutableBytes({
                    EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_SET_TAG, CInt(GCM.tagSize), $0.baseAddress)
                }) == 1
            else { return nil }
            return context.finish(sealed, padding: 0)
        }
        guard let plain else { throw .notAuthentic }
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

    /// Writes the encrypted text into `token`, after the initialization vector, which is at `vector`.
    func encrypt(_ plain: [UInt8], vector: Int, into token: inout [UInt8]) throws(EncryptionError) {
        let (text, size) = (vector + CBC.blockSize, CBC.size(of: plain))
        precondition(token.count >= text + size, "a token has room for its parts")
        let succeeded = encryptor.withLock { context in
            token.withUnsafeMutableBytes { token in
                guard let start = token.baseAddress, context.restart(start + vector) else { return false }
                return plain.withUnsafeBytes { context.finish($0, to: start + text) } == size
            }
        }
        guard succeeded else { throw .systemFailure(operation: "encrypting with AES-CBC") }
    }

    /// Returns the plain text; nil where the padding is wrong.
    func decrypt(_ sealed: ArraySlice<UInt8>, vector: ArraySlice<UInt8>) -> [UInt8]? {
        decryptor.withLock { context in
            guard vector.withUnsafeBytes({ context.restart($0.baseAddress) }) else { return nil }
            return context.finish(sealed, padding: CBC.blockSize)
        }
    }
}

/// HMAC-SHA256 (RFC 2104, FIPS 180-4) under one key. The digests of the padded key are computed once, as section 4 of the RFC
/// proposes.
final class Authenticator: Sendable {
    private struct Context: ~Copyable {
        private let inner = EVP_MD_CTX_new()
        private let outer = EVP_MD_CTX_new()
        private let digest = EVP_MD_CTX_new()

        init?(key: UnsafeRawBufferPointer) {
            guard key.count <= blockSize, start(inner, key, pad: 0x36), start(outer, key, pad: 0x5C) else { return nil }
        }

        deinit { for context in [inner, outer, digest] { EVP_MD_CTX_free(context) } }

        private borrowing func start(_ context: OpaquePointer?, _ key: UnsafeRawBufferPointer, pad: UInt8) -> Bool {
            var block = [UInt8](repeating: pad, count: blockSize)
            defer { block.clear() }
            for (index, byte) in key.enumerated() { block[index] ^= byte }
            return EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
                && EVP_DigestUpdate(context, block, blockSize) == 1
        }

        /// Writes the code of a text to memory with room for it.
        borrowing func write(codeOf text: UnsafeRawBufferPointer, to code: UnsafeMutableRawPointer?) -> Bool {
            let code = code?.assumingMemoryBound(to: UInt8.self)
            return EVP_MD_CTX_copy_ex(digest, inner) == 1
                && EVP_DigestUpdate(digest, text.baseAddress, text.count) == 1
                && EVP_DigestFinal_ex(digest, code, nil) == 1
                && EVP_MD_CTX_copy_ex(digest, outer) == 1
                && EVP_DigestUpdate(digest, code, codeSize) == 1
                && EVP_DigestFinal_ex(digest, code, nil) == 1
        }
    }

    private static let blockSize = 64
    private static let codeSize = 32
    private let context: Lock<Context>

    init(key: SecretBytes) throws(EncryptionError) {
        guard let context = key.withBytes({ Context(key: $0) }) else {
            throw .systemFailure(operation: "creating HMAC-SHA256")
        }
        self.context = Lock(context)
    }

    /// Writes the authentication code of all from `start` but the last 32 bytes into these.
    func sign(_ token: inout [UInt8], from start: Int) throws(EncryptionError) {
        let end = token.count - Self.codeSize
        precondition(0 <= start && start <= end, "a token has room for its code")
        let succeeded = context.withLock { context in
            token.withUnsafeMutableBytes { token in
                context.write(
                    codeOf: UnsafeRawBufferPointer(rebasing: token[start..<end]),
                    to: token.baseAddress.map { $0 + end })
            }
        }
        guard succeeded else { throw .systemFailure(operation: "computing HMAC-SHA256") }
    }

    /// Compares a code with that of a text, in a time that does not depend on where they differ.
    func isCode(_ code: ArraySlice<UInt8>, of text: ArraySlice<UInt8>) throws(EncryptionError) -> Bool {
        var expected = [UInt8](repeating: 0, count: Self.codeSize)
        let succeeded = context.withLock { context in
            text.withUnsafeBytes { text in
                expected.withUnsafeMutableBytes { context.write(codeOf: text, to: $0.baseAddress) }
            }
        }
        guard succeeded else { throw .systemFailure(operation: "computing HMAC-SHA256") }
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
        /// The bytes up to here are used.
        var used = 0
        /// The number of forks before the bytes were requested. A process that forks would otherwise share them with its
        /// child.
        var forks = 0
    }

    /// The number of forks that led to this process. Asking the system for the process's ID would cost as much as encrypting.
    private static let forks: Atomic<Int> = {
        pthread_atfork(nil, nil) { SystemRandom.forks.add(1, ordering: .relaxed) }
        return Atomic(0)
    }()
    private static let pool = Lock(Pool())
    private static let poolSize = 4096

    /// Returns random bytes for a key, of which no copy remains.
    static func secret(_ count: Int) throws(EncryptionError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let code = bytes.withUnsafeMutableBufferPointer { RAND_priv_bytes($0.baseAddress, CInt($0.count)) }
        guard code == 1 else { throw .systemFailure(operation: "generating random bytes") }
        return bytes
    }

    /// Overwrites a part of `output` with random bytes. No two calls get the same ones.
    static func fill(_ output: inout [UInt8], _ part: Range<Int>) throws(EncryptionError) {
        let forks = forks.load(ordering: .relaxed)
        let succeeded = pool.withLock { pool in
            if pool.bytes.count - pool.used < part.count || pool.forks != forks {
                pool = Pool(bytes: [UInt8](repeating: 0, count: max(poolSize, part.count)), forks: forks)
                let code = pool.bytes.withUnsafeMutableBufferPointer { RAND_bytes($0.baseAddress, CInt($0.count)) }
                guard code == 1 else {
                    pool = Pool()
                    return false
                }
            }
            output.withUnsafeMutableBytes { output in
                UnsafeMutableRawBufferPointer(rebasing: output[part])
                    .copyBytes(from: pool.bytes[pool.used..<pool.used + part.count])
            }
            pool.used += part.count
            return true
        }
        guard succeeded else { throw .systemFailure(operation: "generating random bytes") }
    }
}
#endif
