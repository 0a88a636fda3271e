#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension JSONWriter {
    /// Returns the text of a URL in messages, keys and headers: its `absoluteString`.
    public static func text(of value: URL) -> String { value.absoluteString }

    public mutating func write(_ value: URL) { write(Self.text(of: value)) }

    /// Returns the text of a UUID in messages, keys and headers: in lower case, as RFC 4122 has it written.
    public static func text(of value: UUID) -> String { value.uuidString.lowercased() }

    public mutating func write(_ value: UUID) { write(Self.text(of: value)) }
}
