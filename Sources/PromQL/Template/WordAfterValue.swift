/// The word after a value in a text, as far as it may be a unit: in the format of `printf`, or after the action.
struct WordAfterValue {
    let text: String

    init?(_ use: TemplateAnalysis.ValueUse, in template: String) {
        if let word = use.format.flatMap(Self.word(inFormat:)) {
            text = word
            return
        }
        let rest = Substring(template.utf8.dropFirst(use.range.upperBound))
        guard let action = rest.firstRange(of: "}}"), let word = Self.firstWord(rest[action.upperBound...]) else {
            return nil
        }
        text = word
    }

    /// Returns the word after the only verb of a format.
    private static func word(inFormat format: String) -> String? {
        let parts = format.replacing("%%", with: "\u{0}").split(separator: "%", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let rest = parts[1].drop { "+-# 0123456789.".contains($0) }.dropFirst()
        return firstWord(Substring(rest.replacing("\u{0}", with: "%")))
    }

    private static func firstWord(_ text: Substring) -> String? {
        let text = text.drop { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" }
        if text.first == "%" { return "%" }
        let word = text.prefix { $0.isLetter || $0 == "µ" }
        return word.isEmpty ? nil : String(word)
    }

    /// The unit as messages name it.
    var described: String { text == "%" ? "a percent sign" : "'\(text)'" }

    private static let secondsWords: Set<String> = ["s", "sec", "secs", "second", "seconds"]
    private static let otherTimes: Set<String> = [
        "ms", "msec", "msecs", "millis", "millisecond", "milliseconds", "µs", "us", "microseconds", "ns",
        "min", "mins", "minute", "minutes", "h", "hour", "hours", "d", "day", "days",
    ]
    private static let bytesWords: Set<String> = ["B", "byte", "bytes", "Bytes"]
    private static let otherSizes: Set<String> = ["kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"]
    private static let percents: Set<String> = ["%", "percent", "pct"]

    private var isTime: Bool { Self.secondsWords.contains(text) || Self.otherTimes.contains(text) }
    private var isSize: Bool { Self.bytesWords.contains(text) || Self.otherSizes.contains(text) }

    /// Returns whether a function writes the unit that follows.
    func repeats(_ function: String) -> Bool {
        switch function {
        case "humanizePercentage": Self.percents.contains(text)
        case "humanizeDuration": isTime
        case "humanizeTimestamp": text == "UTC" || isTime
        case "humanize1024": Self.otherSizes.contains(text)
        default: false
        }
    }

    /// Returns whether the word is another unit than a value has.
    ///
    /// - Parameter isPlain: Whether the value is written without a prefix such as `k`.
    func contradicts(_ unit: ValueUnit, isPlain: Bool) -> Bool {
        switch unit {
        case .seconds: Self.percents.contains(text) || Self.otherTimes.contains(text) || isSize
        case .bytes: Self.percents.contains(text) || isTime || Self.otherSizes.contains(text)
        case .ratio: Self.percents.contains(text) || isTime || isSize
        case .percent: isTime || isSize
        case .moment: Self.percents.contains(text) || isTime || isSize
        // Samples of each minute may be counted as minutes.
        case .count: Self.percents.contains(text) || isSize
        case .frequency: Self.percents.contains(text) || isSize || Self.otherTimes.contains(text)
        case .measure: Self.percents.contains(text) || isTime || isSize
        }
    }
}
