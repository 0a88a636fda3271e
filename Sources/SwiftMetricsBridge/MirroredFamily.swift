import PrometheusMetrics
import Locks

/// One family's counterparts in swift-metrics, by the index of their series.
final class MirroredFamily<Metric: Sendable>: FamilyObserver {
    private let family: FamilyDescription
    private let make: @Sendable ([(String, String)]) -> Metric
    private let record: @Sendable (Metric, SeriesChange) -> Void
    private let metrics: Lock<[Int: Metric]>

    init(
        _ family: FamilyDescription, make: @escaping @Sendable ([(String, String)]) -> Metric,
        record: @escaping @Sendable (Metric, SeriesChange) -> Void
    ) {
        self.family = family
        self.make = make
        self.record = record
        var metrics: [Int: Metric] = [:]
        for index in family.initialIndices {
            if let dimensions = family.dimensions(at: index) { metrics[index] = make(dimensions) }
        }
        self.metrics = Lock(metrics)
    }

    func seriesChanged(at index: Int, _ change: SeriesChange) {
        guard let metric = metric(at: index) else { return }
        record(metric, change)
    }

    private func metric(at index: Int) -> Metric? {
        metrics.withLock { metrics in
            if let metric = metrics[index] { return metric }
            guard let dimensions = family.dimensions(at: index) else { return nil }
            let metric = make(dimensions)
            metrics[index] = metric
            return metric
        }
    }
}

extension FamilyDescription {
    /// Returns the labels of a series as swift-metrics takes them; `nil` where one has no value yet.
    fileprivate func dimensions(at index: Int) -> [(String, String)]? {
        let dimensions = zip(labels, labelValues(at: index)).compactMap { label, value in
            value.map { (label.name, $0) }
        }
        return dimensions.count == labels.count ? dimensions : nil
    }
}
