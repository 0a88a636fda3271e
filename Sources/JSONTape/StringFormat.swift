/// The string formats that can be asserted (JSON Schema 2020-12 validation, section 7.3).
public enum StringFormat: String, CaseIterable, Sendable {
    /// RFC 3339, `date-time`.
    case dateTime = "date-time"
    /// RFC 3339, `full-date`.
    case date
    /// RFC 3339, `full-time`.
    case time
    /// RFC 4122, section 3.
    case uuid

    /// Whether a text has this format.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .dateTime:
            return Timestamp(text) != nil
        case .date:
            var scanner = DateTimeScanner(text)
            return scanner.fullDate() != nil && scanner.isAtEnd
        case .time:
            var scanner = DateTimeScanner(text)
            return scanner.fullTime() != nil && scanner.isAtEnd
        case .uuid:
            return text.count == 36
                && text.enumerated().allSatisfy { position, byte in
                    switch position {
                    case 8, 13, 18, 23: byte == UInt8(ascii: "-")
                    default: byte &- 0x30 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
                    }
                }
        }
    }
}
