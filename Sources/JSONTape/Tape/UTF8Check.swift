/// Checks that bytes are well-formed UTF-8 (RFC 3629; Unicode 16, table 3-7).
package enum UTF8Check {
    /// Returns the offset of the first byte of the first ill-formed sequence; `nil` where all is well.
    package static func firstInvalidOffset(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let start = text.baseAddress else { return nil }
        var index = 0
        while index < text.count {
            if start[index] < 0x80 {
                index += 1
                while index + 8 <= text.count,
                    UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self) & ByteWord.highBits == 0
                {
                    index += 8
                }
                continue
            }
            guard let length = sequenceLength(in: text, at: index) else { return index }
            index += length
        }
        return nil
    }

    private static func sequenceLength(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        let lead = text[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + length <= text.count, second.contains(text[index + 1]) else { return nil }
        for offset in stride(from: 2, to: length, by: 1) where text[index + offset] & 0xC0 != 0x80 { return nil }
        return length
    }
}
