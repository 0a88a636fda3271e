/// Mailboxes of mail addresses: `local-part@domain`.
package enum EmailAddress {
    /// Returns whether a string is a mailbox by RFC 5321, section 4.1.2.
    package static func isMailbox(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = MailboxScanner(text, isInternational: false)
        return scanner.scan()
    }

    /// Returns whether a string is a mailbox by RFC 6531, section 3.3, which adds the characters past ASCII.
    package static func isInternationalMailbox(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = MailboxScanner(text, isInternational: true)
        return scanner.scan()
    }
}

private struct MailboxScanner {
    private var scanner: ByteScanner
    private let isInternational: Bool

    /// RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.2.
    private static var maximumLocalPart: Int { 64 }
    private static var maximumDomain: Int { 255 }

    /// RFC 5322's `atext`.
    private static var atom: ASCIISet { ASCIISet(low: 0xA3FF_ACFA_0000_0000, high: 0x7FFF_FFFF_C7FF_FFFE) }
    /// `qtextSMTP`.
    private static var quoted: ASCIISet { ASCIISet(low: 0xFFFF_FFFB_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF) }
    private static var printable: ASCIISet { ASCIISet(low: 0xFFFF_FFFF_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF) }

    init(_ text: UnsafeBufferPointer<UInt8>, isInternational: Bool) {
        scanner = ByteScanner(text)
        self.isInternational = isInternational
    }

    mutating func scan() -> Bool {
        guard scanner.next == UInt8(ascii: "\"") ? skipQuotedString() : skipDotString() else { return false }
        guard scanner.position <= Self.maximumLocalPart, scanner.skip(UInt8(ascii: "@")) else { return false }
        return scanner.next == UInt8(ascii: "[") ? skipAddressLiteral() : skipDomain()
    }

    /// Steps over all bytes of a set, and over those past ASCII where they are allowed; returns their number.
    private mutating func skip(allOf set: ASCIISet) -> Int {
        let start = scanner.position
        while !scanner.isAtEnd, set.contains(scanner.next) || isInternational && scanner.next >= 0x80 {
            scanner.position += 1
        }
        return scanner.position - start
    }

    private mutating func skipDotString() -> Bool {
        repeat {
            guard skip(allOf: Self.atom) > 0 else { return false }
        } while scanner.skip(UInt8(ascii: "."))
        return true
    }

    private mutating func skipQuotedString() -> Bool {
        scanner.position += 1
        while true {
            _ = skip(allOf: Self.quoted)
            if scanner.skip(UInt8(ascii: "\"")) { return true }
            guard scanner.skip(UInt8(ascii: "\\")), scanner.skip(anyOf: Self.printable) else { return false }
        }
    }

    private mutating func skipDomain() -> Bool {
        let start = scanner.position
        repeat {
            let label = scanner.position
            let length = skip(allOf: .hostName)
            guard 1...63 ~= length, scanner.text[label] != UInt8(ascii: "-"),
                scanner.text[scanner.position - 1] != UInt8(ascii: "-")
            else { return false }
        } while scanner.skip(UInt8(ascii: "."))
        return scanner.isAtEnd && scanner.position - start <= Self.maximumDomain
    }

    /// Skips `[192.0.2.1]` or `[IPv6:2001:db8::1]`. No other kind of address has a registered tag.
    private mutating func skipAddressLiteral() -> Bool {
        scanner.position += 1
        let isVersion6 = "ipv6:".utf8.enumerated().allSatisfy { scanner.peek($0.offset) | 0x20 == $0.element | 0x20 }
        if isVersion6 {
            scanner.position += 5
            guard scanner.skipIPv6() else { return false }
        } else {
            guard scanner.skipIPv4() else { return false }
        }
        return scanner.skip(UInt8(ascii: "]")) && scanner.isAtEnd
    }
}
