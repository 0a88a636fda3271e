/// A percentile in the name of a metric, such as `latency_p99_9_seconds`.
struct Percentile {
    /// The name without its percentile.
    let stem: String
    /// A number between 0 and 1.
    let quantile: String

    /// Returns `nil` if a name contains no percentile.
    init?(_ name: String) {
        var words = name.split(separator: "_", omittingEmptySubsequences: false)
        guard let index = words.lastIndex(where: { Self.digits($0) != nil }), let digits = Self.digits(words[index])
        else {
            return nil
        }
        var fraction: Substring = ""
        if words.indices.contains(index + 1), words[index + 1].utf8.allSatisfy(\.isDigit) {
            fraction = words.remove(at: index + 1)
        }
        words.remove(at: index)
        guard let quantile = Self.quantile(digits, fraction) else { return nil }
        stem = words.joined(separator: "_")
        self.quantile = quantile
    }

    /// Returns the digits of `p95`.
    private static func digits(_ word: Substring) -> Substring? {
        let digits = word.dropFirst()
        guard word.first?.lowercased() == "p", !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit) else { return nil }
        return digits
    }

    /// Returns the quantile of a percentile: `p5` is 0.05, `p95` is 0.95, `p999` and `p99_9` are 0.999, `p100` is 1;
    /// `p1000` is not a percentile.
    private static func quantile(_ digits: Substring, _ fraction: Substring) -> String? {
        if digits == "100", fraction.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { return "1" }
        guard digits.count <= 2 || (digits.last != "0" && fraction.isEmpty && digits.count <= 6) else { return nil }
        var text = "0." + (digits.count == 1 ? "0" : "") + digits + fraction.prefix(6)
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? "0" : text
    }

    private static let units: Set<Substring> = [
        "nanoseconds", "ns", "microseconds", "micros", "us", "milliseconds", "millis", "ms", "second", "seconds", "sec",
        "secs", "s", "minutes", "byte", "bytes", "kb", "mb", "kib", "mib", "kilobytes", "megabytes",
    ]

    /// Returns a name without the unit at its end.
    static func unitless(_ name: String) -> String {
        guard let split = name.lastIndex(of: "_"), units.contains(name[name.index(after: split)...]) else {
            return name
        }
        return String(name[..<split])
    }
}
