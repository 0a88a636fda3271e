/// The values of a series in promtool's notation: `0+60x10 _x3 stale 5`.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series>.
package struct SeriesValues: Sendable {
    /// An invalid item, with its place in UTF-8 bytes.
    package struct Failure: Error {
        package var offset: Int
        package var message: String
    }

    package enum Sample: Hashable, Sendable {
        case value(Double)
        /// Omitted.
        case none
        /// A staleness marker.
        case stale

        package var isValue: Bool { if case .value = self { true } else { false } }
    }

    package private(set) var samples: [Sample] = []

    /// The maximum number of samples: two months of minutes.
    private static let maximumSamples = 100_000

    package init(_ text: String) throws(Failure) {
        // The last line break of a block scalar is allowed.
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        for item in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            let offset = text.utf8.distance(from: text.startIndex, to: item.startIndex)
            var scanner = SeriesValueScanner(item)
            guard let run = scanner.scan() else {
                throw Failure(offset: offset, message: "invalid value '\(item)' in promtool's notation")
            }
            guard run.count <= Self.maximumSamples - samples.count else {
                throw Failure(offset: offset, message: "a series has more than \(Self.maximumSamples) values")
            }
            run.append(to: &samples)
        }
    }
}

/// Equal samples, or values with a constant step.
private struct SeriesValueRun {
    var sample: SeriesValues.Sample
    var step = 0.0
    var count: Int

    /// Adds the steps one at a time, as promtool does: `0.1+0.1x3` does not end in 0.4.
    func append(to samples: inout [SeriesValues.Sample]) {
        guard case .value(var value) = sample else {
            samples += repeatElement(sample, count: count)
            return
        }
        for _ in 0..<count {
            samples.append(.value(value))
            value += step
        }
    }
}

/// A scanner of one item between spaces: `5`, `0x10` (11 values), `0+60x10`, `_`, `_x3` (3 omitted samples), `stale`.
private struct SeriesValueScanner {
    private var rest: Substring

    init(_ item: Substring) {
        rest = item
    }

    mutating func scan() -> SeriesValueRun? {
        if rest == "stale" { return SeriesValueRun(sample: .stale, count: 1) }
        if take(/_/) != nil {
            return (rest.isEmpty ? 1 : times).map { SeriesValueRun(sample: .none, count: $0) }
        }
        let isNegative = take(/[+-]/) == "-"
        let word = take(/(?i:inf|nan)/)
        guard let magnitude = word.flatMap({ Double($0.lowercased()) }) ?? takeNumber() else { return nil }
        let value = isNegative ? -magnitude : magnitude
        if rest.isEmpty { return SeriesValueRun(sample: .value(value), count: 1) }
        // Characters after a word are a part of it.
        guard let step = takeStep(required: word != nil), let times, times < .max else { return nil }
        return SeriesValueRun(sample: .value(value), step: step, count: times + 1)
    }

    /// Parses a step such as `+60`; without one, it is 0.
    private mutating func takeStep(required: Bool) -> Double? {
        guard let sign = take(/[+-]/) else { return required ? nil : 0 }
        return takeNumber().map { sign == "-" ? -$0 : $0 }
    }

    /// The factor of the rest, `x10`.
    private var times: Int? {
        guard rest.first == "x", rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(rest.dropFirst())
    }

    private mutating func takeNumber() -> Double? {
        guard let text = take(/(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/), let number = Double(text),
            number.isFinite
        else { return nil }
        return number
    }

    private mutating func take(_ pattern: Regex<Substring>) -> Substring? {
        guard let match = rest.prefixMatch(of: pattern) else { return nil }
        rest = rest[match.range.upperBound...]
        return match.output
    }
}
