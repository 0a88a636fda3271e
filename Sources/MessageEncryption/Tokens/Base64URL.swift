/// Base64 with the alphabet for URLs and file names (RFC 4648, section 5).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")

    /// Two digits for each 12 bits.
    private static let pairs: [(UInt8, UInt8)] = (0..<4096).map { (alphabet[$0 >> 6], alphabet[$0 & 63]) }

    /// The value of each byte of the alphabet; 255 for the others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8], isPadded: Bool) -> [UInt8] {
        let (groups, rest) = bytes.count.quotientAndRemainder(dividingBy: 3)
        let digits = groups * 4 + (rest == 0 ? 0 : rest + 1)
        let size = isPadded ? (digits + 3) / 4 * 4 : digits
        return [UInt8](unsafeUninitializedCapacity: size) { text, count in
            pairs.withUnsafeBufferPointer { pairs in
                bytes.withUnsafeBufferPointer { bytes in
                    // Each group reads three bytes below `groups * 3`, and writes four below `groups * 4`; 12 bits are a
                    // position among 4,096 pairs.
                    for group in 0..<groups {
                        let (from, to) = (group &* 3, group &* 4)
                        let bits = Int(bytes[from]) << 16 | Int(bytes[from &+ 1]) << 8 | Int(bytes[from &+ 2])
                        let (first, second) = (pairs[bits >> 12], pairs[bits & 0xFFF])
                        text[to] = first.0
                        text[to &+ 1] = first.1
                        text[to &+ 2] = second.0
                        text[to &+ 3] = second.1
                    }
                }
            }
            for index in (groups * 4)..<size { text[index] = padding }
            if rest > 0 {
                let bits = UInt32(bytes[groups * 3]) << 16 | (rest == 2 ? UInt32(bytes[groups * 3 + 1]) << 8 : 0)
                for digit in 0...rest { text[groups * 4 + digit] = alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)] }
            }
            count = size
        }
    }

    /// Returns the bytes of a text; nil where it is not exactly what `encode` writes for them: another alphabet, missing or
    /// additional padding, blanks, or bits after the last byte that are not 0. Two texts never stand for the same bytes.
    static func decode(_ text: some Collection<UInt8>, isPadded: Bool) -> [UInt8]? {
        let text = Array(text)
        var digits = text.count
        if isPadded {
            guard digits.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where digits > 0 && text[digits - 1] == padding { digits -= 1 }
        }
        let (groups, rest) = digits.quotientAndRemainder(dividingBy: 4)
        guard rest != 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: groups * 3 + max(rest - 1, 0))
        let (values, source) = (values.span, text.span)
        var target = bytes.mutableSpan
        // A byte outside of the alphabet has a value above 63, which this collects.
        var all: UInt32 = 0
        for group in 0..<groups {
            let (from, to) = (group &* 4, group &* 3)
            let (a, b) = (UInt32(values[Int(source[from])]), UInt32(values[Int(source[from &+ 1])]))
            let (c, d) = (UInt32(values[Int(source[from &+ 2])]), UInt32(values[Int(source[from &+ 3])]))
            all |= a | b | c | d
            let bits = a << 18 | b << 12 | c << 6 | d
            target[to] = UInt8(truncatingIfNeeded: bits >> 16)
            target[to &+ 1] = UInt8(truncatingIfNeeded: bits >> 8)
            target[to &+ 2] = UInt8(truncatingIfNeeded: bits)
        }
        if rest > 0 {
            var bits: UInt32 = 0
            for digit in 0..<rest {
                let value = UInt32(values[Int(source[groups * 4 + digit])])
                all |= value
                bits |= value << UInt32(18 - 6 * digit)
            }
            for byte in 0..<(rest - 1) {
                target[groups * 3 + byte] = UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * byte))
            }
            guard bits & (rest == 2 ? 0xFFFF : 0xFF) == 0 else { return nil }
        }
        return all < 64 ? bytes : nil
    }
}
