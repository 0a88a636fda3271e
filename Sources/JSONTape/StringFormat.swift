import StringFormats

/// The string formats that can be asserted: all of JSON Schema (2020-12 validation, section 7.3).
public enum StringFormat: String, CaseIterable, Sendable {
    /// RFC 3339, `date-time`.
    case dateTime = "date-time"
    /// RFC 3339, `full-date`.
    case date
    /// RFC 3339, `full-time`.
    case time
    /// RFC 3339, appendix A, `duration`.
    case duration
    /// RFC 5321, `Mailbox`.
    case email
    /// RFC 6531, `Mailbox`, with characters past ASCII.
    case idnEmail = "idn-email"
    /// RFC 1123, section 2.1, with the A-labels of RFC 5890.
    case hostname
    /// RFC 5890, with characters past ASCII.
    case idnHostname = "idn-hostname"
    /// RFC 2673, section 3.2, `dotted-quad`.
    case ipv4
    /// RFC 4291, section 2.2.
    case ipv6
    /// RFC 3986, section 3: not a relative reference.
    case uri
    /// RFC 3986, section 4.1: a URI or a relative reference.
    case uriReference = "uri-reference"
    /// RFC 3987: not a relative reference.
    case iri
    /// RFC 3987: an IRI or a relative reference.
    case iriReference = "iri-reference"
    /// RFC 4122, section 3.
    case uuid
    /// RFC 6570, of all levels.
    case uriTemplate = "uri-template"
    /// RFC 6901, section 5: the string form.
    case jsonPointer = "json-pointer"
    /// A Relative JSON Pointer.
    case relativeJSONPointer = "relative-json-pointer"
    /// ECMA-262, section 22.2.1, with the flag `u`. Characters that need no escape may be escaped.
    case regex

    /// Returns whether a string has this format.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Returns whether a well-formed UTF-8 text has this format.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
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
        case .duration: return DurationText.isDuration(text)
        case .email: return EmailAddress.isMailbox(text)
        case .idnEmail: return EmailAddress.isInternationalMailbox(text)
        case .hostname: return HostName.isHostName(text)
        case .idnHostname: return HostName.isInternationalHostName(text)
        case .ipv4: return IPAddress.isIPv4(text)
        case .ipv6: return IPAddress.isIPv6(text)
        case .uri: return URIText.isURI(text)
        case .uriReference: return URIText.isURIReference(text)
        case .iri: return URIText.isIRI(text)
        case .iriReference: return URIText.isIRIReference(text)
        case .uuid: return isUUID(text)
        case .uriTemplate: return URITemplate.isTemplate(text)
        case .jsonPointer: return PointerText.isPointer(text)
        case .relativeJSONPointer: return PointerText.isRelativePointer(text)
        case .regex: return PatternParser.isPattern(text)
        }
    }

    private func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard text.count == 36, text[8] == hyphen, text[13] == hyphen, text[18] == hyphen, text[23] == hyphen else {
            return false
        }
        // Without a branch for each byte, so that the compiler tests several at once.
        var hyphens = 0
        var others = 0
        for byte in text {
            let isDigit = byte &- 0x30 < 10
            let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 6
            hyphens &+= byte == hyphen ? 1 : 0
            others &+= isDigit || isLetter || byte == hyphen ? 0 : 1
        }
        return hyphens == 4 && others == 0
    }
}
