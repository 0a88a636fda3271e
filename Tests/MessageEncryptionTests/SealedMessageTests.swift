import EventContracts
import EventContractsTesting
import MessageEncryption
import Testing

@Suite("Messages with encrypted values")
struct SealedMessageTests {
    private static let text = """
        {"type":"admitted","id":"m-1","email":"secret-1 \\"ä\\\\","note":{"secret-2":[1,"secret-3"]},"encrypted":false,\
        "relatives":[{"email":"secret-4"},{"note":null,"age":4}]}
        """

    private func content(_ text: String = text) throws -> JSONObject {
        try JSONTape(parsing: Array(text.utf8)).object(at: .root)
    }

    private func cipher() async throws -> MessageCipher {
        let keys = ConfiguredKeys([
            "pii": [try EncryptionKey.random(id: "p1", scheme: .aes256GCM)],
            "medical": [try EncryptionKey.random(id: "m1", scheme: .fernet)],
        ])
        return try await MessageCipher(keys: keys, for: [Clinic.self])
    }

    /// The bytes of a message as they are sent.
    private func sent(_ message: some ClinicMessage, by cipher: MessageCipher) async throws -> [UInt8] {
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Clinic.self], context: MessageContext(service: "test"), cipher: cipher)
        try await producer.start()
        try await producer.send(message)
        await producer.shutdown()
        return try #require(transport.records.first?.record.value)
    }

    private func changing(_ text: [UInt8], _ change: (inout JSONObject) -> Void) throws -> [UInt8] {
        var object = try JSONTape(parsing: text).object(at: .root)
        change(&object)
        var writer = JSONWriter()
        writer.write(object)
        return try writer.finish()
    }

    @Test("a sent message has tokens in place of sensitive values, and the marker; reading returns the original")
    func roundTrip() async throws {
        let cipher = try await cipher()
        let message = ChartMessage(try content())
        let bytes = try await sent(message, by: cipher)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("secret"))
        let object = try JSONTape(parsing: bytes).object(at: .root)
        #expect(object["encrypted"] == .bool(true))
        #expect(object["id"] == .string("m-1"))
        guard case .array(let relatives)? = object["relatives"], case .object(let second) = relatives[1] else {
            Issue.record("no relatives in \(text)")
            return
        }
        #expect(second["age"] == .number(4))
        // The absence of a value is not disclosed.
        guard case .string? = second["note"] else {
            Issue.record("a null is not encrypted in \(text)")
            return
        }
        #expect(try await Clinic.read(bytes, decryptedBy: cipher) == .chart(message))
        #expect(try await ChartMessage(validating: bytes, decryptedBy: cipher) == message)
    }

    @Test("a marker that is absent is added, and is false for a reader")
    func absentMarker() async throws {
        let cipher = try await cipher()
        var object = try content()
        object["encrypted"] = nil
        let bytes = try await sent(ChartMessage(object), by: cipher)
        #expect(try JSONTape(parsing: bytes).object(at: .root)["encrypted"] == .bool(true))
        object["encrypted"] = .bool(false)
        #expect(try await ChartMessage(validating: bytes, decryptedBy: cipher) == ChartMessage(object))
    }

    @Test("without a cipher, neither sending nor reading is possible")
    func noCipher() async throws {
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Clinic.self], context: MessageContext(service: "test"))
        await #expect(throws: ProducerError.encryption(.noCipher)) { try await producer.start() }
        let message = ChartMessage(try content())
        await #expect(throws: ProducerError.encryption(.noCipher)) { try await producer.send(message) }
        #expect(producer.sendInBackground(message) == .refused(.encryption(.noCipher)))
        #expect(producer.statistics.errorsByType == ["missing_key": 2])
        await producer.shutdown()
        #expect(transport.records.isEmpty)

        let plain = Array(Self.text.utf8)
        #expect(throws: MessageError.undecryptable(.noCipher)) { try Clinic.read(plain) }
        #expect(throws: MessageError.undecryptable(.noCipher)) { try ChartMessage(validating: plain) }
    }

    @Test("a value that is not encrypted is refused")
    func plainValue() async throws {
        let cipher = try await cipher()
        let bytes = try await sent(ChartMessage(try content()), by: cipher)
        for value in [JSONValue.string("secret-1"), .number(1), .null] {
            let changed = try changing(bytes) { $0["email"] = value }
            await #expect(throws: MessageError.self) { try await Clinic.read(changed, decryptedBy: cipher) }
        }
    }

    @Test("a token that is moved to another field, element, message ID or message is refused")
    func movedToken() async throws {
        let cipher = try await cipher()
        let first = try await sent(ChartMessage(try content()), by: cipher)
        let second = try await sent(ChartMessage(try content()), by: cipher)
        // Another token of the same place is the same value.
        let email = try JSONTape(parsing: second).object(at: .root)["email"]
        _ = try await Clinic.read(try changing(first) { $0["email"] = email }, decryptedBy: cipher)

        let moved = [
            try changing(first) { $0["relatives"] = .array([.object(["email": email ?? .null])]) },
            try changing(first) { $0["id"] = .string("m-2") },
            try changing(first) { $0["type"] = .string("visited") },
        ]
        for bytes in moved {
            await #expect(throws: MessageError.undecryptable(.notAuthentic)) {
                try await Clinic.read(bytes, decryptedBy: cipher)
            }
        }
    }

    @Test("each changed byte of a token is refused", arguments: ["email", "note"])
    func changedToken(field: String) async throws {
        let cipher = try await cipher()
        let bytes = try await sent(ChartMessage(try content()), by: cipher)
        guard case .string(let token)? = try JSONTape(parsing: bytes).object(at: .root)[field] else {
            Issue.record("no token")
            return
        }
        for position in token.utf8.indices {
            var changed = Array(token.utf8)
            let offset = token.utf8.distance(from: token.utf8.startIndex, to: position)
            changed[offset] = changed[offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = try changing(bytes) { $0[field] = .string(String(decoding: changed, as: UTF8.self)) }
            await #expect(throws: MessageError.self) { try await Clinic.read(text, decryptedBy: cipher) }
        }
    }

    @Test("no failure of an invalid message has a sensitive value")
    func failures() async throws {
        let cipher = try await cipher()
        let log = LogRecorder()
        let producer = Producer(
            transport: InMemoryTransport(), contracts: [Clinic.self], context: MessageContext(service: "test"),
            cipher: cipher, logger: log.logger)
        try await producer.start()
        var object = try content()
        object["email"] = .string(String(repeating: "secret", count: 10))
        do throws(ProducerError) {
            try await producer.send(ChartMessage(object))
            Issue.record("an invalid message was sent")
        } catch {
            guard case .invalid(let failures) = error else {
                Issue.record("unexpected: \(error)")
                return
            }
            #expect(
                failures.map(\.detailedDescription) == [
                    "/email: expected at most 40 characters [patient.schema.json#/properties/email/maxLength]"
                ])
            var dumped = ""
            dump(error, to: &dumped)
            #expect(!dumped.contains("secret"))
        }
        await producer.shutdown()
        #expect(!"\(log.lines)".contains("secret"))
    }
}
