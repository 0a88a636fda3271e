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
    /// RFC 3986, section 3: not a relative reference.
    case uri

    /// Whether a text has this format.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .dateTime:
            // Not `Timestamp`, which has a limit on the fraction's digits that RFC 3339 has not.
            var scanner = DateTimeScanner(text)
            return scanner.dateTime() != nil && scanner.isAtEnd
        case .date:
            var scanner = DateTimeScanner(text)
            return scanner.fullDate() != nil && scanner.isAtEnd
        case .time:
            var scanner = DateTimeScanner(text)
            return scanner.fullTime() != nil && scanner.isAtEnd
        case .uuid:
            return isUUID(text)
        case .uri:
            return URIScanner(text).isURI
        }
    }

    private func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        for position in 0..<36 {
            let byte = text[position]
            switch position {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return false }
            default: guard byte &- 0x30 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6 else { return false }
            }
        }
        return true
    }
}
