/// The exact value of a JSON number: sign, digits, and a power of ten.
///
/// Held in normal form (no zero at either end of the digits), so that equal values are equal members.
struct Decimal: Hashable {
    let isNegative: Bool
    /// Decimal digits, 0 to 9; none for zero.
    let digits: [UInt8]
    /// The value is `0.digits × 10^exponent`.
    let exponent: Int

    /// Exponents past this are held at it: such a number differs from every number that can be compared with it.
    private static let exponentLimit = 1 << 40

    /// Reads the number grammar of RFC 8259, section 6; `nil` where the bytes break it.
    init?(_ bytes: some Sequence<UInt8>) {
        var rest = bytes.makeIterator()
        var next = rest.next()
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 &- 0x30 < 10 } ?? false }

        let isNegative = next == UInt8(ascii: "-")
        if isNegative { next = rest.next() }
        guard isDigit(next) else { return nil }
        var digits: [UInt8] = []
        var pointPosition = 0
        let startsWithZero = next == UInt8(ascii: "0")
        while let byte = next, isDigit(byte) {
            digits.append(byte &- 0x30)
            next = rest.next()
        }
        if startsWithZero, digits.count > 1 { return nil }
        pointPosition = digits.count
        if next == UInt8(ascii: ".") {
            next = rest.next()
            guard isDigit(next) else { return nil }
            while let byte = next, isDigit(byte) {
                digits.append(byte &- 0x30)
                next = rest.next()
            }
        }
        var exponent = 0
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            next = rest.next()
            let isDown = next == UInt8(ascii: "-")
            if isDown || next == UInt8(ascii: "+") { next = rest.next() }
            guard isDigit(next) else { return nil }
            while let byte = next, isDigit(byte) {
                exponent = min(exponent * 10 + Int(byte &- 0x30), Self.exponentLimit)
                next = rest.next()
            }
            if isDown { exponent = -exponent }
        }
        guard next == nil else { return nil }

        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        while digits.last == 0 { digits.removeLast() }
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        self.exponent = digits.isEmpty ? 0 : exponent + pointPosition - leadingZeros
    }

    var isInteger: Bool { digits.count <= exponent || digits.isEmpty }

    /// Whether the value is a whole number of times `divisor`, by long division.
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

    /// The value where it is whole and fits.
    var int64: Int64? {
        guard isInteger, exponent <= 19 else { return nil }
        var value: Int64 = 0
        for position in 0..<max(exponent, 0) {
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
    /// The value as a JSON number: plain where it is a whole number of moderate size, in exponent form elsewhere.
    var description: String {
        guard !digits.isEmpty else { return "0" }
        let sign = isNegative ? "-" : ""
        let text = digits.map(String.init).joined()
        if isInteger, exponent <= 40 {
            return sign + text + String(repeating: "0", count: exponent - digits.count)
        }
        if exponent > 0, !isInteger {
            return sign + text.prefix(exponent) + "." + text.dropFirst(exponent)
        }
        if exponent <= 0, exponent > -10 {
            return sign + "0." + String(repeating: "0", count: -exponent) + text
        }
        return sign + text + "e\(exponent - digits.count)"
    }
}
