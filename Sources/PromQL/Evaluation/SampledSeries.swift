import ContractModel

/// A series with its samples, as Prometheus stores it.
package struct SampledSeries: Sendable {
    /// A sample; times are in milliseconds.
    struct Point {
        var time: Int
        var value: Double
        /// A staleness marker, which has no value.
        var isStale = false
    }

    /// The labels, with the name of the metric under `__name__`. None is empty.
    let labels: [String: String]
    /// Sorted by time.
    let points: [Point]

    /// Creates a series of samples.
    ///
    /// - Parameter interval: The time between two values.
    package init(name: String, labels: [String: String], values: SeriesValues, interval: Duration) {
        self.labels = labels.merging([LabelSet.metricName: name]) { $1 }.filter { !$0.value.isEmpty }
        let step = Int(interval.milliseconds)
        points = values.samples.enumerated().compactMap { index, sample in
            switch sample {
            case .value(let value): Point(time: index * step, value: value)
            case .stale: Point(time: index * step, value: .nan, isStale: true)
            case .none: nil
            }
        }
    }

    init(labels: [String: String], points: [Point]) {
        (self.labels, self.points) = (labels, points)
    }

    /// Returns the index of the first point after a time.
    func index(after time: Int) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].time > time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
