/// Sums of durations, shown in seconds: time spent, say. Kept in whole nanoseconds, so that adding stays exact and takes
/// one atomic operation.
public final class SecondsCounterFamily: MetricFamily {
    public let description: FamilyDescription
    private let nanoseconds: AtomicArray
    private let observer: (any FamilyObserver)?

    /// Creates a family of counters of seconds.
    ///
    /// - Parameters:
    ///   - name: By convention it ends in `_seconds_total`.
    ///   - help: A description for people.
    ///   - unit: The base unit that the name ends in: `seconds`, `bytes`.
    ///   - labels: The labels, whose values together make the series.
    ///   - initially: The series that are shown, with 0, before they are first added to.
    ///   - mirror: Receives each addition, in seconds.
    public init(
        _ name: String, help: String, unit: String? = nil, labels: [Label] = [],
        initially: SeriesSelection = .all, mirror: (any MetricMirror)? = nil
    ) {
        description = FamilyDescription(
            name: name, help: help, unit: unit, kind: .secondsCounter, labels: labels, initially: initially)
        nanoseconds = AtomicArray(repeating: 0, count: description.seriesCount)
        observer = mirror?.observer(of: description)
    }

    /// Adds a duration to one series, cut to whole nanoseconds. A counter never falls: a duration below zero adds
    /// nothing. Nor does one of more than 292 years.
    public func add(_ duration: Duration, at index: Int = 0) {
        // The components of a duration would trap where it has more seconds than 64 bits hold.
        let amount = Int64(exactly: duration.attoseconds / 1_000_000_000).map { UInt64(max(0, $0)) } ?? 0
        nanoseconds.add(amount, at: index)
        if let observer { observer.seriesChanged(at: index, .added(Double(amount) / 1e9)) }
    }

    /// Returns the sum, in whole nanoseconds.
    public func value(at index: Int = 0) -> Duration {
        let (seconds, rest) = nanoseconds.load(at: index).quotientAndRemainder(dividingBy: 1_000_000_000)
        return .seconds(seconds) + .nanoseconds(rest)
    }

    public func writeSamples(ofSeriesAt index: Int, labels: ArraySlice<UInt8>, to writer: inout ExpositionWriter) {
        let value = nanoseconds.load(at: index)
        guard value != 0 || description.existsInitially[index] else { return }
        writer.writeName(suffix: 0, labels: labels)
        writer.write(billionths: value)
        writer.endLine()
    }
}
