/// The literals of PromQL: strings and numbers. See
/// <https://prometheus.io/docs/prometheus/latest/querying/basics/#literals>.
package enum PromQLLiteral {
    // MARK: Strings

    /// Returns the value of a quoted or raw string; `nil` if an escape sequence is invalid in Go. Bytes that are not UTF-8, such
    /// as `\xff`, become U+FFFD.
    static func string(_ literal: String) -> String? {
        bytes(of: literal).map { String(decoding: $0, as: UTF8.self) }
    }

    static func bytes(of literal: String) -> [UInt8]? {
        let bytes = Array(literal.utf8)
        guard bytes.count >= 2, let quote = bytes.first, quote == bytes.last else { return nil }
        let inner = bytes[1..<bytes.count - 1]
        guard quote != UInt8(ascii: "`"), inner.contains(UInt8(ascii: "\\")) else {
            return Array(inner)
        }
        var result: [UInt8] = []
        var rest = inner
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard let mark = rest.popFirst(), let value = escaped(mark, quote: quote, rest: &rest) else { return nil }
            result += value
        }
        return result
    }

    /// Returns the bytes of an escape sequence. The mark is the byte after the backslash.
    private static func escaped(_ mark: UInt8, quote: UInt8, rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        switch mark {
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "v"): return [0x0B]
        case UInt8(ascii: "\\"), quote: return [mark]
        case UInt8(ascii: "x"): return digits(2, base: 16, &rest).map { [UInt8(truncatingIfNeeded: $0)] }
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            rest = [mark] + rest
            guard let value = digits(3, base: 8, &rest), value <= 0xFF else { return nil }
            return [UInt8(truncatingIfNeeded: value)]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            guard let value = digits(mark == UInt8(ascii: "u") ? 4 : 8, base: 16, &rest),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            return Array(String(Character(scalar)).utf8)
        default: return nil
        }
    }

    private static func digits(_ count: Int, base: UInt32, _ rest: inout ArraySlice<UInt8>) -> UInt32? {
        guard rest.count >= count else { return nil }
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = rest.popFirst()?.hexadecimalValue, digit < base else { return nil }
            value = value &* base &+ UInt32(digit)
        }
        return value
    }

    /// Returns a double-quoted literal of a value.
    package static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\" + String(scalar)
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Prometheus takes the unescaped character for bytes that are not UTF-8.
            case "\u{FFFD}": text += "\\ufffd"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                text += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    // MARK: Numbers

    /// Returns the value of a number; `nil` if it is invalid or too large.
    static func number(_ text: String) -> Double? {
        switch text.lowercased() {
        case "inf": return .infinity
        case "nan": return .nan
        case let lower where lower.hasPrefix("0x"):
            // Larger numbers and fractions need Go's binary exponent, which PromQL does not have.
            return Int64(lower.dropFirst(2), radix: 16).map(Double.init)
        case let lower:
            // As in Go, octal digits after a zero are an octal number.
            if lower.utf8.count > 1, lower.hasPrefix("0"), let octal = Int64(lower, radix: 8) { return Double(octal) }
            guard let value = Double(lower), value.isFinite else { return nil }
            return value
        }
    }

    package static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "Inf" }
        let text = String(number)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
