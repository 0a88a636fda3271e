/// Values that rise and fall: a queue's depth, a connection's state, the time of the last success.
public final class GaugeFamily: MetricFamily {
    public let description: FamilyDescription
    private let values: AtomicArray
    private let observer: (any FamilyObserver)?

    /// A NaN that no calculation returns marks a series that does not exist yet, so that setting a value needs no
    /// second store to say that it now does.
    private static let absent: UInt64 = 0x7FF8_5345_5249_4553

    /// Creates a family of gauges.
    ///
    /// - Parameters:
    ///   - name: The family's name.
    ///   - help: A description for people.
    ///   - unit: The base unit that the name ends in: `seconds`, `bytes`.
    ///   - labels: The labels, whose values together make the series.
    ///   - initially: The series that are shown, with 0, before they are first set.
    ///   - mirror: Receives each change.
    public init(
        _ name: String, help: String, unit: String? = nil, labels: [Label] = [],
        initially: SeriesSelection = .all, mirror: (any MetricMirror)? = nil
    ) {
        description = FamilyDescription(
            name: name, help: help, unit: unit, kind: .gauge, labels: labels, initially: initially)
        values = AtomicArray(repeating: Self.absent, count: description.seriesCount)
        for index in description.initialIndices { values.store(0, at: index) }
        observer = mirror?.observer(of: description)
    }

    public func set(_ value: Double, at index: Int = 0) {
        values.store(value.bitPattern, at: index)
        if let observer { observer.seriesChanged(at: index, .set(value)) }
    }

    public func increment(at index: Int = 0, by amount: Double = 1) {
        values.update(at: index) { ((($0 == Self.absent) ? 0 : Double(bitPattern: $0)) + amount).bitPattern }
        if let observer { observer.seriesChanged(at: index, .added(amount)) }
    }

    public func decrement(at index: Int = 0, by amount: Double = 1) {
        increment(at: index, by: -amount)
    }

    /// Returns the value; 0 for a series that does not exist yet.
    public func value(at index: Int = 0) -> Double {
        let bits = values.load(at: index)
        return bits == Self.absent ? 0 : Double(bitPattern: bits)
    }

    public func writeSamples(ofSeriesAt index: Int, labels: ArraySlice<UInt8>, to writer: inout ExpositionWriter) {
        let bits = values.load(at: index)
        guard bits != Self.absent else { return }
        writer.writeName(suffix: 0, labels: labels)
        writer.write(Double(bitPattern: bits))
        writer.endLine()
    }
}
