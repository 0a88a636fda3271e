public import EventContracts
import StringFormats
import Locks

/// Data keys that a key management service encrypts.
///
/// Each data key is made here, encrypts values for a time, and travels in every token, wrapped by a key that never leaves the
/// service. A reader asks the service to unwrap it, once for each data key as long as it is cached.
///
/// ```swift
/// let keys = EnvelopeKeys { key, name in
///     try await kms.encrypt(key, keyID: name)
/// } unwrap: { wrapped, name in
///     try await kms.decrypt(wrapped, keyID: name)
/// }
/// ```
///
/// For `EncryptionScheme.aes256GCM` only: Fernet's tokens have no place for a wrapped key.
public final class EnvelopeKeys: KeyProvider {
    /// A function that encrypts or decrypts the bytes of a data key under the key of the service that has a name.
    public typealias Operation = @Sendable (_ key: [UInt8], _ name: String) async throws -> [UInt8]

    private struct Entry {
        var key: Task<EncryptionKey, any Error>
        var expires: ContinuousClock.Instant
    }

    private struct Purpose: Hashable {
        var name: String
        /// Nil for the key that encrypts.
        var reference: KeyReference?
    }

    private let wrap: Operation
    private let unwrap: Operation
    private let lifetime: Duration
    private let capacity: Int
    private let entries = Lock<[Purpose: Entry]>([:])

    /// Creates a provider of data keys.
    ///
    /// - Parameters:
    ///   - lifetime: The time for which a data key encrypts, and for which an unwrapped one is kept.
    ///   - capacity: The number of keys that are kept. The one that expires first is released.
    ///   - wrap: Encrypts a data key of 32 bytes.
    ///   - unwrap: Decrypts what `wrap` returned.
    public init(
        lifetime: Duration = .seconds(3600), capacity: Int = 1000, wrap: @escaping Operation,
        unwrap: @escaping Operation
    ) {
        self.wrap = wrap
        self.unwrap = unwrap
        self.lifetime = lifetime
        self.capacity = max(capacity, 1)
    }

    public func currentKey(named name: String) async throws(EncryptionError) -> EncryptionKey {
        let wrap = wrap
        return try await cached(Purpose(name: name, reference: nil)) {
            var bytes = try SystemRandom.secret(EncryptionKeyFormat.size)
            defer { bytes.clear() }
            let wrapped = try await wrap(bytes, name)
            return try EncryptionKey(id: "envelope", scheme: .aes256GCM, bytes: bytes, wrappedKey: wrapped)
        }
    }

    public func key(_ reference: KeyReference, named name: String) async throws(EncryptionError) -> EncryptionKey {
        guard !reference.wrappedKey.isEmpty else { throw .unknownKey(id: reference.id, name: name) }
        let unwrap = unwrap
        return try await cached(Purpose(name: name, reference: reference)) {
            var bytes = try await unwrap(reference.wrappedKey, name)
            defer { bytes.clear() }
            return try EncryptionKey(
                id: reference.id, scheme: .aes256GCM, bytes: bytes, wrappedKey: reference.wrappedKey)
        }
    }

    public func keys(named name: String) async throws(EncryptionError) -> [EncryptionKey] {
        [try await currentKey(named: name)]
    }

    /// Returns a key from the cache, or makes it: once for all callers that wait for it. A failure is not kept.
    private func cached(
        _ purpose: Purpose, _ make: @escaping @Sendable () async throws -> EncryptionKey
    ) async throws(EncryptionError) -> EncryptionKey {
        let now = ContinuousClock.now
        let task = entries.withLock { entries in
            if let entry = entries[purpose], entry.expires > now { return entry.key }
            let task = Task { try await make() }
            entries[purpose] = Entry(key: task, expires: now + lifetime.bounded)
            if entries.count > capacity,
                let oldest = entries.filter({ $0.key != purpose }).min(by: { $0.value.expires < $1.value.expires })
            {
                entries[oldest.key] = nil
            }
            return task
        }
        do {
            return try await task.value
        } catch {
            entries.withLock { entries in
                if entries[purpose]?.key == task { entries[purpose] = nil }
            }
            if let error = error as? EncryptionError { throw error }
            throw .providerFailed(name: purpose.name, reason: "\(error)")
        }
    }
}
