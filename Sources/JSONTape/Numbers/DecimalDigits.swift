/// Decimal digits as ASCII, several at once: the bytes of a little-endian word, first digit lowest.
enum DecimalDigits {
    /// Returns both digits of a number below 100.
    @inline(__always)
    static func two(_ value: UInt32) -> UInt16 {
        // 103/1024 is near enough to a tenth for numbers below 179.
        let tens = (value &* 103) &>> 10
        let ones = value &- tens &* 10
        return UInt16(truncatingIfNeeded: tens | ones &<< 8 | 0x3030)
    }

    /// Returns all eight digits of a number below 10⁸: halves, then quarters, then digits, in lanes of one word.
    @inline(__always)
    static func eight(_ value: UInt32) -> UInt64 {
        let halves = UInt64(value / 10000) | UInt64(value % 10000) &<< 32
        // 10486/2²⁰ is near enough to a hundredth for numbers below 10⁴, 103/2¹⁰ to a tenth for those below 100.
        let hundreds = ((halves &* 10486) &>> 20) & 0x0000_007F_0000_007F
        let quarters = hundreds | (halves &- hundreds &* 100) &<< 16
        let tens = ((quarters &* 103) &>> 10) & 0x000F_000F_000F_000F
        return tens | (quarters &- tens &* 10) &<< 8 | 0x3030_3030_3030_3030
    }

    /// Returns 10^exponent, for exponents 0 to 19.
    @inline(__always)
    static func powerOfTen(_ exponent: Int) -> UInt64 {
        // One factor for each bit of the exponent.
        var power: UInt64 = exponent & 1 != 0 ? 10 : 1
        if exponent & 2 != 0 { power &*= 100 }
        if exponent & 4 != 0 { power &*= 10_000 }
        if exponent & 8 != 0 { power &*= 100_000_000 }
        if exponent & 16 != 0 { power &*= 10_000_000_000_000_000 }
        return power
    }
}
