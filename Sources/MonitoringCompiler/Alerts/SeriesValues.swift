import MetricsCompiler

/// The values of a series in promtool's notation: `0+60x10 _x3 stale 5`.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series>.
struct SeriesValues {
    /// An item that promtool would refuse, with its place in UTF-8 bytes.
    struct Failure: Error {
        var offset: Int
        var message: String
    }

    enum Sample {
        case value
        /// Left out: what was before goes on.
        case none
        /// A mark that the series has ended.
        case stale
    }

    private(set) var samples: [Sample] = []

    /// More than two months of minutes are no test, but a way to stop one.
    private static let mostSamples = 100_000

    init(_ text: String) throws(Failure) {
        // A block scalar's last line break is let pass, and no other.
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        for item in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            let offset = text.utf8.distance(from: text.startIndex, to: item.startIndex)
            var scanner = SeriesValueScanner(item)
            guard let added = scanner.scan() else {
                throw Failure(offset: offset, message: "'\(item)' is no value in promtool's notation")
            }
            guard added.count <= Self.mostSamples - samples.count else {
                throw Failure(offset: offset, message: "a series of more than \(Self.mostSamples) values")
            }
            samples += repeatElement(added.sample, count: added.count)
        }
    }
}

/// Reads one item between blanks: `5`, `0x10` (11 values), `0+60x10`, `_`, `_x3` (3 samples left out), `stale`.
private struct SeriesValueScanner {
    private var rest: Substring

    init(_ item: Substring) {
        rest = item
    }

    mutating func scan() -> (sample: SeriesValues.Sample, count: Int)? {
        if rest == "stale" { return (.stale, 1) }
        if take(/_/) != nil { return rest.isEmpty ? (.none, 1) : times.map { (.none, $0) } }
        _ = take(/[+-]/)
        let isWord = take(/(?i:inf|nan)/) != nil
        guard isWord || takeNumber() else { return nil }
        if rest.isEmpty { return (.value, 1) }
        let hasStep = take(/[+-]/) != nil
        // What follows a word at once is taken for a part of it.
        guard hasStep ? takeNumber() : !isWord, let times, times < .max else { return nil }
        return (.value, times + 1)
    }

    /// A factor, `x10`, which is all that is left.
    private var times: Int? {
        guard rest.first == "x", rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(rest.dropFirst())
    }

    private mutating func takeNumber() -> Bool {
        guard let number = take(/(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/) else { return false }
        return Double(number)?.isFinite == true
    }

    private mutating func take(_ pattern: Regex<Substring>) -> Substring? {
        guard let match = rest.prefixMatch(of: pattern) else { return nil }
        rest = rest[match.range.upperBound...]
        return match.output
    }
}
