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
            throw mismatch(at: index, expected: "a URI that Foundation's URL keeps as it is")
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
