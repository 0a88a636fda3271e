/// A string that no description, dump, log line or JSON reveals.
public struct Secret: Hashable, Sendable {
    private let text: String

    /// Wraps a string.
    public init(_ text: String) {
        self.text = text
    }

    /// Returns the text itself. Each call is a place to review for leaks.
    public func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<redacted>" }

    public var debugDescription: String { description }

    /// A mirror without children, for `dump(_:)` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Encodable {
    /// Encodes `"<redacted>"`. A secret can't be decoded.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
