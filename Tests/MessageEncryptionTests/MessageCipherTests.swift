import EventContracts
import Synchronization
import Testing

@testable import MessageEncryption

@Suite("Message cipher")
struct MessageCipherTests {
    /// A provider whose answer a test changes, and which reports each question.
    private final class Keys: KeyProvider {
        let answer: Mutex<Result<EncryptionKey, EncryptionError>>
        let asked: AsyncStream<Void>
        private let ask: AsyncStream<Void>.Continuation

        init(_ key: EncryptionKey) {
            answer = Mutex(.success(key))
            (asked, ask) = AsyncStream.makeStream()
        }

        func currentKey(named name: String) async throws(EncryptionError) -> EncryptionKey {
            defer { ask.yield() }
            return try answer.withLock { $0 }.get()
        }

        func key(_ reference: KeyReference, named name: String) async throws(EncryptionError) -> EncryptionKey {
            try answer.withLock { $0 }.get()
        }

        func keys(named name: String) async throws(EncryptionError) -> [EncryptionKey] {
            [try answer.withLock { $0 }.get()]
        }
    }

    private let rule = EncryptionRule(scheme: .aes256GCM, key: "pii")
    private let place = ValuePlace(contract: "C", topic: "t", message: "M", field: "/f", messageID: "1")

    private func keyID(_ cipher: MessageCipher) throws -> String {
        try AESGCM.Token(try cipher.encrypt([1], for: place, by: rule)).key.id
    }

    /// Encrypts until the key has an ID: the provider's answer may come after it was given.
    private func waitForKey(_ id: String, of cipher: MessageCipher) async throws {
        while try keyID(cipher) != id { await Task.yield() }
    }

    @Test("the provider is asked again after the interval, in the background", .timeLimit(.minutes(20)))
    func refresh() async throws {
        let keys = Keys(try EncryptionKey.random(id: "a", scheme: .aes256GCM))
        let time = Mutex(ContinuousClock.now)
        let cipher = MessageCipher(
            keys: keys, refreshInterval: .seconds(60), maximumStaleness: .seconds(600), now: { time.withLock { $0 } })
        try await cipher.prepare(for: [rule])
        let new = try EncryptionKey.random(id: "b", scheme: .aes256GCM)
        keys.answer.withLock { $0 = .success(new) }
        #expect(try keyID(cipher) == "a")
        time.withLock { $0 += .seconds(61) }
        // The message that is being encrypted does not wait.
        #expect(try keyID(cipher) == "a")
        try await waitForKey("b", of: cipher)
    }

    @Test(
        "while the provider fails, the last key is used for a limited time, then encryption fails",
        .timeLimit(.minutes(20)))
    func staleness() async throws {
        let keys = Keys(try EncryptionKey.random(id: "a", scheme: .aes256GCM))
        let time = Mutex(ContinuousClock.now)
        let cipher = MessageCipher(
            keys: keys, refreshInterval: .seconds(60), maximumStaleness: .seconds(600), now: { time.withLock { $0 } })
        try await cipher.prepare(for: [rule])
        let error = EncryptionError.providerFailed(name: "pii", reason: "down")
        keys.answer.withLock { $0 = .failure(error) }
        time.withLock { $0 += .seconds(61) }
        #expect(try keyID(cipher) == "a")
        var asked = keys.asked.makeAsyncIterator()
        for _ in 0..<2 { await asked.next() }
        #expect(try keyID(cipher) == "a")
        // The failure counts from the answer, which may be yet to come.
        while true {
            time.withLock { $0 += .seconds(601) }
            do throws(EncryptionError) { _ = try cipher.encrypt([1], for: place, by: rule) } catch {
                #expect(error == .providerFailed(name: "pii", reason: "down"))
                break
            }
            await Task.yield()
        }
        // An answer ends it.
        let new = try EncryptionKey.random(id: "b", scheme: .aes256GCM)
        keys.answer.withLock { $0 = .success(new) }
        while (try? keyID(cipher)) != "b" {
            time.withLock { $0 += .seconds(61) }
            await Task.yield()
        }
    }

    @Test("a key of another scheme than the contract's is refused, and a missing one")
    func wrongKey() async throws {
        let keys = ConfiguredKeys(["pii": [try EncryptionKey.random(id: "a", scheme: .fernet)]])
        await #expect(
            throws: EncryptionError.invalidKey(
                reason: "'pii' has a key of fernet; the contract states aes-256-gcm")
        ) { try await MessageCipher(keys: keys, for: [Clinic.self]) }
        await #expect(throws: EncryptionError.noKey(name: "pii")) {
            try await MessageCipher(keys: ConfiguredKeys([:]), for: [Clinic.self])
        }
    }

    @Test("variables have the keys that a contract names")
    func contractKeys() async throws {
        let keys = try ConfiguredKeys(
            for: [Clinic.self],
            variables: [
                "MESSAGE_ENCRYPTION_KEYS_PII": "a:" + EncryptionKey.random(id: "a", scheme: .aes256GCM).text,
                "MESSAGE_ENCRYPTION_KEYS_MEDICAL": "b:" + EncryptionKey.random(id: "b", scheme: .fernet).text,
            ])
        #expect(try await keys.currentKey(named: "medical").scheme == .fernet)
        _ = try await MessageCipher(keys: keys, for: [Clinic.self])
    }
}
