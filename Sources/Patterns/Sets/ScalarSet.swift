/// A set of Unicode scalars as ascending ranges with gaps between them.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>]

    static let empty = ScalarSet(ranges: [])
    /// All scalars: no surrogates, which no text contains.
    static let all = ScalarSet(ranges: [0...0xD7FF, 0xE000...0x10FFFF])

    private init(ranges: [ClosedRange<UInt32>]) {
        self.ranges = ranges
    }

    /// Creates the set of the scalars of ranges in any order.
    init(_ ranges: some Sequence<ClosedRange<UInt32>>) {
        self.ranges = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Surrogates that a pattern names are in no text.
            let parts: [ClosedRange<UInt32>] =
                range.overlaps(0xD800...0xDFFF)
                ? [(range.lowerBound, 0xD7FF), (0xE000, range.upperBound)].compactMap { $0 <= $1 ? $0...$1 : nil }
                : [range]
            for part in parts { append(part) }
        }
    }

    /// Appends a range that does not begin before the last one.
    private mutating func append(_ range: ClosedRange<UInt32>) {
        if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
            ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
        } else {
            ranges.append(range)
        }
    }

    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ scalar: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(scalar)
    }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    /// The scalars that the set does not contain.
    var complement: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return ScalarSet(gaps)
    }

    func intersection(_ other: ScalarSet) -> ScalarSet {
        complement.union(other.complement).complement
    }

    /// The set's only scalar; `nil` where it has none, or several.
    var single: Unicode.Scalar? {
        guard ranges.count == 1, ranges[0].count == 1 else { return nil }
        return Unicode.Scalar(ranges[0].lowerBound)
    }

    var isASCII: Bool { (ranges.last?.upperBound ?? 0) < 0x80 }

    /// A bit for each ASCII character: 0 to 63, and 64 to 127.
    var asciiBits: (low: UInt64, high: UInt64) {
        var bits: (low: UInt64, high: UInt64) = (0, 0)
        for range in ranges {
            for value in range where value < 0x80 {
                if value < 64 { bits.low |= 1 << UInt64(value) } else { bits.high |= 1 << UInt64(value - 64) }
            }
        }
        return bits
    }
}

extension ScalarSet {
    // ECMA-262, section 22.2.2.9.
    static let digits = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// WhiteSpace and LineTerminator.
    static let space = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let lineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
}
