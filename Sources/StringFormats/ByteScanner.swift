/// A set of ASCII characters.
struct ASCIISet {
    /// A bit for each of the characters 0 to 63, and for each of 64 to 127.
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        return ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 != 0
    }

    static var digits: ASCIISet { ASCIISet(low: 0x03FF_0000_0000_0000, high: 0) }
    static var hexDigits: ASCIISet { ASCIISet(low: 0x03FF_0000_0000_0000, high: 0x0000_007E_0000_007E) }
    static var letters: ASCIISet { ASCIISet(low: 0, high: 0x07FF_FFFE_07FF_FFFE) }
    /// Letters, digits and the hyphen.
    static var hostName: ASCIISet { ASCIISet(low: 0x03FF_2000_0000_0000, high: 0x07FF_FFFE_07FF_FFFE) }
}

/// A scanner of UTF-8 text front to back. Every access is checked against the text's end.
struct ByteScanner {
    let text: UnsafeBufferPointer<UInt8>
    var position = 0
    /// The offset after the last byte to read.
    let end: Int

    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        end = text.count
    }

    /// Reads a part of a string. The bounds must be inside the text.
    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
        self.text = text
        position = range.lowerBound
        end = range.upperBound
    }

    @inline(__always)
    var isAtEnd: Bool { position == end }

    /// The next byte; 0 at the end. A caller for which a zero byte matters asks `isAtEnd` first.
    @inline(__always)
    var next: UInt8 { position < end ? text[position] : 0 }

    /// Returns the byte some places after the next one; 0 past the end.
    @inline(__always)
    func peek(_ distance: Int) -> UInt8 { position &+ distance < end ? text[position &+ distance] : 0 }

    /// Steps over a byte, where it is the next one.
    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, text[position] == byte else { return false }
        position &+= 1
        return true
    }

    /// Steps over the next byte, where a set contains it.
    @inline(__always)
    mutating func skip(anyOf set: ASCIISet) -> Bool {
        guard position < end, set.contains(text[position]) else { return false }
        position &+= 1
        return true
    }

    /// Steps over all bytes that a set contains, and returns their number.
    @inline(__always) @discardableResult
    mutating func skip(allOf set: ASCIISet) -> Int {
        let start = position
        while position < end, set.contains(text[position]) { position &+= 1 }
        return position &- start
    }

    /// Steps over `%` and two hexadecimal digits.
    mutating func skipPercentEncoded() -> Bool {
        guard next == UInt8(ascii: "%"), ASCIISet.hexDigits.contains(peek(1)), ASCIISet.hexDigits.contains(peek(2))
        else {
            return false
        }
        position &+= 3
        return true
    }

    /// Returns the scalar that begins at the next byte, and the number of its bytes; `nil` at the end, and where the bytes are
    /// not UTF-8.
    func scalar() -> (value: UInt32, length: Int)? {
        guard position < end else { return nil }
        let lead = text[position]
        guard lead >= 0x80 else { return (UInt32(lead), 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead < 0xF5, end &- position >= length else { return nil }
        var value = UInt32(lead) & (0xFF >> UInt32(length &+ 1))
        for offset in 1..<length {
            let byte = text[position &+ offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return (value, length)
    }
}
