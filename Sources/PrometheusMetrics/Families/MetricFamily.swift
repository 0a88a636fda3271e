/// All series of one metric: one name, one meaning, and a value for each combination of its labels' values.
///
/// The families are ``CounterFamily``, ``SecondsCounterFamily``, ``GaugeFamily`` and ``HistogramFamily``. Each is a flat
/// array of atomics: changing a value takes no lock, looks nothing up and allocates nothing.
///
/// A series is named by its index. With labels of *n₀*, *n₁*, *n₂* values, the series of the values numbered *i₀*, *i₁*,
/// *i₂* has the index *(i₀ · n₁ + i₁) · n₂ + i₂* (row-major order). The only series of a family without labels has the
/// index 0, the default everywhere. An index outside of the family is a mistake in the program and stops it, as one
/// outside of an array does.
public protocol MetricFamily: Sendable {
    /// The description of the family without its values.
    var description: FamilyDescription { get }

    /// Writes the samples of one series, if it exists. Only ``Exposition`` calls this.
    func writeSamples(ofSeriesAt index: Int, labels: ArraySlice<UInt8>, to writer: inout ExpositionWriter)
}
