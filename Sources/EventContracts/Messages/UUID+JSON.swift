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
            throw mismatch(at: index, expected: "a UUID in lower case")
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
