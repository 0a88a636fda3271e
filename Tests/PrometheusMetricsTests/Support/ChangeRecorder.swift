import PrometheusMetrics
import Synchronization

/// A mirror that keeps the changes of all series.
final class ChangeRecorder: MetricMirror, FamilyObserver {
    private let recorded = Mutex<[SeriesChange]>([])

    var changes: [SeriesChange] { recorded.withLock { $0 } }

    func observer(of family: FamilyDescription) -> any FamilyObserver { self }

    func seriesChanged(at index: Int, _ change: SeriesChange) {
        recorded.withLock { $0.append(change) }
    }
}
