/// The units of metrics: base units, and those that are used in their place
/// (prometheus.io/docs/practices/naming, "Base units").
enum MetricUnit {
    static let all = [
        "amperes", "bytes", "celsius", "grams", "joules", "kelvin", "meters", "metres", "ratio", "seconds", "volts",
    ]

    /// Returns the base unit that a word should have been; `nil` where the word is one, or no unit.
    static func base(insteadOf word: String) -> String? {
        if all.contains(word) { return nil }
        if let base = others[word] { return base }
        guard let prefix = prefixes.first(where: word.hasPrefix) else { return nil }
        return all.first { $0 == word.dropFirst(prefix.count) }
    }

    /// Words that mean something else within a name: the second attempt, the minimum.
    static let ambiguous: Set<String> = ["bit", "byte", "day", "hour", "min", "minute", "second", "week"]

    private static let prefixes = [
        "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mebi", "mibi",
        "giga", "gibi", "tera", "tebi", "peta", "pebi",
    ]

    private static let others: [String: String] = [
        "ms", "us", "ns", "s", "sec", "secs", "second", "msec", "msecs", "usec", "nsec", "millis", "micros", "nanos",
        "m", "min", "mins", "minute", "minutes", "h", "hour", "hours", "d", "day", "days", "week", "weeks",
    ].reduce(into: [:]) { $0[$1] = "seconds" }
        .merging(
            [
                "b", "byte", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "bit", "bits", "kilobits",
                "megabits", "gigabits",
            ].map { ($0, "bytes") }, uniquingKeysWith: { first, _ in first }
        )
        .merging(
            [
                ("percent", "ratio"), ("percentage", "ratio"), ("ratios", "ratio"), ("fahrenheit", "celsius"),
                ("kelvins", "kelvin"), ("inches", "meters"), ("yards", "meters"), ("miles", "meters"),
                ("calories", "joules"), ("pounds", "grams"), ("ounces", "grams"), ("watts", "joules"),
            ], uniquingKeysWith: { first, _ in first })
}
