/// Tests on eight bytes at once, loaded as a little-endian word.
///
/// Each sets the high bit of every byte that matches. Above the lowest match there may be false marks (Hacker's
/// Delight, section 6-1), so only the lowest mark means something; as a false one has a true one below it, that also
/// holds for the union of several tests.
enum ByteWord {
    private static var lowBits: UInt64 { 0x0101_0101_0101_0101 }
    static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- lowBits) & ~word & highBits }

    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 { (word &- (lowBits &* 0x20)) & ~word & highBits }

    /// Returns the bytes that need an escape in a JSON string: quote, backslash, control characters.
    @inline(__always)
    static func stringStops(_ word: UInt64) -> UInt64 {
        zeros(word ^ (lowBits &* 0x22)) | zeros(word ^ (lowBits &* 0x5C)) | controls(word)
    }
}
