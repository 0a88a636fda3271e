import JSONTape

extension EventContract {
    /// Reads bytes as the message that they are, and decrypts its sensitive values before it is validated.
    ///
    /// ```swift
    /// let cipher = try await MessageCipher(keys: ConfiguredKeys(for: [Shop.self]), for: [Shop.self])
    /// switch try await Shop.read(value, decryptedBy: cipher, from: Shop.Topics.orders) { … }
    /// ```
    ///
    /// - Parameters:
    ///   - bytes: A record's value.
    ///   - cipher: Has the keys.
    ///   - topic: The topic that the record was sent to, as in ``read(_:from:headers:)``; `nil` for the message's own.
    ///     Tokens of ``EncryptionScheme/aes256GCM`` are authentic on no other.
    ///   - headers: The record's headers.
    /// - Throws: ``MessageError``: ``MessageError/undecryptable(_:)`` where a value can't be decrypted, or is not encrypted.
    public static func read(
        _ bytes: some Collection<UInt8>, decryptedBy cipher: any ValueCipher, from topic: Topic? = nil,
        headers: [RecordHeader] = []
    ) async throws(MessageError) -> ReceivedMessage {
        let text = SchemaID.json(of: bytes)
        switch try find(text, from: topic, headers: headers) {
        case .unknownEvent(let event): return .unknownEvent(event)
        case .message(let position):
            var plain = text
            if let protection = messages[position].protection, protection.encrypts {
                plain = try await protection.decrypted(
                    text, from: (topic ?? messages[position].topic).key, by: cipher)
            }
            var tape = JSONTape()
            do { try tape.parse(plain) } catch { throw .malformed(error) }
            return try ReceivedMessage(position: position, tape: tape, node: .root)
        }
    }

    private static func find(
        _ text: [UInt8], from topic: Topic?, headers: [RecordHeader]
    ) throws(MessageError) -> MessageIndex.Finding {
        var tape = JSONTape()
        do { try tape.parse(text) } catch { throw .malformed(error) }
        return try messageIndex.find(in: tape, at: .root, from: topic, headers: headers, contract: contractName)
    }

    /// The rules by which the contract's messages are encrypted, each once.
    public static var encryptionRules: [EncryptionRule] {
        var rules: [EncryptionRule] = []
        for message in messages {
            for case let rule? in message.protection?.rules ?? [] where !rules.contains(rule) { rules.append(rule) }
        }
        return rules
    }
}
