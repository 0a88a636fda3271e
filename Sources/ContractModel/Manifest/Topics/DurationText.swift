/// Durations of topics in the notation of the manifest.
package enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
    ]

    package static let expectation = "7d, 24h, 90m, 30s, 500ms, a whole number of milliseconds, or forever"

    /// Parses milliseconds; -1 is no limit; `nil` if the text is invalid.
    package static func milliseconds(_ text: String) -> Int64? {
        if text == "-1" || text == "forever" { return -1 }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits) else { return nil }
        let suffix = text.dropFirst(digits.count)
        if suffix.isEmpty { return count }
        guard let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
        let (product, overflows) = count.multipliedReportingOverflow(by: unit.milliseconds)
        return overflows ? nil : product
    }
}
