public import EventContracts
import Locks

/// A cipher for the sensitive values of messages with the keys of a provider.
///
/// ```swift
/// let cipher = try await MessageCipher(keys: ConfiguredKeys(for: [Shop.self]), for: [Shop.self])
/// let producer = Producer(transport: transport, contracts: [Shop.self], context: context, cipher: cipher)
/// ```
///
/// It has the current key of each rule from the start, and asks the provider for a newer one in the background while it
/// encrypts. Where the provider does not answer, it continues with the last key for ``maximumStaleness``, and then refuses to
/// encrypt.
public final class MessageCipher: ValueCipher {
    private struct Entry {
        var key: EncryptionKey
        /// The time of the last request to the provider.
        var asked: ContinuousClock.Instant
        var isAsking = false
        /// The first failure of the provider since its last answer.
        var failure: (error: EncryptionError, since: ContinuousClock.Instant)?
    }

    /// The time for which a key is used before the provider is asked for a newer one.
    public let refreshInterval: Duration
    /// The time for which the last key is used while the provider fails.
    public let maximumStaleness: Duration

    private let keys: any KeyProvider
    private let metrics: EncryptionMetrics?
    private let values: ValueEncryption
    private let now: @Sendable () -> ContinuousClock.Instant
    private let entries = Lock<[EncryptionRule: Entry]>([:])

    /// Creates a cipher, and gets the keys of contracts.
    ///
    /// - Parameters:
    ///   - keys: The source of the keys.
    ///   - contracts: The contracts whose messages are encrypted.
    ///   - refreshInterval: The time for which a key is used before the provider is asked for a newer one.
    ///   - maximumStaleness: The time for which the last key is used while the provider fails.
    ///   - timeToLive: The age up to which tokens of Fernet are taken; `nil` for any age.
    ///   - metrics: Counts what can't be encrypted or decrypted.
    /// - Throws: `EncryptionError` where a contract's key is missing, or of another scheme.
    public convenience init(
        keys: any KeyProvider, for contracts: [any EventContract.Type], refreshInterval: Duration = .seconds(60),
        maximumStaleness: Duration = .seconds(3600), timeToLive: Duration? = nil, metrics: EncryptionMetrics? = nil
    ) async throws(EncryptionError) {
        self.init(
            keys: keys, refreshInterval: refreshInterval, maximumStaleness: maximumStaleness,
            timeToLive: timeToLive, metrics: metrics, now: { ContinuousClock.now })
        try await prepare(for: contracts.flatMap { $0.encryptionRules })
    }

    init(
        keys: any KeyProvider, refreshInterval: Duration, maximumStaleness: Duration,
        timeToLive: Duration? = nil, metrics: EncryptionMetrics? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.keys = keys
        self.metrics = metrics
        self.refreshInterval = refreshInterval
        self.maximumStaleness = maximumStaleness
        self.now = now
        values = ValueEncryption(keys: keys, timeToLive: timeToLive)
    }

    public func prepare(for rules: [EncryptionRule]) async throws(EncryptionError) {
        for rule in rules where entries.withLock({ $0[rule] == nil }) {
            let key = try await currentKey(of: rule)
            let entry = Entry(key: key, asked: now())
            entries.withLock { $0[rule] = entry }
        }
    }

    public func encrypt(
        _ plain: [UInt8], for place: ValuePlace, by rule: EncryptionRule
    ) throws(EncryptionError) -> [UInt8] {
        do throws(EncryptionError) {
            return try values.encrypt(plain, for: place, with: try key(of: rule))
        } catch {
            metrics?.count(error, of: .encrypt, keyNamed: rule.key)
            throw error
        }
    }

    public func decrypt(
        _ token: [UInt8], for place: ValuePlace, by rule: EncryptionRule
    ) async throws(EncryptionError) -> [UInt8] {
        do throws(EncryptionError) {
            return try await values.decrypt(token, for: place, keyNamed: rule.key, scheme: rule.scheme)
        } catch {
            metrics?.count(error, of: .decrypt, keyNamed: rule.key)
            throw error
        }
    }

    // MARK: Keys

    /// Returns the key at hand, and asks for a newer one where it is time.
    private func key(of rule: EncryptionRule) throws(EncryptionError) -> EncryptionKey {
        let now = now()
        let found: (result: Result<EncryptionKey, EncryptionError>, asks: Bool) = entries.withLock { entries in
            guard var entry = entries[rule] else { return (.failure(.noKey(name: rule.key)), false) }
            let asks = !entry.isAsking && now - entry.asked >= refreshInterval
            if asks {
                entry.isAsking = true
                entry.asked = now
                entries[rule] = entry
            }
            if let failure = entry.failure, now - failure.since > maximumStaleness {
                return (.failure(failure.error), asks)
            }
            return (.success(entry.key), asks)
        }
        if found.asks { Task { await self.refresh(rule) } }
        return try found.result.get()
    }

    private func refresh(_ rule: EncryptionRule) async {
        let result: Result<EncryptionKey, EncryptionError>
        do throws(EncryptionError) { result = .success(try await currentKey(of: rule)) } catch {
            result = .failure(error)
            metrics?.count(error, of: .refresh, keyNamed: rule.key)
        }
        let now = now()
        entries.withLock { entries in
            entries[rule]?.isAsking = false
            switch result {
            case .success(let key):
                entries[rule]?.key = key
                entries[rule]?.failure = nil
            case .failure(let error):
                let since = entries[rule]?.failure?.since ?? now
                entries[rule]?.failure = (error, since)
            }
        }
    }

    private func currentKey(of rule: EncryptionRule) async throws(EncryptionError) -> EncryptionKey {
        let key = try await keys.currentKey(named: rule.key)
        guard key.scheme == rule.scheme else {
            throw .invalidKey(
                reason: "'\(rule.key)' has a key of \(key.scheme.rawValue); the contract states \(rule.scheme.rawValue)"
            )
        }
        return key
    }
}
