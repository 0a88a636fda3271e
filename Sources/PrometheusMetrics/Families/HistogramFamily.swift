/// The distribution of observed values: a count for each bucket, and their sum.
///
/// The count of all observations is not stored but added up from the buckets when they are read. So within one scrape
/// `_count` always equals the `+Inf` bucket, buckets never fall from one bound to the next, and nothing of them ever
/// falls from one scrape to the next. The sum is read on its own: it may be ahead of the buckets, or behind them, by
/// those observations that are under way at that moment.
public final class HistogramFamily: MetricFamily {
    public let description: FamilyDescription
    /// For each series: a count for each bound, one for what exceeds them all, and the bits of the sum.
    private let values: AtomicArray
    private let upperBounds: [Double]
    private let observer: (any FamilyObserver)?

    /// Creates a family of histograms.
    ///
    /// - Parameters:
    ///   - name: The family's name, which its series' names begin with.
    ///   - help: A description for people.
    ///   - unit: The base unit that the name ends in: `seconds`, `bytes`.
    ///   - labels: The labels, whose values together make the series.
    ///   - upperBounds: The buckets' inclusive upper bounds, in any order. Ones that are doubled, infinite or not a
    ///     number are left out; the bucket for `+Inf` is always there.
    ///   - initially: The series that are shown, with 0, before their first observation.
    ///   - mirror: Receives each observation.
    public init(
        _ name: String, help: String, unit: String? = nil, labels: [Label] = [], upperBounds: [Double],
        initially: SeriesSelection = .all, mirror: (any MetricMirror)? = nil
    ) {
        self.upperBounds = Set(upperBounds.filter(\.isFinite)).sorted()
        description = FamilyDescription(
            name: name, help: help, unit: unit, kind: .histogram(upperBounds: self.upperBounds), labels: labels,
            initially: initially)
        values = AtomicArray(repeating: 0, count: description.seriesCount * (self.upperBounds.count + 2))
        observer = mirror?.observer(of: description)
    }

    /// Counts a value. NaN is ignored: it belongs to no bucket and would make the sum NaN permanently.
    public func observe(_ value: Double, at index: Int = 0) {
        guard !value.isNaN else { return }
        let row = index * (upperBounds.count + 2)
        values.add(1, at: row + bucket(of: value))
        values.update(at: row + upperBounds.count + 1) { (Double(bitPattern: $0) + value).bitPattern }
        if let observer { observer.seriesChanged(at: index, .observed(value)) }
    }

    /// Counts a duration, in seconds.
    public func observe(_ duration: Duration, at index: Int = 0) {
        observe(duration.seconds, at: index)
    }

    /// Counts durations, in seconds. Equal ones in a row, such as those of messages that were sent and delivered together,
    /// cost little more than one.
    public func observe(_ durations: ArraySlice<Duration>, at index: Int = 0) {
        let row = index * (upperBounds.count + 2)
        var sum = 0.0
        var start = durations.startIndex
        while start < durations.endIndex {
            let duration = durations[start]
            var end = start + 1
            while end < durations.endIndex, durations[end] == duration { end += 1 }
            let (value, count) = (duration.seconds, end - start)
            values.add(UInt64(count), at: row + bucket(of: value))
            sum += value * Double(count)
            if let observer {
                for _ in 0..<count { observer.seriesChanged(at: index, .observed(value)) }
            }
            start = end
        }
        values.update(at: row + upperBounds.count + 1) { (Double(bitPattern: $0) + sum).bitPattern }
    }

    /// Returns the position of the first bound that a value is not above.
    private func bucket(of value: Double) -> Int {
        var bucket = 0
        while bucket < upperBounds.count, value > upperBounds[bucket] { bucket += 1 }
        return bucket
    }

    public func snapshot(at index: Int = 0) -> HistogramSnapshot {
        let row = index * (upperBounds.count + 2)
        var count: UInt64 = 0
        let cumulative = (0...upperBounds.count).map { bucket in
            count &+= values.load(at: row + bucket)
            return count
        }
        return HistogramSnapshot(
            cumulativeCounts: cumulative,
            sum: Double(bitPattern: values.load(at: row + upperBounds.count + 1)))
    }

    public func writeSamples(ofSeriesAt index: Int, labels: ArraySlice<UInt8>, to writer: inout ExpositionWriter) {
        let snapshot = snapshot(at: index)
        guard snapshot.count != 0 || description.existsInitially[index] else { return }
        for (bucket, count) in snapshot.cumulativeCounts.enumerated() {
            writer.writeName(suffix: 0, labels: labels, upperBound: bucket)
            writer.write(count)
            writer.endLine()
        }
        guard writer.includesSum else { return }
        writer.writeName(suffix: 1, labels: labels)
        writer.write(snapshot.sum)
        writer.endLine()
        writer.writeName(suffix: 2, labels: labels)
        writer.write(snapshot.count)
        writer.endLine()
    }
}

/// The values of one series of a histogram at one time.
public struct HistogramSnapshot: Sendable, Equatable {
    /// For each upper bound, and last for `+Inf`, how many values were not above it.
    public let cumulativeCounts: [UInt64]
    /// The sum of the observed values.
    public let sum: Double
    /// The number of observed values.
    public var count: UInt64 { cumulativeCounts.last ?? 0 }

    public init(cumulativeCounts: [UInt64], sum: Double) {
        self.cumulativeCounts = cumulativeCounts
        self.sum = sum
    }
}

extension Duration {
    fileprivate var seconds: Double {
        // The difference of two instants mostly fits into 64 bits, which cost less than 128.
        guard let small = Int64(exactly: attoseconds) else { return self / .seconds(1) }
        return Double(small) / 1e18
    }
}
