/// Counts of what has happened, in whole numbers: they only grow.
///
/// ```swift
/// let produced = CounterFamily(
///     "tda_kafka_messages_produced_total", help: "Messages handed to Kafka.",
///     labels: [Label("topic", ["tda_jobs", "tda_results"]), Label("status", ["success", "error"])])
/// produced.increment(at: 0 * 2 + 1)  // topic="tda_jobs", status="error"
/// ```
public final class CounterFamily: MetricFamily {
    public let description: FamilyDescription
    @usableFromInline let values: AtomicArray
    @usableFromInline let observer: (any FamilyObserver)?

    /// Creates a family of counters.
    ///
    /// - Parameters:
    ///   - name: By convention it ends in `_total`. OpenMetrics requires that of the sample, and gets it anyway.
    ///   - help: A description for people.
    ///   - unit: The base unit that the name ends in: `seconds`, `bytes`.
    ///   - labels: The labels, whose values together make the series.
    ///   - initially: The series that are shown, with 0, before they are first incremented.
    ///   - mirror: Receives each increment.
    public init(
        _ name: String, help: String, unit: String? = nil, labels: [Label] = [],
        initially: SeriesSelection = .all, mirror: (any MetricMirror)? = nil
    ) {
        description = FamilyDescription(
            name: name, help: help, unit: unit, kind: .counter, labels: labels, initially: initially)
        values = AtomicArray(repeating: 0, count: description.seriesCount)
        observer = mirror?.observer(of: description)
    }

    /// Adds to one series.
    // Inlined, it costs what a plain atomic does: see docs/decisions/0007.
    @inlinable
    public func increment(at index: Int = 0, by amount: UInt64 = 1) {
        values.add(amount, at: index)
        if let observer { observer.seriesChanged(at: index, .counted(amount)) }
    }

    public func value(at index: Int = 0) -> UInt64 {
        values.load(at: index)
    }

    public func writeSamples(ofSeriesAt index: Int, labels: ArraySlice<UInt8>, to writer: inout ExpositionWriter) {
        let value = values.load(at: index)
        guard value != 0 || description.existsInitially[index] else { return }
        writer.writeName(suffix: 0, labels: labels)
        writer.write(value)
        writer.endLine()
    }
}
