/// URI templates (RFC 6570, section 2), of all levels.
package enum URITemplate {
    /// Returns whether a string is a template.
    package static func isTemplate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        while !scanner.isAtEnd {
            guard scanner.skip(UInt8(ascii: "{")) ? scanner.skipExpression() : scanner.skipLiteral() else {
                return false
            }
        }
        return true
    }
}

extension ByteScanner {
    /// The characters of `literals`, with the apostrophe (erratum 6937).
    private static var literals: ASCIISet { ASCIISet(low: 0xAFFF_FFDA_0000_0000, high: 0x47FF_FFFE_AFFF_FFFF) }
    private static var operators: ASCIISet { ASCIISet(low: 0xA800_D84A_0000_0000, high: 0x1000_0000_0000_0001) }
    private static var variableCharacters: ASCIISet {
        ASCIISet(low: 0x03FF_0000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)
    }

    fileprivate mutating func skipLiteral() -> Bool {
        if skip(allOf: Self.literals) > 0 || skipPercentEncoded() { return true }
        guard next >= 0x80, let (scalar, length) = scalar(),
            URIText.isUCSCharacter(scalar) || URIText.isPrivateUse(scalar)
        else { return false }
        position += length
        return true
    }

    /// Steps over an operator and a list of variables, up to the closing brace.
    fileprivate mutating func skipExpression() -> Bool {
        _ = skip(anyOf: Self.operators)
        repeat {
            guard skipVariableName() else { return false }
            if skip(UInt8(ascii: ":")) {
                guard next != UInt8(ascii: "0"), 1...4 ~= skip(allOf: .digits) else { return false }
            } else {
                _ = skip(UInt8(ascii: "*"))
            }
        } while skip(UInt8(ascii: ","))
        return skip(UInt8(ascii: "}"))
    }

    private mutating func skipVariableName() -> Bool {
        repeat {
            let start = position
            while skip(anyOf: Self.variableCharacters) || skipPercentEncoded() {}
            guard position > start else { return false }
        } while skip(UInt8(ascii: "."))
        return true
    }
}
