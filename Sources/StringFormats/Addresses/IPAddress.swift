/// The text forms of IP addresses.
package enum IPAddress {
    /// Returns whether a string is an IPv4 address in dotted-quad form (RFC 2673, section 3.2; RFC 3986, `IPv4address`).
    package static func isIPv4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return scanner.skipIPv4() && scanner.isAtEnd
    }

    /// Returns whether a string is an IPv6 address (RFC 4291, section 2.2), without a zone and a prefix length.
    package static func isIPv6(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return scanner.skipIPv6() && scanner.isAtEnd
    }
}
