/// Numbers as Prometheus writes and reads them.
package enum NumberText {
    /// Returns the shortest text that reads back as this value; without a fraction where there is none.
    static func shortest(_ value: Double) -> String {
        if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 { return String(integer) }
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value.description
    }

    /// Returns a value as OpenMetrics 1.0 ("Considerations: Canonical Numbers") wants the label `le` to be: as Go's
    /// `%g` writes the shortest digits, and with `.0` where that shows neither point nor exponent.
    package static func canonical(_ value: Double) -> String {
        guard value.isFinite else { return shortest(value) }
        guard value != 0 else { return "0.0" }
        let (digits, exponent) = shortestDigits(value.magnitude)
        let sign = value < 0 ? "-" : ""
        if exponent < -4 || exponent >= 6 {
            let fraction = digits.count > 1 ? ".\(digits.dropFirst())" : ""
            let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(power)"
        }
        guard exponent >= 0 else { return "\(sign)0.\(zeros(-exponent - 1))\(digits)" }
        let whole = digits.prefix(exponent + 1)
        let fraction = digits.dropFirst(exponent + 1)
        return "\(sign)\(whole)\(zeros(exponent + 1 - whole.count)).\(fraction.isEmpty ? "0" : fraction)"
    }

    /// Returns the same as the text format 0.0.4 has it, in which Go's `%g` is left as it is: `1`, `1e+06`.
    package static func bound(_ value: Double) -> String {
        let text = canonical(value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

    /// Returns the digits of a finite value above zero, without zeros at either end, and the power of ten of the first
    /// of them.
    private static func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts.first ?? "0"
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let whole = mantissa.prefix { $0 != "." }
        exponent += whole.count - 1
        let digits = whole + mantissa.dropFirst(whole.count + 1)
        let significant = digits.drop { $0 == "0" }
        exponent -= digits.count - significant.count
        let end = significant.lastIndex { $0 != "0" }
        return (String(end.map { significant[...$0] } ?? "0"), exponent)
    }
}
