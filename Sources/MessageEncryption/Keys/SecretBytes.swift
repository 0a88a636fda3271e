#if canImport(CommonCrypto)
internal import Darwin
#else
internal import CLibCrypto
#endif

/// Bytes that are overwritten with zeros when they are released, and that no description shows.
///
/// Sendable although a pointer is stored: the memory is written by `init` and `deinit` only.
final class SecretBytes: @unchecked Sendable {
    let count: Int
    private let storage: UnsafeMutableRawPointer

    init(_ bytes: some Collection<UInt8>) {
        count = bytes.count
        storage = .allocate(byteCount: max(count, 1), alignment: 16)
        UnsafeMutableRawBufferPointer(start: storage, count: count).copyBytes(from: bytes)
    }

    deinit {
        Self.clear(storage, count)
        storage.deallocate()
    }

    /// Overwrites memory with zeros, also where the compiler sees that nobody reads it.
    static func clear(_ start: UnsafeMutableRawPointer, _ count: Int) {
        #if canImport(CommonCrypto)
        _ = memset_s(start, count, 0, count)
        #else
        OPENSSL_cleanse(start, count)
        #endif
    }

    /// Calls `body` with the bytes, which it must not keep.
    func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: storage, count: count))
    }

    /// Returns a range of the bytes as a secret of its own.
    func part(_ range: Range<Int>) -> SecretBytes {
        withBytes { SecretBytes($0[range]) }
    }
}
