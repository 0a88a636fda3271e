extension Decimal {
    /// Returns whether the value is a whole number of times a divisor, exactly; false for a divisor of zero.
    ///
    /// With `a × 10^x` for the value and `b × 10^y` for the divisor, in normal form: where `x < y`, `10` divides no such
    /// `a`. Otherwise `b` must divide `a × 10^(x - y)`.
    func isMultiple(of divisor: Decimal) -> Bool {
        guard !divisor.digits.isEmpty else { return false }
        guard !digits.isEmpty else { return true }
        let zeros = (exponent - digits.count) - (divisor.exponent - divisor.digits.count)
        guard zeros >= 0 else { return false }
        if let small = divisor.smallDigits { return remainderIsZero(by: small, zeros: zeros) }
        return remainderIsZero(byLong: divisor.digits, zeros: zeros)
    }

    /// The digits as a whole number, where they are few.
    private var smallDigits: UInt64? {
        guard digits.count <= 18 else { return nil }
        return digits.reduce(0) { $0 &* 10 &+ UInt64($1) }
    }

    private func remainderIsZero(by divisor: UInt64, zeros: Int) -> Bool {
        var remainder: UInt64 = 0
        // The remainder is below 10^18, so that ten times it fits.
        for digit in digits { remainder = (remainder &* 10 &+ UInt64(digit)) % divisor }
        // Each zero that follows multiplies the remainder by ten. It is 0 after as many as a UInt64 has bits, or never.
        for _ in 0..<min(zeros, UInt64.bitWidth) where remainder != 0 { remainder = remainder &* 10 % divisor }
        return remainder == 0
    }

    /// Returns the same by long division on digits, the divisor having too many for a word.
    private func remainderIsZero(byLong divisor: [UInt8], zeros: Int) -> Bool {
        // One digit more than the divisor: ten times a remainder.
        var remainder = [UInt8](repeating: 0, count: divisor.count + 1)
        for digit in digits { Self.append(digit, to: &remainder, modulo: divisor) }
        // A divisor of n digits has fewer than 4n bits.
        for _ in 0..<min(zeros, divisor.count * 4) where remainder.contains(where: { $0 != 0 }) {
            Self.append(0, to: &remainder, modulo: divisor)
        }
        return !remainder.contains { $0 != 0 }
    }

    private static func append(_ digit: UInt8, to remainder: inout [UInt8], modulo divisor: [UInt8]) {
        remainder.removeFirst()
        remainder.append(digit)
        let padded = [0] + divisor
        while !remainder.lexicographicallyPrecedes(padded) {
            var borrow: Int8 = 0
            for index in remainder.indices.reversed() {
                let difference = Int8(remainder[index]) - Int8(padded[index]) - borrow
                borrow = difference < 0 ? 1 : 0
                remainder[index] = UInt8(difference + borrow * 10)
            }
        }
    }
}
