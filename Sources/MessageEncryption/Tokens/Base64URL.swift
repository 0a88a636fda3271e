/// Base64 with the alphabet for URLs and file names (RFC 4648, section 5).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")

    /// Two digits for each 12 bits, the first one in the lower byte.
    private static let pairs: [UInt16] = (0..<4096).map { UInt16(alphabet[$0 >> 6]) | UInt16(alphabet[$0 & 63]) << 8 }

    /// The value of each byte of the alphabet; 255 for the others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8], isPadded: Bool) -> [UInt8] {
        var text = room(for: bytes.count, isPadded: isPadded)
        let start = text.count - bytes.count
        text.replaceSubrange(start..., with: bytes)
        encode(&text, from: start)
        return text
    }

    /// Returns zeros, as many as the text of so many bytes has.
    static func room(for count: Int, isPadded: Bool) -> [UInt8] {
        let size = isPadded ? (count + 2) / 3 * 4 : (count * 4 + 2) / 3
        return [UInt8](repeating: 0, count: size)
    }

    /// Encodes in place: turns the bytes at the end of `text` into the text of them, which fills all of it.
    ///
    /// - Parameters:
    ///   - text: As many bytes as ``room(for:isPadded:)`` returns for the number of those at the end.
    ///   - start: The position of the first byte.
    static func encode(_ text: inout [UInt8], from start: Int) {
        let digits = ((text.count - start) * 4 + 2) / 3
        precondition(start >= 0 && digits <= text.count, "a text has room for its digits")
        let done = encodeBlocks(&text, from: start)
        // At most seven bytes are left, from the highest bit down.
        var bits: UInt64 = 0
        for index in done.from..<text.count { bits |= UInt64(text[index]) << UInt64(56 - 8 * (index - done.from)) }
        for index in done.to..<digits {
            text[index] = alphabet[Int(bits >> 58)]
            bits <<= 6
        }
        for index in digits..<text.count { text[index] = padding }
    }

    /// Encodes blocks of six bytes as eight digits, as long as two bytes follow the block, since it reads eight.
    ///
    /// - Returns: The positions of the first byte that is not encoded, and of its digits.
    private static func encodeBlocks(_ text: inout [UInt8], from start: Int) -> (from: Int, to: Int) {
        let blocks = max(0, text.count - start - 2) / 6
        // Each access is inside of its memory: 12 bits are a position among 4,096 pairs; a block and two more bytes are
        // before the end of the text, and so are its digits. No digit overwrites a byte that is still to be read: with `n`
        // blocks, `start` is at least `2 * n`, so that the digits of block `i` end at `8 * i + 8`, which is at most
        // `start + 6 * i + 6`, where the next block starts.
        text.withUnsafeMutableBytes { text in
            pairs.withUnsafeBufferPointer { pairs in
                func pair(_ bits: UInt64, _ shift: UInt64) -> UInt64 { UInt64(pairs[Int(bits >> shift & 0xFFF)]) }
                for block in 0..<blocks {
                    let bits = UInt64(
                        bigEndian: text.loadUnaligned(fromByteOffset: start &+ block &* 6, as: UInt64.self))
                    let digits = pair(bits, 52) | pair(bits, 40) << 16 | pair(bits, 28) << 32 | pair(bits, 16) << 48
                    text.storeBytes(of: digits.littleEndian, toByteOffset: block &* 8, as: UInt64.self)
                }
            }
        }
        return (start + blocks * 6, blocks * 8)
    }

    /// Returns the bytes of a string; nil where it is not exactly what `encode` writes for them: another alphabet, missing or
    /// additional padding, spaces, or bits after the last byte that are not 0. Two strings never represent the same bytes.
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
