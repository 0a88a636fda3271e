/// A text that must not be seen: it shows itself as `<redacted>` wherever it is printed, logged or inspected.
public struct Secret: Hashable, Sendable {
    /// The text itself, for what needs it.
    public let reveal: String

    public init(_ text: String) {
        reveal = text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<redacted>" }
    public var debugDescription: String { "<redacted>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
