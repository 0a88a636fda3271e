/// The samples of a series in promtool's notation, as the alert's tests have them: `0+60x10 _x3 stale 5`.
struct SeriesSamples {
    /// `nil` is a missing sample.
    private(set) var values: [Double?] = []

    /// The most samples that a chart draws.
    static let mostSamples = 2_000

    init(_ text: String) {
        for item in text.split(whereSeparator: \.isWhitespace) where values.count < Self.mostSamples {
            add(item)
        }
    }

    private mutating func add(_ item: Substring) {
        let pattern =
            /(?:(?<missing>_)|(?<start>[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)(?<step>[+-][0-9.]+(?:[eE][+-]?[0-9]+)?)?)(?:x(?<count>[0-9]+))?/
        guard let match = item.wholeMatch(of: pattern) else {
            values.append(nil)
            return
        }
        let times = match.output.count.flatMap { Int($0) }
        let room = Self.mostSamples - values.count
        if match.output.missing != nil {
            values += [Double?](repeating: nil, count: min(times ?? 1, room))
            return
        }
        let start = match.output.start.flatMap { Double($0) } ?? 0
        let step = match.output.step.flatMap { Double($0) } ?? 0
        let count = min((times ?? 0) + 1, room)
        for index in 0..<max(0, count) { values.append(start + step * Double(index)) }
    }
}
