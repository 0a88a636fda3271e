import MetricsCompiler

/// The values of a series in promtool's notation: `0+60x10 _x3 stale 5`.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series>.
struct SeriesValues {
    /// An invalid item, with its place in UTF-8 bytes.
    struct Failure: Error {
        var offset: Int
        var message: String
    }

    enum Sample {
        case value
        /// Omitted.
        case none
        /// A staleness marker.
        case stale
    }

    private(set) var samples: [Sample] = []

    /// The maximum number of samples: two months of minutes.
    private static let maximumSamples = 100_000

    init(_ text: String) throws(Failure) {
        // The last line break of a block scalar is allowed.
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        for item in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            let offset = text.utf8.distance(from: text.startIndex, to: item.startIndex)
            var scanner = SeriesValueScanner(item)
            guard let added = scanner.scan() else {
                throw Failure(offset: offset, message: "invalid value '\(item)' in promtool's notation")
            }
            guard added.count <= Self.maximumSamples - samples.count else {
                throw Failure(offset: offset, message: "a series has more than \(Self.maximumSamples) values")
            }
            samples += repeatElement(added.sample, count: added.count)
        }
    }
}

/// Parses one item between blanks: `5`, `0x10` (11 values), `0+60x10`, `_`, `_x3` (3 omitted samples), `stale`.
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
        // Characters after a word are a part of it.
        guard hasStep ? takeNumber() : !isWord, let times, times < .max else { return nil }
        return (.value, times + 1)
    }

    /// The factor of the rest, `x10`.
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
