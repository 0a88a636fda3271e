import EventContracts
import Foundation
import MessageEncryption
import TestSupport
import Testing

@Suite("AES-GCM tokens")
struct AESGCMTests {
    private let place = ValuePlace(
        contract: "Shop", topic: "orders", message: "OrderMessage", field: "/payload/email", messageID: "order-1")

    private func text(_ token: [UInt8]) -> String { String(decoding: token, as: UTF8.self) }

    @Test("the documented layout, read by Python's cryptography")
    func agreement() throws {
        var random = SeededGenerator(seed: 16)
        let keys = try (1...3).map { try EncryptionKey.random(id: "2026-\($0)", scheme: .aes256GCM) }
        let values = (0..<5000).map { index in
            (
                key: keys[index % keys.count],
                place: ValuePlace(
                    contract: "Shop", topic: "topic\(index % 3)", message: "Message\(index % 7)",
                    field: "/a/~1é\(index % 5)", messageID: "\(index)"),
                plain: (0..<Int.random(in: 0...300, using: &random)).map { _ in
                    UInt8.random(in: .min ... .max, using: &random)
                }
            )
        }
        let input = try values.map { value in
            let token = text(try AESGCM.encrypt(value.plain, for: value.place, with: value.key))
            let place = value.place
            return [
                value.key.id, value.key.text, place.contract, place.topic, place.message, place.field, place.messageID,
                token,
            ].joined(separator: "\t")
        }
        let reader = OutsideProgram.root.appending(path: "Examples/EncryptedValues/read_token.py").path
        let outcome = try OutsideProgram.python("import runpy; runpy.run_path('\(reader)', run_name='__main__')")
            .run(input: Array(input.joined(separator: "\n").utf8))
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        try #require(outcome.status == 0 && lines.count == values.count, "\(outcome.output.suffix(500))")
        for (line, value) in zip(lines, values) { #expect(line == hex(value.plain)) }
    }

    @Test("a token is read with its key at its place, and two tokens of one value differ")
    func roundTrip() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        for plain in [[], [1], Array("a value".utf8)] {
            let tokens = try (0..<2).map { _ in try AESGCM.encrypt(plain, for: place, with: key) }
            #expect(tokens[0] != tokens[1])
            for token in tokens { #expect(try AESGCM.decrypt(token, for: place, with: key) == plain) }
        }
    }

    @Test("a token with any bit changed, missing or added is refused")
    func tampering() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        let token = try AESGCM.encrypt(Array("secret".utf8), for: place, with: key)
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ".utf8)
        for index in token.indices {
            for digit in digits where digit != token[index] {
                var changed = token
                changed[index] = digit
                #expect(throws: EncryptionError.self) { try AESGCM.decrypt(changed, for: place, with: key) }
            }
            #expect(throws: EncryptionError.self) { try AESGCM.decrypt(token.prefix(index), for: place, with: key) }
            #expect(throws: EncryptionError.self) {
                try AESGCM.decrypt(token + token.prefix(index + 1), for: place, with: key)
            }
        }
    }

    @Test("a token moved to another place is refused, also where the parts' texts together are the same")
    func moved() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        let token = try AESGCM.encrypt([1, 2, 3], for: place, with: key)
        var places = Array(repeating: place, count: 6)
        places[0].contract = "Shoq"
        places[1].message = "Order"
        places[2].field = "/payload/name"
        places[3].messageID = "order-2"
        (places[4].field, places[4].messageID) = ("/payload/emailo", "rder-1")
        places[5].topic = "returns"
        for other in places {
            #expect(throws: EncryptionError.notAuthentic) { try AESGCM.decrypt(token, for: other, with: key) }
        }
    }

    @Test("another key of the same ID can't read a token, and one of another ID is named")
    func otherKeys() throws {
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        let token = try AESGCM.encrypt([1], for: place, with: key)
        #expect(throws: EncryptionError.notAuthentic) {
            try AESGCM.decrypt(token, for: place, with: .random(id: "1", scheme: .aes256GCM))
        }
        #expect(throws: EncryptionError.unknownKey(id: "1", name: "2")) {
            try AESGCM.decrypt(token, for: place, with: .random(id: "2", scheme: .aes256GCM))
        }
        let fernet = try EncryptionKey.random(id: "1", scheme: .fernet)
        #expect(throws: EncryptionError.self) { try AESGCM.encrypt([1], for: place, with: fernet) }
        #expect(throws: EncryptionError.self) { try AESGCM.decrypt(token, for: place, with: fernet) }
    }

    @Test("random texts are no tokens, and never trap")
    func noise() throws {
        var random = SeededGenerator(seed: 17)
        let key = try EncryptionKey.random(id: "1", scheme: .aes256GCM)
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for _ in 0..<20_000 {
            var noise = (0..<Int.random(in: 0...80, using: &random)).map { _ in digits.randomElement(using: &random)! }
            if Bool.random(using: &random) { noise = Array("AQEx".utf8) + noise }
            #expect(throws: EncryptionError.self) { try AESGCM.decrypt(noise, for: place, with: key) }
            #expect(throws: EncryptionError.self) { try Fernet.decrypt(noise, at: 0, with: [key]) }
        }
    }
}
