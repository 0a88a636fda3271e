/// The exact value of a JSON number: sign, digits, and a power of ten.
///
/// Held in normal form (no zero at either end of the digits), so that equal values are equal members.
struct Decimal: Hashable {
    let isNegative: Bool
    /// Decimal digits, 0 to 9; none for zero.
    let digits: [UInt8]
    /// The value is `0.digits × 10^exponent`.
    let exponent: Int

    /// Exponents past this are clamped to it. Only numbers written with exponents of 18 digits and more lose their value
    /// by that, and a string's length can be added without overflow.
    private static let exponentLimit = 1 << 57

    /// Reads the number grammar of RFC 8259, section 6; `nil` where the bytes break it.
    init?(_ bytes: some Sequence<UInt8>) {
        var scanner = Scanner(rest: bytes.makeIterator())
        let isNegative = scanner.skip(UInt8(ascii: "-"))
        var digits: [UInt8] = []
        let startsWithZero = scanner.next == UInt8(ascii: "0")
        guard scanner.readDigits(into: &digits), !startsWithZero || digits.count == 1 else { return nil }
        let wholeDigits = digits.count
        if scanner.skip(UInt8(ascii: ".")) {
            guard scanner.readDigits(into: &digits) else { return nil }
        }
        var exponent = 0
        if scanner.skip(UInt8(ascii: "e")) || scanner.skip(UInt8(ascii: "E")) {
            let isDown = scanner.skip(UInt8(ascii: "-"))
            if !isDown { _ = scanner.skip(UInt8(ascii: "+")) }
            guard let magnitude = scanner.readNumber(limit: 2 * Self.exponentLimit) else { return nil }
            exponent = isDown ? -magnitude : magnitude
        }
        guard scanner.next == nil else { return nil }

        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        while digits.last == 0 { digits.removeLast() }
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        let limit = Self.exponentLimit
        self.exponent = digits.isEmpty ? 0 : max(-limit, min(limit, exponent + wholeDigits - leadingZeros))
    }

    var isInteger: Bool { digits.count <= exponent || digits.isEmpty }

    /// Returns whether the value is a whole number of times `divisor`, by long division.
    func isMultiple(of divisor: UInt64) -> Bool {
        guard isInteger else { return false }
        var remainder: UInt64 = 0
        for digit in digits { remainder = Self.appending(UInt64(digit), to: remainder, modulo: divisor) }
        // Each zero that follows multiplies the remainder by ten. It is 0 after as many as a UInt64 has bits, or never.
        for _ in 0..<min(exponent - digits.count, UInt64.bitWidth) where remainder != 0 {
            remainder = Self.appending(0, to: remainder, modulo: divisor)
        }
        return remainder == 0
    }

    private static func appending(_ digit: UInt64, to remainder: UInt64, modulo divisor: UInt64) -> UInt64 {
        let (high, low) = remainder.multipliedFullWidth(by: 10)
        let (sum, carry) = low.addingReportingOverflow(digit)
        return divisor.dividingFullWidth((high + (carry ? 1 : 0), sum)).remainder
    }

    /// The value where it is whole, not negative, and fits.
    var uint64: UInt64? {
        guard isInteger, !isNegative, exponent <= 20 else { return nil }
        var value: UInt64 = 0
        for position in 0..<exponent {
            let digit = position < digits.count ? UInt64(digits[position]) : 0
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, alsoOverflows) = product.addingReportingOverflow(digit)
            if overflows || alsoOverflows { return nil }
            value = sum
        }
        return value
    }

    /// The value where it is whole and fits.
    var int64: Int64? {
        guard isInteger, exponent <= 19 else { return nil }
        var value: Int64 = 0
        for position in 0..<exponent {
            let digit = position < digits.count ? Int64(digits[position]) : 0
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, alsoOverflows) =
                isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            if overflows || alsoOverflows { return nil }
            value = sum
        }
        return value
    }
}

extension Decimal {
    /// A scanner of a number's parts, one byte ahead.
    private struct Scanner<Bytes: IteratorProtocol<UInt8>> {
        private var rest: Bytes
        private(set) var next: UInt8?

        init(rest: Bytes) {
            self.rest = rest
            next = self.rest.next()
        }

        private var digit: UInt8? {
            guard let next, next &- 0x30 < 10 else { return nil }
            return next &- 0x30
        }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            next = rest.next()
            return true
        }

        /// Appends one digit or more.
        mutating func readDigits(into digits: inout [UInt8]) -> Bool {
            guard digit != nil else { return false }
            while let digit {
                digits.append(digit)
                next = rest.next()
            }
            return true
        }

        /// Reads a number of one digit or more, clamped to a limit.
        mutating func readNumber(limit: Int) -> Int? {
            guard digit != nil else { return nil }
            var value = 0
            while let digit {
                value = min(value * 10 + Int(digit), limit)
                next = rest.next()
            }
            return value
        }
    }
}

extension Decimal: Comparable {
    static func < (lhs: Decimal, rhs: Decimal) -> Bool {
        guard lhs.isNegative == rhs.isNegative else { return lhs.isNegative }
        return lhs.isNegative ? isSmaller(rhs, lhs) : isSmaller(lhs, rhs)
    }

    private static func isSmaller(_ lhs: Decimal, _ rhs: Decimal) -> Bool {
        if lhs.digits.isEmpty || rhs.digits.isEmpty { return lhs.digits.isEmpty && !rhs.digits.isEmpty }
        if lhs.exponent != rhs.exponent { return lhs.exponent < rhs.exponent }
        return lhs.digits.lexicographicallyPrecedes(rhs.digits)
    }
}

extension Decimal: CustomStringConvertible {
    /// The value as a JSON number: plain while that needs few zeros beside the digits, in exponent form elsewhere.
    var description: String {
        guard !digits.isEmpty else { return "0" }
        let sign = isNegative ? "-" : ""
        let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        let trailingZeros = exponent - digits.count
        if 0...20 ~= trailingZeros {
            return sign + text + String(repeating: "0", count: trailingZeros)
        }
        if 1..<digits.count ~= exponent {
            return sign + text.prefix(exponent) + "." + text.dropFirst(exponent)
        }
        if -9...0 ~= exponent {
            return sign + "0." + String(repeating: "0", count: -exponent) + text
        }
        return sign + text + "e\(trailingZeros)"
    }
}
