import EventContracts
import Foundation
import Logging
import MessageEncryption
import TDAContracts

/// Encryption of values beside Python's `cryptography`, and the cost of it for messages without sensitive values.
struct EncryptionBenchmark {
    private static let place = ValuePlace(
        contract: "Clinic", topic: "patients", message: "PatientMessage", field: "/payload/email",
        messageID: "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11")

    func run() async throws {
        let short = [UInt8](repeating: UInt8(ascii: "a"), count: 100)
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 463)
        let gcm = try EncryptionKey.random(id: "2026-11", scheme: .aes256GCM)
        let fernet = try EncryptionKey.random(id: "2026-11", scheme: .fernet)
        func candidate(_ name: String, _ work: @escaping () throws -> [UInt8]) -> Measurement.Candidate {
            Measurement.Candidate(name: name) { for _ in 0..<$0 { consume(try? work()) } }
        }
        let sealed = try AESGCM.encrypt(short, for: Self.place, with: gcm)
        let token = try Fernet.encrypt(long, at: 1_800_000_000, with: fernet)
        let times = Measurement.medians([
            candidate("aes-256-gcm, 100 bytes") { try AESGCM.encrypt(short, for: Self.place, with: gcm) },
            candidate("fernet, 100 bytes") { try Fernet.encrypt(short, at: 1_800_000_000, with: fernet) },
            candidate("fernet, 463 bytes") { try Fernet.encrypt(long, at: 1_800_000_000, with: fernet) },
            candidate("aes-256-gcm, 100 bytes, decrypt") { try AESGCM.decrypt(sealed, for: Self.place, with: gcm) },
            candidate("fernet, 463 bytes, decrypt") { try Fernet.decrypt(token, at: 1_800_000_000, with: [fernet]) },
        ])
        let python = try PythonFernet.measure()
        print("Encrypting a value")
        row("aes-256-gcm, 100 bytes", times[0], goal: 1000)
        row("fernet, 100 bytes", times[1], goal: 3000)
        row("fernet, 463 bytes", times[2], python: python.encrypt, goal: 8)
        row("aes-256-gcm, 100 bytes, decrypted", times[3])
        row("fernet, 463 bytes, decrypted", times[4], python: python.decrypt)
        try await measureMessages(gcm)
    }

    private func row(_ name: String, _ time: Double, goal: Double? = nil) {
        let verdict = goal.map { " (goal \(Int($0)) ns: \(time <= $0 ? "reached" : "MISSED"))" }
        print("  \(name): \(Int(time)) ns\(verdict ?? "")")
    }

    private func row(_ name: String, _ time: Double, python: Double, goal: Double? = nil) {
        let ratio = python / time
        let verdict = goal.map { " (goal \(Int($0)) x: \(ratio >= $0 ? "reached" : "MISSED"))" }
        let factor = String(format: "%.1f", ratio)
        print("  \(name): \(Int(time)) ns, Python's cryptography \(Int(python)) ns: \(factor) x\(verdict ?? "")")
    }

    /// Sends messages without sensitive values by producers with and without a cipher, in turns. A second producer without
    /// one shows how much equal ones differ.
    private func measureMessages(_ key: EncryptionKey) async throws {
        let cipher = try await MessageCipher(keys: ConfiguredKeys(["pii": [key]]), for: [TDA.self])
        var producers: [Producer] = []
        for cipher in [nil, cipher, nil] as [MessageCipher?] {
            let producer = Producer(
                transport: ImmediateSink(), contracts: [TDA.self], context: MessageContext(service: "tda-backend"),
                cipher: cipher, metrics: [TDA.Metrics()],
                logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
            try await producer.start()
            producers.append(producer)
        }
        var costs = producers.map { _ in [Double]() }
        for round in 0..<41 {
            for (index, producer) in producers.enumerated() {
                let start = Cost.now()
                for _ in 0..<20 { _ = await producer.send(batch: (0..<1000).map { _ in Self.message() }) }
                // The first round warms up.
                if round > 0 { costs[index].append((Cost.now() - start).cpu / 20_000 * 1e9) }
            }
        }
        for producer in producers { await producer.shutdown() }
        let medians = costs.map { $0.sorted()[$0.count / 2] }
        print("A message without sensitive values, in batches of 1,000")
        print("  without a cipher: \(Int(medians[0])) ns CPU, and again \(Int(medians[2])) ns")
        print("  with a cipher: \(Int(medians[1])) ns CPU")
    }

    @inline(never)
    private static func message() -> Draft<JobMessage> {
        JobMessage.completed(jobID: "job-1", resultID: "res-7b1d", algorithm: "vietoris_rips", executionTime: 12.5)
    }
}

/// Python's `cryptography` doing the same work, in the environment that scripts/setup-judges makes.
private enum PythonFernet {
    /// Nanoseconds for 463 bytes.
    struct Times: Decodable {
        var encrypt: Double
        var decrypt: Double
    }

    static func measure() throws -> Times { try PythonClient.run(script) }

    private static let script = """
        import json, statistics, time
        from cryptography.fernet import Fernet

        fernet = Fernet(Fernet.generate_key())
        plain = b"a" * 463
        token = fernet.encrypt(plain)

        def nanoseconds(work, count=5000):
            times = []
            for _ in range(9):
                start = time.perf_counter_ns()
                for _ in range(count): work()
                times.append((time.perf_counter_ns() - start) / count)
            return statistics.median(times)

        print(json.dumps({
            "encrypt": nanoseconds(lambda: fernet.encrypt(plain)),
            "decrypt": nanoseconds(lambda: fernet.decrypt(token)),
        }))
        """
}
