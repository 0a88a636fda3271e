extension TapeParser {
    /// The kind of a run of unescaped bytes in a string.
    private enum Run {
        case ascii, unicode, broken
    }

    /// Parses a string from its opening quote.
    mutating func parseString() -> Bool {
        position += 1
        let start = position
        let run = skipRun()
        guard run != .broken else { return false }
        guard bytes[position] == UInt8(ascii: "\"") else {
            return parseEscapedString(from: start, isASCII: run == .ascii)
        }
        finishString(from: start, to: position, isASCII: run == .ascii)
        return true
    }

    /// Appends a string whose closing quote is at `position`, and steps over that.
    @inline(__always)
    private mutating func finishString(from start: Int, to end: Int, isASCII: Bool) {
        appendScalar(.string, offset: start, length: end - start, flags: isASCII ? 0 : Node.isSpecial)
        position += 1
    }

    /// Skips unescaped bytes, up to a quote or a backslash, and checks their UTF-8.
    ///
    /// An escape encodes whole scalars, so each run between escapes must be well-formed by itself.
    @inline(__always)
    private mutating func skipRun() -> Run {
        let start = position
        var seen: UInt64 = 0
        while true {
            let word = UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self).littleEndian
            let stop = ByteWord.stringStops(word)
            if stop == 0 {
                seen |= word
                position += 8
                continue
            }
            let bit = stop.trailingZeroBitCount & ~7
            seen |= word & ((1 << UInt64(bit)) &- 1)
            position += bit / 8
            break
        }
        let isASCII = seen & ByteWord.highBits == 0
        guard isASCII || checkUTF8(from: start) else { return .broken }
        guard bytes[position] >= 0x20 else {
            _ = fail(.controlCharacter)
            return .broken
        }
        return isASCII ? .ascii : .unicode
    }

    /// Checks the bytes from `start` to `position`.
    @inline(never)
    private mutating func checkUTF8(from start: Int) -> Bool {
        let text = UnsafeBufferPointer(start: bytes + start, count: position - start)
        guard let offset = UTF8Check.firstInvalidOffset(in: text) else { return true }
        position = start + offset
        return fail(.invalidUTF8)
    }

    /// Parses a string from its first backslash, and unescapes it in place. The result is shorter, so the text moves to
    /// the front.
    @inline(never)
    private mutating func parseEscapedString(from start: Int, isASCII: Bool) -> Bool {
        var isASCII = isASCII
        var end = position
        while bytes[position] == UInt8(ascii: "\\") {
            guard let scalar = parseEscape() else { return false }
            isASCII = isASCII && scalar.isASCII
            for unit in scalar.utf8 {
                bytes[end] = unit
                end += 1
            }
            let runStart = position
            let run = skipRun()
            guard run != .broken else { return false }
            isASCII = isASCII && run == .ascii
            let length = position - runStart
            (bytes + end).update(from: bytes + runStart, count: length)
            end += length
        }
        finishString(from: start, to: end, isASCII: isASCII)
        return true
    }

    /// Reads an escape from its backslash.
    private mutating func parseEscape() -> Unicode.Scalar? {
        position += 1
        let byte = bytes[position]
        let plain: Unicode.Scalar
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = Unicode.Scalar(byte)
        case UInt8(ascii: "b"): plain = "\u{8}"
        case UInt8(ascii: "f"): plain = "\u{C}"
        case UInt8(ascii: "n"): plain = "\n"
        case UInt8(ascii: "r"): plain = "\r"
        case UInt8(ascii: "t"): plain = "\t"
        case UInt8(ascii: "u"): return parseUnicodeEscape()
        default:
            _ = fail(.invalidEscape)
            return nil
        }
        position += 1
        return plain
    }

    /// Reads an escape from its `u`, and the other half of a surrogate pair.
    private mutating func parseUnicodeEscape() -> Unicode.Scalar? {
        let backslash = position - 1
        guard let unit = parseHexUnit() else { return nil }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") {
            position += 1
            guard let trail = parseHexUnit() else { return nil }
            if 0xDC00...0xDFFF ~= trail {
                return Unicode.Scalar(0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(trail - 0xDC00))
            }
        }
        position = backslash
        _ = fail(.loneSurrogate)
        return nil
    }

    /// Reads the four digits after the `u` of an escape.
    private mutating func parseHexUnit() -> UInt16? {
        position += 1
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default:
                _ = fail(.invalidEscape)
                return nil
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
