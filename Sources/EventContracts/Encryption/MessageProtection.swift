public import JSONTape

/// The sensitive values of a message, and how they are encrypted. Generated code makes one for each message that has any.
public struct MessageProtection: Sendable {
    /// The places of the values.
    public let fields: SensitiveFields
    /// The rules of the categories, by their positions; `nil` for a category whose values are sent in clear.
    public let rules: [EncryptionRule?]
    /// The property that is `true` where values are encrypted; `nil` for none.
    public let marker: JSONPointer?
    /// The property with the message's ID, to which tokens are bound; `nil` for none.
    public let messageID: JSONPointer?
    private let contract: String
    private let message: String

    public init(
        contract: String, message: String, fields: SensitiveFields, rules: [EncryptionRule?],
        marker: JSONPointer? = nil, messageID: JSONPointer? = nil
    ) {
        self.contract = contract
        self.message = message
        self.fields = fields
        self.rules = rules
        self.marker = marker
        self.messageID = messageID
    }

    /// Whether any values are encrypted.
    public var encrypts: Bool { rules.contains { $0 != nil } }
}

// MARK: - Strings

extension MessageProtection {
    /// A value that is, or is to be, encrypted.
    private struct Value {
        var range: Range<Int>
        var index: JSONTape.Index
        var path: String
        var place: ValuePlace
        var rule: EncryptionRule
    }

    /// Returns the text of a valid message with a token in place of each sensitive value.
    ///
    /// - Parameters:
    ///   - text: The message's JSON text.
    ///   - tape: The tape that the text was parsed to.
    ///   - topic: The key of the topic that the message is sent to.
    func encrypted(
        _ text: [UInt8], on tape: borrowing JSONTape, to topic: String, by cipher: any ValueCipher
    ) throws(EncryptionError) -> [UInt8] {
        var replacements: [JSONText.Replacement] = []
        for value in values(in: text, tape, topic: topic) {
            let token = try cipher.encrypt(Array(text[value.range]), for: value.place, by: value.rule)
            guard token.allSatisfy(Self.isPlain) else {
                throw .malformedToken(reason: "the cipher returned a token that is not printable ASCII")
            }
            replacements.append(
                JSONText.Replacement(
                    range: value.range, bytes: [UInt8(ascii: "\"")] + token + [UInt8(ascii: "\"")]))
        }
        guard !replacements.isEmpty else { return text }
        if let mark = mark(in: text, tape) { replacements.append(mark) }
        return JSONText.replacing(
            replacements.sorted { $0.range.lowerBound < $1.range.lowerBound }, in: text)
    }

    /// Returns the text of a received message with the values in place of their tokens.
    ///
    /// - Parameter topic: The key of the topic that the message was sent to.
    /// - Throws: ``EncryptionError``, also where a sensitive value is not a token.
    package func decrypted(
        _ text: [UInt8], from topic: String, by cipher: any ValueCipher
    ) async throws(MessageError) -> [UInt8] {
        let (tokens, mark) = try tokens(in: text, topic: topic)
        var replacements: [JSONText.Replacement] = []
        do throws(EncryptionError) {
            for token in tokens {
                let plain = try await Self.plain(of: token, by: cipher)
                // A string that ended the value and began another would change the message around it.
                guard (try? JSONTape(parsing: plain)) != nil else {
                    throw .malformedToken(reason: "the decrypted value is not JSON")
                }
                replacements.append(JSONText.Replacement(range: token.range, bytes: plain))
            }
        } catch {
            throw .undecryptable(error)
        }
        if let mark { replacements.append(mark) }
        return JSONText.replacing(
            replacements.sorted { $0.range.lowerBound < $1.range.lowerBound }, in: text)
    }

    /// Decrypts a token. The cipher also receives a value that is not a token: it counts what it can't decrypt.
    private static func plain(of token: Token, by cipher: any ValueCipher) async throws(EncryptionError) -> [UInt8] {
        guard !token.isString else {
            return try await cipher.decrypt(token.bytes, for: token.place, by: token.rule)
        }
        _ = try? await cipher.decrypt(token.bytes, for: token.place, by: token.rule)
        throw .malformedToken(reason: "\(token.path) is not encrypted")
    }

    private struct Token {
        /// The text of a string; of another value, its JSON.
        var bytes: [UInt8]
        var isString: Bool
        /// The place with the contract's names alone.
        var path: String
        var range: Range<Int>
        var place: ValuePlace
        var rule: EncryptionRule
    }

    /// Returns the tokens of a received message, and the replacement of its marker.
    private func tokens(
        in text: [UInt8], topic: String
    ) throws(MessageError) -> (tokens: [Token], mark: JSONText.Replacement?) {
        var tape = JSONTape()
        do { try tape.parse(text) } catch { throw .malformed(error) }
        var tokens: [Token] = []
        for value in values(in: text, tape, topic: topic) {
            let isString = tape.kind(at: value.index) == .string
            tokens.append(
                Token(
                    bytes: isString ? Array(tape.string(at: value.index).utf8) : Array(text[value.range]),
                    isString: isString, path: value.path, range: value.range, place: value.place, rule: value.rule))
        }
        guard !tokens.isEmpty, let marker, let index = tape.find(marker), tape.kind(at: index) == .true else {
            return (tokens, nil)
        }
        let range = JSONText.range(ofValueAt: tape.offset(of: index), in: text)
        return (tokens, JSONText.Replacement(range: range, bytes: Array("false".utf8)))
    }

    private func values(in text: [UInt8], _ tape: borrowing JSONTape, topic: String) -> [Value] {
        let found = fields.values(of: rules.map { $0 != nil }, in: tape)
        guard !found.isEmpty else { return [] }
        let id = messageID.flatMap { tape.find($0) }.map { tape.string(at: $0) } ?? ""
        return found.compactMap { value in
            guard let rule = rules[value.category] else { return nil }
            return Value(
                range: JSONText.range(ofValueAt: tape.offset(of: value.index), in: text), index: value.index,
                path: value.path,
                place: ValuePlace(
                    contract: contract, topic: topic, message: message, field: value.pointer, messageID: id),
                rule: rule)
        }
    }

    /// Returns the replacement that makes the marker `true`: of its value, or of the place where the member has to be.
    private func mark(in text: [UInt8], _ tape: borrowing JSONTape) -> JSONText.Replacement? {
        guard let marker else { return nil }
        if let index = tape.find(marker) {
            return JSONText.Replacement(
                range: JSONText.range(ofValueAt: tape.offset(of: index), in: text), bytes: Array("true".utf8))
        }
        let parent = JSONPointer(tokens: marker.tokens.dropLast())
        guard let name = marker.tokens.last, let object = tape.find(parent), tape.kind(at: object) == .object else {
            return nil
        }
        let start = tape.offset(of: object) + 1
        var writer = JSONWriter()
        writer.write(name)
        writer.write(literal: tape.count(at: object) > 0 ? ":true," : ":true")
        // A writer fails on numbers and depth alone.
        guard let member = try? writer.finish() else { return nil }
        return JSONText.Replacement(range: start..<start, bytes: member)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
