import EventContracts
import Foundation
import MessageEncryption
import Synchronization
import TestSupport
import Testing

@Suite("Keys")
struct KeyTests {
    @Test("no description, dump or mirror of a key shows it")
    func redaction() throws {
        let key = try EncryptionKey.random(id: "2026-11", scheme: .aes256GCM)
        var dumped = ""
        dump(key, to: &dumped)
        let shown = "\(key) \(String(reflecting: key)) \(dumped) \(Array(Mirror(reflecting: key).children))"
        #expect(shown.contains("2026-11"))
        #expect(!shown.contains(key.text.dropLast()))
    }

    @Test("a key's text makes the same key")
    func text() throws {
        let place = ValuePlace(contract: "C", topic: "t", message: "M", field: "", messageID: "")
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        let token = try AESGCM.encrypt([7], for: place, with: key)
        let same = try EncryptionKey(id: "1", scheme: .aes256GCM, text: key.text)
        #expect(try AESGCM.decrypt(token, for: place, with: same) == [7])
    }

    @Test("variables have keys by name; the first encrypts, all decrypt, in both notations")
    func variables() async throws {
        let made = try ["a", "b"].map { try EncryptionKey.random(id: $0, scheme: .fernet) }
        let file = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())")
        try Data("\na:\(made[0].text)\n b:\(made[1].text)\r\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let variables = [
            "MESSAGE_ENCRYPTION_KEYS_PII": "a:\(made[0].text), b:\(made[1].text)",
            "MESSAGE_ENCRYPTION_KEYS_CARD_DATA_FILE": file.path,
        ]
        let keys = try ConfiguredKeys(names: ["pii": .fernet, "card-data": .fernet], variables: variables)
        for name in ["pii", "card-data"] {
            #expect(try await keys.currentKey(named: name).id == "a")
            #expect(try await keys.keys(named: name).map(\.id) == ["a", "b"])
            #expect(try await keys.key(KeyReference(id: "b"), named: name).text == made[1].text)
            await #expect(throws: EncryptionError.unknownKey(id: "c", name: name)) {
                try await keys.key(KeyReference(id: "c"), named: name)
            }
        }
        await #expect(throws: EncryptionError.noKey(name: "other")) { try await keys.currentKey(named: "other") }
    }

    @Test(
        "keys that can't be read are named by variable and position, and never shown",
        arguments: [
            ("SECRETKEY", "key 1 of MESSAGE_ENCRYPTION_KEYS_PII has no ID; write ID:KEY"),
            (
                "a:SECRETKEY",
                "key 1 of MESSAGE_ENCRYPTION_KEYS_PII: a key is 32 bytes in base64url, with padding"
            ),
            (
                "a:cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=,a:cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
                "key 2 of MESSAGE_ENCRYPTION_KEYS_PII has the ID of another one"
            ),
            (
                "a b:cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
                "key 1 of MESSAGE_ENCRYPTION_KEYS_PII: an ID is 1 to 64 letters, digits, '.', '_' or '-'"
            ),
            (
                "a:U0VDUkVU",
                "key 1 of MESSAGE_ENCRYPTION_KEYS_PII: a key of aes-256-gcm has 32 bytes; this one has 6"
            ),
        ])
    func errors(text: String, reason: String) {
        let error = #expect(throws: EncryptionError.self) {
            try ConfiguredKeys(names: ["pii": .aes256GCM], variables: ["MESSAGE_ENCRYPTION_KEYS_PII": text])
        }
        #expect(error == .invalidKey(reason: reason))
    }

    @Test("two names with the same variable are refused")
    func sameVariable() {
        #expect(
            throws: EncryptionError.invalidKey(
                reason: "the keys 'a-b' and 'a_b' have one variable, MESSAGE_ENCRYPTION_KEYS_A_B")
        ) {
            try ConfiguredKeys(names: ["a_b": .fernet, "a-b": .fernet], variables: [:])
        }
    }

    @Test("a name without keys is an error when the keys are read", arguments: ["", " ", ",\n"])
    func missing(text: String) {
        #expect(throws: EncryptionError.noKey(name: "pii")) {
            try ConfiguredKeys(names: ["pii": .aes256GCM], variables: ["MESSAGE_ENCRYPTION_KEYS_PII": text])
        }
    }
}

@Suite("Envelope keys")
struct EnvelopeKeyTests {
    /// A key management service that hides keys by a constant, and counts its calls.
    private final class Service: Sendable {
        struct Failure: Error {}
        let calls = Mutex((wraps: 0, unwraps: 0, failures: 0))

        /// - Parameter lifetime: By default, longer than any test takes on a busy machine.
        func keys(lifetime: Duration = .seconds(86_400), capacity: Int = 10) -> EnvelopeKeys {
            EnvelopeKeys(lifetime: lifetime, capacity: capacity) { key, name in
                let fails = self.calls.withLock { calls in
                    calls.wraps += 1
                    calls.failures -= 1
                    return calls.failures >= 0
                }
                if fails { throw Failure() }
                return Array(name.utf8) + key.map { $0 ^ 0x5a }
            } unwrap: { wrapped, name in
                self.calls.withLock { $0.unwraps += 1 }
                guard wrapped.starts(with: name.utf8) else { throw Failure() }
                return wrapped.dropFirst(name.utf8.count).map { $0 ^ 0x5a }
            }
        }
    }

    private let place = ValuePlace(contract: "C", topic: "t", message: "M", field: "/a", messageID: "1")

    @Test("one data key for all values of its lifetime, unwrapped once for all readers that wait for it")
    func caches() async throws {
        let service = Service()
        let writer = ValueEncryption(keys: service.keys())
        let tokens = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for index in 0..<50 {
                group.addTask { try await writer.encrypt([UInt8(index)], for: place, keyNamed: "pii") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let reader = ValueEncryption(keys: service.keys())
        let values = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for token in tokens {
                group.addTask { try await reader.decrypt(token, for: place, keyNamed: "pii", scheme: .aes256GCM) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(values.sorted() == Array(0..<50))
        service.calls.withLock { #expect($0.wraps == 1 && $0.unwraps == 1) }
    }

    @Test("a failure of the service is an error with the key's name, and is not kept")
    func failures() async throws {
        let service = Service()
        service.calls.withLock { $0.failures = 1 }
        let encryption = ValueEncryption(keys: service.keys())
        await #expect(throws: EncryptionError.providerFailed(name: "pii", reason: "Failure()")) {
            try await encryption.encrypt([1], for: place, keyNamed: "pii")
        }
        let token = try await encryption.encrypt([1], for: place, keyNamed: "pii")
        await #expect(throws: EncryptionError.providerFailed(name: "card", reason: "Failure()")) {
            try await encryption.decrypt(token, for: place, keyNamed: "card", scheme: .aes256GCM)
        }
    }

    @Test("a data key encrypts for its lifetime only, and the number of kept keys is bounded")
    func lifetime() async throws {
        let service = Service()
        let keys = service.keys(lifetime: .zero, capacity: 1)
        let first = try await keys.currentKey(named: "pii")
        let second = try await keys.currentKey(named: "pii")
        #expect(first.wrappedKey != second.wrappedKey)
        let kept = service.keys(capacity: 1)
        _ = try await kept.currentKey(named: "a")
        _ = try await kept.currentKey(named: "b")
        _ = try await kept.currentKey(named: "b")
        _ = try await kept.currentKey(named: "a")
        service.calls.withLock { #expect($0.wraps == 5) }
    }
}

@Suite("Rotation")
struct RotationTests {
    @Test("a token is encrypted anew under the newest key; a Fernet token keeps its time")
    func rotates() async throws {
        let place = ValuePlace(contract: "C", topic: "t", message: "M", field: "/a", messageID: "1")
        for scheme in EncryptionScheme.allCases {
            let (old, new) = (
                try EncryptionKey.random(id: "old", scheme: scheme), try EncryptionKey.random(id: "new", scheme: scheme)
            )
            let before = ValueEncryption(keys: ConfiguredKeys(["k": [old]])) { 1000 }
            let both = ValueEncryption(keys: ConfiguredKeys(["k": [new, old]])) { 2000 }
            let after = ValueEncryption(keys: ConfiguredKeys(["k": [new]])) { 3000 }
            let token = try await before.encrypt([1, 2], for: place, keyNamed: "k")
            await #expect(throws: EncryptionError.self) {
                try await after.decrypt(token, for: place, keyNamed: "k", scheme: scheme)
            }
            let rotated = try await both.rotate(token, for: place, keyNamed: "k", scheme: scheme)
            #expect(try await after.decrypt(rotated, for: place, keyNamed: "k", scheme: scheme) == [1, 2])
            let impatient = ValueEncryption(
                keys: ConfiguredKeys(["k": [new]]), timeToLive: .seconds(10), now: { 2000 })
            if scheme == .fernet {
                await #expect(throws: EncryptionError.expired) {
                    try await impatient.decrypt(rotated, for: place, keyNamed: "k", scheme: scheme)
                }
                #expect(try Fernet.decrypt(rotated, at: 1010, timeToLive: 10, with: [new]) == [1, 2])
                #expect(throws: EncryptionError.expired) {
                    try Fernet.decrypt(rotated, at: 2000, timeToLive: 10, with: [new])
                }
            }
        }
    }
}
