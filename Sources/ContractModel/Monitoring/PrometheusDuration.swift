/// Lengths of time as Prometheus writes them: `5m`, `1h30m`, `1y`.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/configuration/>.
package enum PrometheusDuration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
        ("ms", 1),
    ]

    /// As many milliseconds as Prometheus can hold, which counts nanoseconds: 292 years.
    static let longest = Int64.max / 1_000_000
    /// Those of `longest`.
    private static let mostDigits = 13

    static let expectation = "expected a number with its unit: 30s, 5m, 1h30m"

    /// Milliseconds: of units from large to small, each at most once, or of a zero without one; `nil` where the text is
    /// neither, or too long.
    package static func milliseconds(_ text: String) -> Int64? {
        var rest = text[...]
        var units = units[...]
        var total: Int64 = 0
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.count <= mostDigits, let count = Int64(digits) else { return nil }
            if rest.isEmpty, digits.count == text.count { return count == 0 ? 0 : nil }
            let suffix = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(suffix.count)
            guard let index = units.firstIndex(where: { $0.name == suffix }) else { return nil }
            let (product, overflows) = count.multipliedReportingOverflow(by: units[index].milliseconds)
            guard !overflows, product <= longest - total else { return nil }
            total += product
            units = units[(index + 1)...]
        } while !rest.isEmpty
        return total
    }

    /// The shortest text of a duration, such as `1h30m`.
    package static func text(ofMilliseconds milliseconds: Int64) -> String {
        var rest = milliseconds.magnitude
        var text = milliseconds < 0 ? "-" : ""
        for unit in units where unit.name != "w" && unit.name != "y" {
            let size = unit.milliseconds.magnitude
            if rest >= size { text += "\(rest / size)\(unit.name)" }
            rest %= size
        }
        return text.isEmpty ? "0s" : text
    }
}
