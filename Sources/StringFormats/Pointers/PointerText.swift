/// The text forms of JSON Pointers.
package enum PointerText {
    /// Returns whether a string is a JSON Pointer (RFC 6901, section 3).
    package static func isPointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return scanner.skipPointer()
    }

    /// Returns whether a string is a Relative JSON Pointer (draft-bhutton-relative-json-pointer-00, section 3).
    package static func isRelativePointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return scanner.skipRelativePointer()
    }
}

extension ByteScanner {
    /// Steps over reference tokens up to the text's end. Each begins with `/`, and `~` is part of `~0` or `~1`.
    fileprivate mutating func skipPointer() -> Bool {
        guard isAtEnd || next == UInt8(ascii: "/") else { return false }
        while !isAtEnd {
            if next == UInt8(ascii: "~") {
                guard peek(1) == UInt8(ascii: "0") || peek(1) == UInt8(ascii: "1") else { return false }
            }
            position += 1
        }
        return true
    }

    fileprivate mutating func skipRelativePointer() -> Bool {
        guard skipNaturalNumber(allowsZero: true) else { return false }
        if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
            position += 1
            guard skipNaturalNumber(allowsZero: false) else { return false }
        }
        return skip(UInt8(ascii: "#")) ? isAtEnd : skipPointer()
    }

    /// Steps over digits without a leading zero.
    private mutating func skipNaturalNumber(allowsZero: Bool) -> Bool {
        if skip(UInt8(ascii: "0")) { return allowsZero && !ASCIISet.digits.contains(next) }
        return skip(allOf: .digits) > 0
    }
}
