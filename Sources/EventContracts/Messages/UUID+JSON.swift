#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension JSONWriter {
    /// The text of a UUID in messages, keys and headers: in lower case, as RFC 4122 has it written.
    public static func text(of value: UUID) -> String { value.uuidString.lowercased() }

    public mutating func write(_ value: UUID) { write(Self.text(of: value)) }
}

extension JSONTape {
    /// Reads a UUID. One with upper-case letters is an error: it would be written back as another text.
    public func decode(_ type: UUID.Type, at index: Index) throws(JSONDecodingError) -> UUID {
        guard string(at: index, has: .uuid), let value = UUID(lowerCase: string(at: index)) else {
            throw mismatch(at: index, expected: UUIDText.expectation)
        }
        return value
    }
}

extension UUID {
    fileprivate init?(lowerCase text: String) {
        guard !text.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        self.init(uuidString: text)
    }
}

/// A UUID as generated code writes and reads it through `Codable`: in lower case, as in the message itself. `UUID` alone
/// would write upper case.
public struct UUIDText: Codable, Hashable, Sendable {
    static let expectation = "a UUID in lower case"

    public var value: UUID

    public init(_ value: UUID) {
        self.value = value
    }

    /// Reads a UUID in lower case.
    ///
    /// - Throws: `DecodingError` for every other text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = UUID(lowerCase: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected \(Self.expectation)")
        }
        self.value = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(JSONWriter.text(of: value))
    }
}
