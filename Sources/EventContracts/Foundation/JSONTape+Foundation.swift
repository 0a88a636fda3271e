#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension JSONTape {
    /// Reads a URL. A URI that `URL` would write back as a different text is an error.
    public func decode(_ type: URL.Type, at index: Index) throws(JSONDecodingError) -> URL {
        guard kind(at: index) == .string, let value = URL(exactly: string(at: index)) else {
            throw mismatch(at: index, expected: "a URI that Foundation's URL keeps as it is")
        }
        return value
    }

    /// Reads a UUID. One with upper-case letters is an error: it would be written back as a different text.
    public func decode(_ type: UUID.Type, at index: Index) throws(JSONDecodingError) -> UUID {
        guard string(at: index, has: .uuid), let value = UUID(lowerCase: string(at: index)) else {
            throw mismatch(at: index, expected: "a UUID in lower case")
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

extension UUID {
    fileprivate init?(lowerCase text: String) {
        guard !text.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        self.init(uuidString: text)
    }
}
