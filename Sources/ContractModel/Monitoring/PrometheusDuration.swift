/// The text form of durations in Prometheus: `5m`, `1h30m`, `1y`.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/configuration/>.
package enum PrometheusDuration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
        ("ms", 1),
    ]

    /// The maximum duration in milliseconds: Prometheus stores durations in nanoseconds. It is 292 years.
    private static let maximumMilliseconds = Int64.max / 1_000_000
    /// The digits of `maximumMilliseconds`.
    private static let maximumDigits = 13
    /// The maximum duration in Prometheus.
    static let maximum = Duration.milliseconds(maximumMilliseconds)

    static let expectation = "expected a number with its unit: 30s, 5m, 1h30m"

    /// Parses a duration: numbers with units from large to small, each unit at most once, or a zero without a unit.
    ///
    /// - Returns: `nil` if the text is invalid or the duration too long.
    package static func duration(_ text: String) -> Duration? {
        var rest = text[...]
        var units = units[...]
        var total: Int64 = 0
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.count <= maximumDigits, let count = Int64(digits) else { return nil }
            if rest.isEmpty, digits.count == text.count { return count == 0 ? .zero : nil }
            let suffix = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(suffix.count)
            guard let index = units.firstIndex(where: { $0.name == suffix }) else { return nil }
            let (product, overflows) = count.multipliedReportingOverflow(by: units[index].milliseconds)
            guard !overflows, product <= maximumMilliseconds - total else { return nil }
            total += product
            units = units[(index + 1)...]
        } while !rest.isEmpty
        return .milliseconds(total)
    }

    /// Returns the shortest text of a duration in whole milliseconds, such as `1h30m`.
    package static func text(of duration: Duration) -> String {
        let milliseconds = duration.milliseconds
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
