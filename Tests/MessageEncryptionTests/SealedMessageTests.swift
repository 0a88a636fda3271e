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
    private func sent(
        _ message: some ClinicMessage, to topic: Topic? = nil, by cipher: MessageCipher
    ) async throws -> [UInt8] {
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Clinic.self], context: MessageContext(service: "test"), cipher: cipher)
        try await producer.start()
        try await producer.send(message, topic: topic)
        await producer.shutdown()
        return try #require(transport.records.first?.record.value)
    }

    @Test("encrypted messages name their schemas in both forms", arguments: [ContractSchemas.WireForm.prefix, .header])
    func schemaMarks(form: ContractSchemas.WireForm) async throws {
        let cipher = try await cipher()
        var marks = SchemaMarks()
        marks.add(.number(7), of: ChartMessage.self, as: form)
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Clinic.self], context: MessageContext(service: "test"), cipher: cipher,
            schemaMarks: marks)
        try await producer.start()
        let message = ChartMessage(try content())
        try await producer.send(message)
        await producer.shutdown()
        let record = try #require(transport.records.first?.record)
        let value = try #require(record.value)
        let expected: RecordSchema = form == .prefix ? .prefix(.number(7)) : .header(.number(7))
        #expect(RecordSchema(of: value, headers: record.headers) == expected)
        #expect(!String(decoding: value, as: UTF8.self).contains("secret"))
        #expect(try await Clinic.read(value, decryptedBy: cipher, headers: record.headers) == .chart(message))
        #expect(try await ChartMessage(validating: value, decryptedBy: cipher) == message)
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

    @Test(
        "a record that is moved to another topic is refused; one that was sent there is not, whatever the topic's name")
    func movedRecord() async throws {
        let cipher = try await cipher()
        let message = ChartMessage(try content())
        let archive = Topic.archive
        let bytes = try await sent(message, by: cipher)
        await #expect(throws: MessageError.undecryptable(.notAuthentic)) {
            try await Clinic.read(bytes, decryptedBy: cipher, from: archive)
        }
        await #expect(throws: MessageError.undecryptable(.notAuthentic)) {
            try await ChartMessage(validating: bytes, decryptedBy: cipher, from: archive)
        }
        let archived = try await sent(message, to: archive, by: cipher)
        #expect(try await Clinic.read(archived, decryptedBy: cipher, from: archive) == .chart(message))
        await #expect(throws: MessageError.undecryptable(.notAuthentic)) {
            try await Clinic.read(archived, decryptedBy: cipher)
        }
    }

    @Test("a failed reader's error names no member that the contract does not")
    func names() async throws {
        let cipher = try await cipher()
        let bytes = try await sent(ChartMessage(try content()), by: cipher)
        let changed = try changing(bytes) { $0["relatives"] = .array([.object(["email": .number(1)])]) }
        await #expect(
            throws: MessageError.undecryptable(.malformedToken(reason: "/relatives/0/email is not encrypted"))
        ) { try await Clinic.read(changed, decryptedBy: cipher) }
    }

    @Test("metrics count what can't be decrypted or encrypted, by key and reason")
    func metrics() async throws {
        let key = try EncryptionKey.random(id: "p1", scheme: .aes256GCM)
        let medical = [try EncryptionKey.random(id: "m1", scheme: .fernet)]
        let writer = try await MessageCipher(
            keys: ConfiguredKeys(["pii": [key], "medical": medical]), for: [Clinic.self])
        let metrics = EncryptionMetrics(for: [Clinic.self])
        let reader = try await MessageCipher(
            keys: ConfiguredKeys([
                "pii": [try EncryptionKey.random(id: "p2", scheme: .aes256GCM)], "medical": medical,
            ]), for: [Clinic.self], metrics: metrics)
        func count(_ key: String, _ operation: String, _ reason: String) throws -> Int {
            let series =
                "message_encryption_failures_total{key=\"\(key)\",operation=\"\(operation)\",reason=\"\(reason)\"} "
            let lines = Exposition(of: metrics.families, as: .text).text.split(separator: "\n")
            return try #require(lines.first { $0.hasPrefix(series) }.flatMap { Int($0.dropFirst(series.count)) })
        }
        #expect(try count("pii", "decrypt", "unknown_key") == 0)
        let bytes = try await sent(ChartMessage(try content()), by: writer)
        for _ in 0..<2 {
            await #expect(throws: MessageError.undecryptable(.unknownKey(id: "p1", name: "pii"))) {
                try await Clinic.read(bytes, decryptedBy: reader)
            }
        }
        #expect(try count("pii", "decrypt", "unknown_key") == 2)
        let plain = try changing(bytes) {
            $0["email"] = nil
            $0["note"] = .bool(true)
        }
        await #expect(throws: MessageError.self) { try await Clinic.read(plain, decryptedBy: reader) }
        #expect(try count("medical", "decrypt", "malformed_token") == 1)
        #expect(throws: EncryptionError.noKey(name: "pii")) {
            try reader.encrypt(
                [1], for: ValuePlace(contract: "C", topic: "t", message: "M", field: "", messageID: ""),
                by: EncryptionRule(scheme: .fernet, key: "pii"))
        }
        #expect(try count("pii", "encrypt", "no_key") == 1)
    }

    @Test("the expectations of tests read encrypted records with a cipher, and say so where there is none")
    func expectations() async throws {
        let cipher = try await cipher()
        let message = ChartMessage(try content())
        try await TestProducer.run(Clinic.self, cipher: cipher) { test in
            try await test.producer.send(message)
            #expect(await test.transport.messages(of: ChartMessage.self, decryptedBy: cipher) == [message])
            // Tokens are those of another message.
            #expect(await test.transport.messages(of: VisitMessage.self, decryptedBy: cipher).isEmpty)
            let found = try await test.transport.expectMessage(of: ChartMessage.self, decryptedBy: cipher)
            #expect(found == message)
            try await test.transport.expectValidRecords(of: Clinic.self, decryptedBy: cipher)
            // The event is not encrypted.
            #expect(throws: ExpectationFailure.self) { try test.transport.expectNoMessages(of: ChartMessage.self) }
            try test.transport.expectNoMessages(of: VisitMessage.self)
            // Without a cipher, a token would be validated as the value.
            let validation = #expect(throws: ExpectationFailure.self) {
                try test.transport.expectValidRecords(of: Clinic.self)
            }
            #expect(validation?.message == "ChartMessage has encrypted values; pass a cipher as 'decryptedBy'")
            let failure = await #expect(throws: ExpectationFailure.self) {
                try await test.transport.expectMessage(of: ChartMessage.self)
            }
            #expect(failure?.message == "ChartMessage has encrypted values; pass a cipher as 'decryptedBy'")
            let other = try await self.cipher()
            let unreadable = await #expect(throws: ExpectationFailure.self) {
                try await test.transport.expectMessage(
                    of: ChartMessage.self, decryptedBy: other, within: .milliseconds(1))
            }
            #expect(unreadable?.found.first?.contains("can't be decrypted") == true)
            await #expect(throws: ExpectationFailure.self) {
                try await test.transport.expectValidRecords(of: Clinic.self, decryptedBy: other)
            }
        }
    }

    @Test("the expectations of tests decrypt records with the topic that they are in, and find unknown events")
    func topicOfExpectations() async throws {
        let cipher = try await cipher()
        let message = ChartMessage(try content())
        try await TestProducer.run(Clinic.self, cipher: cipher) { test in
            try await test.producer.send(message, topic: .archive)
            #expect(try await test.transport.expectMessage(of: ChartMessage.self, decryptedBy: cipher) == message)
            try await test.transport.expectValidRecords(of: Clinic.self, decryptedBy: cipher)
        }
        var other = try content()
        other["type"] = .string("discharged")
        try await TestProducer.run(Clinic.self, cipher: cipher) { [other] test in
            try await test.producer.send(ChartMessage(other))
            let failure = await #expect(throws: ExpectationFailure.self) {
                try await test.transport.expectValidRecords(of: Clinic.self, decryptedBy: cipher)
            }
            #expect(failure?.found == ["patients[0]@0: the event 'discharged' is not in the contract"])
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
