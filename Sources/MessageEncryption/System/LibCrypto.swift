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

    /// Writes the result of input to `output`, which needs room for it and may be the memory of the input. Returns the size of
    /// the result; nil where the operation fails.
    borrowing func update(_ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawPointer?) -> Int? {
        var written: CInt = 0
        return EVP_CipherUpdate(pointer, output, &written, input.baseAddress, CInt(input.count)) == 1
            ? Int(written) : nil
    }

    /// Writes the result of all of the input to `output`, which needs room for it and, in a mode with padding, for one block
    /// more. Returns the size of the result; nil where the operation fails.
    borrowing func finish(_ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawPointer?) -> Int? {
        var last: CInt = 0
        guard let written = update(input, to: output),
            EVP_CipherFinal_ex(pointer, output.map { $0 + written }, &last) == 1
        else { return nil }
        return written + Int(last)
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

/// AES-128 in cipher block chaining mode (RFC 3602, section 2) under one key.
final class CBCCipher: Sendable {
    private let encryptor: Lock<CipherContext>
    private let decryptor: Lock<CipherContext>

    init(key: SecretBytes) throws(EncryptionError) {
        let context = try CipherContext(EVP_aes_128_cbc(), key: key, encrypts: true)
        guard context.restart([UInt8](repeating: 0, count: CBC.blockSize)),
            EVP_CIPHER_CTX_set_padding(context.pointer, 0) == 1
        else { throw .systemFailure(operation: "creating a cipher") }
        encryptor = Lock(context)
        decryptor = Lock(try CipherContext(EVP_aes_128_cbc(), key: key, encrypts: false))
    }

    /// Encrypts a part of a token in place.
    ///
    /// - Parameters:
    ///   - part: The place of the initialization vector, and of the padded text after it.
    ///   - vector: The initialization vector; `nil` for a random one, as all tokens need outside of tests.
    func encrypt(_ token: inout [UInt8], _ part: Range<Int>, vector: [UInt8]?) throws(EncryptionError) {
        precondition(0 <= part.lowerBound && part.upperBound <= token.count, "a part of the token")
        let text = part.dropFirst(CBC.blockSize)
        if let vector {
            token.replaceSubrange(part.prefix(CBC.blockSize), with: vector)
        } else {
            try SystemRandom.fill(&token, part.prefix(CBC.blockSize))
        }
        let succeeded = encryptor.withLock { context in
            token.withUnsafeMutableBytes { token in
                func encrypt(_ part: Range<Int>) -> Bool {
                    let part = UnsafeMutableRawBufferPointer(rebasing: token[part])
                    return context.update(UnsafeRawBufferPointer(part), to: part.baseAddress) == part.count
                }
                guard let vector else {
                    // A random block is the input before the text. Its encrypted form is the initialization vector: it is as
                    // random, since a key permutes the blocks (NIST SP 800-38A, appendix C). The context chains on, which
                    // spares the setting of a vector: 80 ns.
                    return encrypt(part)
                }
                return context.restart(vector) && encrypt(text)
            }
        }
        guard succeeded else { throw .systemFailure(operation: "encrypting with AES-CBC") }
    }

    /// Returns the plain text; nil where the padding, PKCS #7 (RFC 5652, section 6.3), is wrong.
    func decrypt(_ sealed: ArraySlice<UInt8>, vector: ArraySlice<UInt8>) -> [UInt8]? {
        decryptor.withLock { context in
            guard vector.withUnsafeBytes({ context.restart($0.baseAddress) }) else { return nil }
            return context.finish(sealed, padding: CBC.blockSize)
        }
    }
}

/// HMAC-SHA256 (RFC 2104, FIPS 180-4) under one key.
///
/// The states of the digest after the padded key are computed once, as section 4 of the RFC proposes. They are copied as
/// values, which only the older functions of libcrypto allow: `EVP_MD_CTX_copy_ex` allocates memory for each copy, of which a
/// code needs two.
final class Authenticator: Sendable {
    private static let blockSize = 64
    private static let codeSize = 32
    /// The states after the key's inner and outer block, which are as secret as the key.
    let inner: SecretBytes
    let outer: SecretBytes

    init(key: SecretBytes) throws(EncryptionError) {
        inner = try Self.state(after: key, pad: 0x36)
        outer = try Self.state(after: key, pad: 0x5C)
    }

    private static func state(after key: SecretBytes, pad: UInt8) throws(EncryptionError) -> SecretBytes {
        var block = [UInt8](repeating: pad, count: blockSize)
        var state = SHA256_CTX()
        defer {
            block.clear()
            withUnsafeMutableBytes(of: &state) { OPENSSL_cleanse($0.baseAddress, $0.count) }
        }
        let succeeded = key.withBytes { key in
            guard key.count <= blockSize else { return false }
            for (index, byte) in key.enumerated() { block[index] ^= byte }
            return SHA256_Init(&state) == 1 && SHA256_Update(&state, block, blockSize) == 1
        }
        guard succeeded else { throw .systemFailure(operation: "creating HMAC-SHA256") }
        return withUnsafeBytes(of: &state) { SecretBytes($0) }
    }

    /// Writes the code of a text to memory with room for it.
    private func write(codeOf text: UnsafeRawBufferPointer, to code: UnsafeMutableRawPointer?) -> Bool {
        let code = code?.assumingMemoryBound(to: UInt8.self)
        var state = SHA256_CTX()
        Self.set(&state, to: inner)
        guard SHA256_Update(&state, text.baseAddress, text.count) == 1, SHA256_Final(code, &state) == 1 else {
            return false
        }
        Self.set(&state, to: outer)
        return SHA256_Update(&state, code, Self.codeSize) == 1 && SHA256_Final(code, &state) == 1
    }

    /// Copies a state in memory: a copy by value could remain on the stack.
    private static func set(_ state: inout SHA256_CTX, to start: SecretBytes) {
        withUnsafeMutableBytes(of: &state) { state in start.withBytes { state.copyMemory(from: $0) } }
    }

    /// Writes the authentication code of all from `start` but the last 32 bytes into these.
    func sign(_ token: inout [UInt8], from start: Int) throws(EncryptionError) {
        let end = token.count - Self.codeSize
        precondition(0 <= start && start <= end, "a token has room for its code")
        let succeeded = token.withUnsafeMutableBytes { token in
            write(
                codeOf: UnsafeRawBufferPointer(rebasing: token[start..<end]), to: token.baseAddress.map { $0 + end })
        }
        guard succeeded else { throw .systemFailure(operation: "computing HMAC-SHA256") }
    }

    /// Compares a code with that of a text, in a time that does not depend on where they differ.
    func isCode(_ code: ArraySlice<UInt8>, of text: ArraySlice<UInt8>) throws(EncryptionError) -> Bool {
        var expected = [UInt8](repeating: 0, count: Self.codeSize)
        let succeeded = text.withUnsafeBytes { text in
            expected.withUnsafeMutableBytes { write(codeOf: text, to: $0.baseAddress) }
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
