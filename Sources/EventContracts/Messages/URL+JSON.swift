#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension JSONWriter {
    /// The text of a URL in messages, keys and headers: its `absoluteString`.
    public static func text(of value: URL) -> String { value.absoluteString }

    public mutating func write(_ value: URL) { write(Self.text(of: value)) }
}

extension JSONTape {
    /// Reads a URL. A URI that `URL` would write back as another text is an error.
    public func decode(_ type: URL.Type, at index: Index) throws(JSONDecodingError) -> URL {
        guard kind(at: index) == .string, let value = URL(exactly: string(at: index)) else {
            throw mismatch(at: index, expected: URLText.expectation)
        }
        return value
    }
}

extension URL {
    fileprivate init?(exactly text: String) {
        self.init(string: text)
        guard absoluteString == text else { return nil }
    }
}

/// A URL as generated code writes and reads it through `Codable`: as one text with every encoder.
public struct URLText: Codable, Hashable, Sendable {
    static let expectation = "a URI that Foundation's URL keeps as it is"

    public var value: URL

    public init(_ value: URL) {
        self.value = value
    }

    /// Reads a URL that is written back as the same text.
    ///
    /// - Throws: `DecodingError` for every other text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = URL(exactly: try container.decode(String.self)) else {
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
