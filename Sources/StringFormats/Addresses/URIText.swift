/// URIs (RFC 3986), IRIs (RFC 3987) and references to them.
package enum URIText {
    /// Returns whether a string is a URI: with a scheme, not a relative reference.
    package static func isURI(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = URIScanner(text, isInternational: false)
        return scanner.scan(allowsRelative: false)
    }

    /// Returns whether a string is a URI or a relative reference.
    package static func isURIReference(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = URIScanner(text, isInternational: false)
        return scanner.scan(allowsRelative: true)
    }

    /// Returns whether a string is an IRI: with a scheme, not a relative reference.
    package static func isIRI(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = URIScanner(text, isInternational: true)
        return scanner.scan(allowsRelative: false)
    }

    /// Returns whether a string is an IRI or a relative reference.
    package static func isIRIReference(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = URIScanner(text, isInternational: true)
        return scanner.scan(allowsRelative: true)
    }
}

/// A scanner of a reference front to back: a scheme, then a hierarchical part, a query and a fragment.
private struct URIScanner {
    private var scanner: ByteScanner
    private let isInternational: Bool

    // Each set is `unreserved`, `sub-delims` and some delimiters; `%` and the characters past ASCII are read apart.
    private static var schemeCharacters: ASCIISet { ASCIISet(low: 0x03FF_6800_0000_0000, high: 0x07FF_FFFE_07FF_FFFE) }
    private static var registeredName: ASCIISet { ASCIISet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
    /// With `:`.
    private static var userInformation: ASCIISet { ASCIISet(low: 0x2FFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
    /// With `@`.
    private static var firstSegment: ASCIISet { ASCIISet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// With `:`, `@` and `/`.
    private static var path: ASCIISet { ASCIISet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// With `:`, `@`, `/` and `?`.
    private static var query: ASCIISet { ASCIISet(low: 0xAFFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }

    init(_ text: UnsafeBufferPointer<UInt8>, isInternational: Bool) {
        scanner = ByteScanner(text)
        self.isInternational = isInternational
    }

    mutating func scan(allowsRelative: Bool) -> Bool {
        let isAbsolute = skipScheme()
        guard isAbsolute || allowsRelative else { return false }
        if scanner.next == UInt8(ascii: "/"), scanner.peek(1) == UInt8(ascii: "/") {
            scanner.position += 2
            guard skipAuthority(), isAtPathEnd || scanner.next == UInt8(ascii: "/") else { return false }
        } else if !isAbsolute {
            // A colon in the first segment would make a scheme of what is before it.
            skip(allOf: Self.firstSegment)
            guard isAtPathEnd || scanner.next == UInt8(ascii: "/") else { return false }
        }
        skip(allOf: Self.path)
        if scanner.skip(UInt8(ascii: "?")) { skip(allOf: Self.query, allowsPrivateUse: true) }
        if scanner.skip(UInt8(ascii: "#")) { skip(allOf: Self.query) }
        return scanner.isAtEnd
    }

    private var isAtPathEnd: Bool {
        scanner.isAtEnd || scanner.next == UInt8(ascii: "?") || scanner.next == UInt8(ascii: "#")
    }

    private mutating func skipScheme() -> Bool {
        guard scanner.skip(anyOf: .letters) else { return false }
        scanner.skip(allOf: Self.schemeCharacters)
        if scanner.skip(UInt8(ascii: ":")) { return true }
        scanner.position = 0
        return false
    }

    private mutating func skipAuthority() -> Bool {
        let start = scanner.position
        skip(allOf: Self.userInformation)
        if !scanner.skip(UInt8(ascii: "@")) { scanner.position = start }
        if scanner.skip(UInt8(ascii: "[")) {
            guard scanner.next | 0x20 == UInt8(ascii: "v") ? skipFutureAddress() : scanner.skipIPv6(),
                scanner.skip(UInt8(ascii: "]"))
            else { return false }
        } else {
            skip(allOf: Self.registeredName)
        }
        if scanner.skip(UInt8(ascii: ":")) { scanner.skip(allOf: .digits) }
        return true
    }

    /// Skips `IPvFuture`: `v`, a hexadecimal version, a dot, and an address.
    private mutating func skipFutureAddress() -> Bool {
        scanner.position += 1
        return scanner.skip(allOf: .hexDigits) > 0 && scanner.skip(UInt8(ascii: "."))
            && scanner.skip(allOf: Self.userInformation) > 0
    }

    /// Steps over the characters of a set, percent-encoded ones, and those of an IRI past ASCII. A `%` without two digits
    /// stops it, and no part of a reference continues with that.
    @inline(__always)
    private mutating func skip(allOf set: ASCIISet, allowsPrivateUse: Bool = false) {
        while true {
            scanner.skip(allOf: set)
            guard !scanner.isAtEnd else { return }
            if scanner.next == UInt8(ascii: "%") {
                guard scanner.skipPercentEncoded() else { return }
            } else {
                guard isInternational, scanner.next >= 0x80, let (scalar, length) = scanner.scalar(),
                    URIText.isUCSCharacter(scalar) || allowsPrivateUse && URIText.isPrivateUse(scalar)
                else { return }
                scanner.position += length
            }
        }
    }
}

extension URIText {
    /// Returns whether a scalar is RFC 3987's `ucschar`: characters past ASCII, without surrogates, private use and
    /// noncharacters.
    static func isUCSCharacter(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
        case 0x1_0000...0xD_FFFF: scalar & 0xFFFF <= 0xFFFD
        case 0xE_1000...0xE_FFFD: true
        default: false
        }
    }

    /// Returns whether a scalar is RFC 3987's `iprivate`.
    static func isPrivateUse(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xE000...0xF8FF, 0xF_0000...0xF_FFFD, 0x10_0000...0x10_FFFD: true
        default: false
        }
    }
}
