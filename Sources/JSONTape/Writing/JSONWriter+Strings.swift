extension JSONWriter {
    /// Writes a string from its UTF-8, quoted and escaped (RFC 8259, section 7).
    @usableFromInline
    mutating func write(utf8 text: UnsafeBufferPointer<UInt8>) {
        // The quotes, and 8 bytes that a word's store may reach past what is kept of it.
        reserve(text.count + 10)
        write(byte: UInt8(ascii: "\""))
        if let start = text.baseAddress {
            var position = copyPlain(from: start, count: text.count)
            while position < text.count {
                writeEscape(of: start[position])
                position += 1
                reserve(text.count - position + 9)
                position += copyPlain(from: start + position, count: text.count - position)
            }
        }
        write(byte: UInt8(ascii: "\""))
    }

    /// Copies the leading bytes that need no escape in a JSON string, and returns their number.
    ///
    /// Room for `count + 8` bytes must be reserved: a word is stored before it is known how much of it is kept.
    @inline(__always)
    private mutating func copyPlain(from source: UnsafePointer<UInt8>, count length: Int) -> Int {
        let start = bytes + count
        var position = 0
        while position &+ 8 <= length {
            let word = UnsafeRawPointer(source + position).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(start + position).storeBytes(of: word, as: UInt64.self)
            let stop = ByteWord.stringStops(word.littleEndian)
            if stop != 0 {
                position &+= stop.trailingZeroBitCount / 8
                count &+= position
                return position
            }
            position &+= 8
        }
        if position < length, length >= 8 {
            // The last word overlaps the one before it.
            let word = UnsafeRawPointer(source + length - 8).loadUnaligned(as: UInt64.self)
            if ByteWord.stringStops(word.littleEndian) == 0 {
                UnsafeMutableRawPointer(start + length - 8).storeBytes(of: word, as: UInt64.self)
                count &+= length
                return length
            }
        }
        while position < length {
            let byte = source[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            start[position] = byte
            position &+= 1
        }
        count &+= position
        return position
    }

    private mutating func writeEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(literal: #"\""#)
        case UInt8(ascii: "\\"): write(literal: #"\\"#)
        case 0x08: write(literal: #"\b"#)
        case 0x09: write(literal: #"\t"#)
        case 0x0A: write(literal: #"\n"#)
        case 0x0C: write(literal: #"\f"#)
        case 0x0D: write(literal: #"\r"#)
        default:
            let digits: StaticString = "0123456789abcdef"
            write(literal: #"\u00"#)
            write(byte: digits.utf8Start[Int(byte >> 4)])
            write(byte: digits.utf8Start[Int(byte & 15)])
        }
    }
}
