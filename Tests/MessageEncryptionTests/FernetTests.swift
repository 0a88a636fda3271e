import EventContracts
import Foundation

import TestSupport
import Testing

@testable import MessageEncryption

@Suite("Fernet")
struct FernetTests {
    /// An entry of the specification's vectors.
    private struct Vector: Decodable {
        var token: String
        var now: String
        var secret: String
        var src: String?
        var iv: [UInt8]?
        var timeToLive: UInt64?
        var desc: String?

        private enum CodingKeys: String, CodingKey {
            case token, now, secret, src, iv, desc
            case timeToLive = "ttl_sec"
        }

        var seconds: UInt64 {
            get throws { UInt64(try Date(now, strategy: .iso8601).timeIntervalSince1970) }
        }
    }

    private func vectors(_ name: String) throws -> [Vector] {
        let script = """
            import cryptography_vectors, pathlib
            print((pathlib.Path(cryptography_vectors.__file__).parent / "fernet" / "\(name).json").read_text())
            """
        let outcome = try OutsideProgram.python(script).run()
        try #require(outcome.status == 0, "\(outcome.output)")
        return try JSONDecoder().decode([Vector].self, from: Data(outcome.output.utf8))
    }

    private func key(_ text: String) throws -> EncryptionKey {
        try EncryptionKey(id: "1", scheme: .fernet, text: text)
    }

    @Test("the specification's vectors for generating: the same token, byte for byte")
    func generate() throws {
        let vectors = try vectors("generate")
        #expect(!vectors.isEmpty)
        for vector in vectors {
            let (source, iv) = (try #require(vector.src), try #require(vector.iv))
            let token = try Fernet.encrypt(
                Array(source.utf8), at: try vector.seconds, vector: iv, with: try key(vector.secret))
            #expect(String(decoding: token, as: UTF8.self) == vector.token)
        }
    }

    @Test("the specification's vectors for verifying")
    func verify() throws {
        let vectors = try vectors("verify")
        #expect(!vectors.isEmpty)
        for vector in vectors {
            let plain = try Fernet.decrypt(
                vector.token.utf8, at: try vector.seconds, timeToLive: vector.timeToLive, with: [try key(vector.secret)]
            )
            #expect(String(decoding: plain, as: UTF8.self) == vector.src)
        }
    }

    @Test("the specification's vectors of invalid tokens")
    func invalid() throws {
        let vectors = try vectors("invalid")
        #expect(vectors.count >= 8)
        for vector in vectors {
            #expect(throws: EncryptionError.self, "\(vector.desc ?? "")") {
                try Fernet.decrypt(
                    vector.token.utf8, at: try vector.seconds, timeToLive: vector.timeToLive,
                    with: [try key(vector.secret)])
            }
        }
    }

    @Test("Python's MultiFernet reads and rotates 10,000 tokens of ours, and ours reads as many of Python's")
    func agreement() throws {
        var random = SeededGenerator(seed: 15)
        let keys = try (1...3).map { try EncryptionKey.random(id: "\($0)", scheme: .fernet) }
        let plain = (0..<10_000).map { _ in
            (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        }
        let tokens = try plain.enumerated().map { index, plain in
            String(
                decoding: try Fernet.encrypt(plain, at: 1_700_000_000, with: keys[index % keys.count]), as: UTF8.self)
        }
        let script = """
            import sys
            from cryptography.fernet import Fernet, MultiFernet
            keys = [Fernet(key) for key in sys.stdin.readline().split()]
            all = MultiFernet(keys)
            for index, token in enumerate(sys.stdin.readlines()):
                plain = all.decrypt(token.strip().encode())
                made = MultiFernet(keys[index % 3:] + keys).encrypt(plain)
                print(plain.hex(), made.decode(), all.rotate(token.strip().encode()).decode())
            """
        let input = ([keys.map(\.text).joined(separator: " ")] + tokens).joined(separator: "\n")
        let outcome = try OutsideProgram.python(script).run(input: Array(input.utf8))
        let lines = outcome.output.split(separator: "\n")
        try #require(outcome.status == 0 && lines.count == plain.count, "\(outcome.output.prefix(500))")
        for (line, plain) in zip(lines, plain) {
            let fields = line.split(separator: " ", omittingEmptySubsequences: false)
            #expect(fields[0] == hex(plain))
            #expect(try Fernet.decrypt(fields[1].utf8, at: 1_700_000_000, with: keys) == plain)
            #expect(try Fernet.decrypt(fields[2].utf8, at: 1_700_000_000, timeToLive: 0, with: [keys[0]]) == plain)
        }
    }

    @Test("initialization vectors are random: all differ, and each bit is set in half of them")
    func vectors() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .fernet)
        let vectors = try (0..<10_000).map { _ in
            Array(try Fernet.parse(Fernet.encrypt([UInt8](repeating: 0, count: 16), at: 1, with: key)).bytes[9..<25])
        }
        #expect(Set(vectors).count == vectors.count)
        for bit in 0..<128 {
            let count = vectors.count { $0[bit / 8] >> UInt8(bit % 8) & 1 == 1 }
            // Six standard deviations of 50.
            #expect((4700...5300).contains(count), "bit \(bit)")
        }
    }

    @Test("a vector that a test sets does not change those of later tokens")
    func vectorsAfterSetOne() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .fernet)
        let vector = [UInt8](repeating: 7, count: 16)
        let tokens = try (0..<4).map { index in
            try Fernet.encrypt([1, 2, 3], at: 1, vector: index.isMultiple(of: 2) ? vector : nil, with: key)
        }
        #expect(tokens[0] == tokens[2])
        #expect(Set(tokens).count == 3)
        for token in tokens { #expect(try Fernet.decrypt(token, at: 1, with: [key]) == [1, 2, 3]) }
    }

    @Test("a token with any byte changed, missing or added is refused")
    func tampering() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .fernet)
        let token = try Fernet.encrypt(Array("secret".utf8), at: 1, with: key)
        for index in token.indices {
            for byte in Set([token[index] ^ 1, UInt8(ascii: "A"), UInt8(ascii: "="), UInt8(ascii: " ")])
            where byte != token[index] {
                var changed = token
                changed[index] = byte
                #expect(throws: EncryptionError.self) { try Fernet.decrypt(changed, at: 1, with: [key]) }
            }
            #expect(throws: EncryptionError.self) { try Fernet.decrypt(token.prefix(index), at: 1, with: [key]) }
        }
        #expect(throws: EncryptionError.self) { try Fernet.decrypt(token + token, at: 1, with: [key]) }
    }

    @Test(
        "the time to live counts from the token's time; a clock may be a minute ahead",
        arguments: [
            (1000, 60, 1060, true), (1000, 60, 1061, false), (1000, 0, 1000, true), (1061, 10, 1000, false),
            (1060, 10, 1000, true), (UInt64.max, 10, UInt64.max, true), (UInt64.max, 10, 0, false),
        ] as [(UInt64, UInt64, UInt64, Bool)])
    func timeToLive(made: UInt64, timeToLive: UInt64, now: UInt64, isTaken: Bool) throws {
        let key = try EncryptionKey.random(id: "1", scheme: .fernet)
        let token = try Fernet.encrypt([1], at: made, with: key)
        let read = Result { try Fernet.decrypt(token, at: now, timeToLive: timeToLive, with: [key]) }
        #expect((try? read.get()) == (isTaken ? [1] : nil))
    }

    @Test("a key of another scheme makes no token and reads none")
    func schemes() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        #expect(throws: EncryptionError.self) { try Fernet.encrypt([1], at: 1, with: key) }
        let token = try Fernet.encrypt([1], at: 1, with: try .random(id: "1", scheme: .fernet))
        #expect(throws: EncryptionError.notAuthentic) { try Fernet.decrypt(token, at: 1, with: [key]) }
    }
}

func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
