/// A text that must not be seen: no description, dump, log line or JSON of it, or of a value that holds it, shows it.
public struct Secret: Hashable, Sendable {
    private let text: String

    /// Hides a text.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself. Each call is a place to look at when a leak is sought.
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
