public import JSONTape

/// A type that is written as JSON and read from a tape, such as the types that are generated from schemas.
///
/// `Codable` works through the same two functions, so that both ways write the same members. With Foundation's coders,
/// numbers that neither 64 bits nor a double hold are rounded.
public protocol JSONCodable: Codable {
    /// Writes the value as JSON.
    func encode(into writer: inout JSONWriter)

    /// Reads a value from a tape.
    ///
    /// - Throws: `JSONDecodingError` where the value on the tape can't be one of this type.
    init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError)
}

extension JSONCodable {
    /// Reads a value from any decoder.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, redactedBy: nil)
    }

    /// Reads a value from any decoder.
    ///
    /// - Parameter fields: The sensitive values, which no error shows.
    /// - Throws: `DecodingError`.
    package init(from decoder: any Decoder, redactedBy fields: SensitiveFields?) throws {
        var writer = JSONWriter()
        writer.write(try JSONValue(from: decoder))
        var tape = JSONTape()
        do {
            try tape.parse(writer)
            try self.init(json: tape, at: .root)
        } catch let error as JSONDecodingError {
            throw (fields?.redacted(error) ?? error).decodingError(at: decoder.codingPath)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }

    /// Writes the value with any encoder.
    ///
    /// - Throws: `EncodingError` where JSON can't hold the value, and the encoder's own errors.
    public func encode(to encoder: any Encoder) throws {
        var writer = JSONWriter()
        encode(into: &writer)
        var tape = JSONTape()
        let value: JSONValue
        do {
            try tape.parse(writer)
            value = try tape.value(at: .root)
        } catch {
            throw EncodingError.invalidValue(
                self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "\(error)"))
        }
        try value.encode(to: encoder)
    }
}

extension JSONDecodingError {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { Int(stringValue) }

        init(stringValue: String) { self.stringValue = stringValue }
        init(intValue: Int) { stringValue = "\(intValue)" }
    }

    fileprivate func decodingError(at path: [any CodingKey]) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: path + pointer.tokens.map { Key(stringValue: $0) as any CodingKey },
            debugDescription: description)
        if case .missingMember(let name) = reason { return .keyNotFound(Key(stringValue: name), context) }
        return .dataCorrupted(context)
    }
}
