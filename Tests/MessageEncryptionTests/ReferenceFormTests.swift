import EventContracts
import EventContractsTesting
import Foundation
import MessageEncryption
import TestSupport
import Testing

/// The form in which Python services encrypt: the JSON text of a value by Fernet, and a marker that is true.
@Suite("Python's form of encrypted values")
struct ReferenceFormTests {
    private func cipher(_ key: EncryptionKey) async throws -> MessageCipher {
        let keys = ConfiguredKeys([
            "medical-data": [key], "personal-data": [try EncryptionKey.random(id: "p", scheme: .aes256GCM)],
        ])
        return try await MessageCipher(keys: keys, for: [Hospital.self])
    }

    private func payload(_ number: Int) -> LetterMessage.Payload {
        LetterMessage.Payload(subject: "s\(number)", text: "ü \"\\\n \(number)")
    }

    @Test("Python reads what a producer sends")
    func sent() async throws {
        let key = try EncryptionKey.random(id: "m", scheme: .fernet)
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Hospital.self], context: MessageContext(service: "hospital"),
            cipher: try await cipher(key))
        try await producer.start()
        for number in 0..<100 { try await producer.send(LetterMessage.draft(payload: Sensitive(payload(number)))) }
        await producer.shutdown()
        let script = """
            import json, sys
            from cryptography.fernet import Fernet
            fernet = Fernet(sys.argv[1])
            for number, line in enumerate(sys.stdin):
                message = json.loads(line)
                assert message["encrypted"] is True
                payload = json.loads(fernet.decrypt(message["payload"].encode()))
                assert payload == {"subject": f"s{number}", "text": f"ü \\"\\\\\\n {number}"}, payload
                print(number)
            """
        let lines = transport.records.flatMap { ($0.record.value ?? []) + [UInt8(ascii: "\n")] }
        let outcome = try OutsideProgram.python(script).run(key.text, input: lines)
        #expect(outcome.output.split(separator: "\n").last == "99", "\(outcome.output)")
    }

    @Test("values encrypted by Python are read")
    func received() async throws {
        let key = try EncryptionKey.random(id: "m", scheme: .fernet)
        let script = """
            import json, sys
            from cryptography.fernet import Fernet
            fernet = Fernet(sys.argv[1])
            for number in range(100):
                message = {"id": str(number), "payload": {"subject": f"s{number}", "text": f"ü \\"\\\\\\n {number}"}}
                message["payload"] = fernet.encrypt(json.dumps(message["payload"]).encode()).decode()
                message["encrypted"] = True
                print(json.dumps(message))
            """
        let outcome = try OutsideProgram.python(script).run(key.text)
        let cipher = try await cipher(key)
        var count = 0
        for (number, line) in outcome.output.split(separator: "\n").enumerated() {
            let read = try await Hospital.read(
                Array(line.utf8), decryptedBy: cipher, from: Hospital.Topics.letters)
            let letter = LetterMessage(id: "\(number)", encrypted: false, payload: Sensitive(payload(number)))
            #expect(read == .letterMessage(letter))
            count += 1
        }
        #expect(count == 100, "\(outcome.output)")
    }
}
