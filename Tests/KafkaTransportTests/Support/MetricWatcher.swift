import PrometheusMetrics
import Synchronization

/// A mirror that lets a test wait for a change of a series.
final class MetricWatcher: MetricMirror {
    struct Event: Sendable {
        var name: String
        var change: SeriesChange
    }

    private final class Observer: FamilyObserver {
        let name: String
        let continuation: AsyncStream<Event>.Continuation

        init(_ name: String, _ continuation: AsyncStream<Event>.Continuation) {
            self.name = name
            self.continuation = continuation
        }

        func seriesChanged(at index: Int, _ change: SeriesChange) {
            continuation.yield(Event(name: name, change: change))
        }
    }

    private let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream()
    }

    func observer(of family: FamilyDescription) -> any FamilyObserver { Observer(family.name, continuation) }

    /// Waits for changes in any order, all after those that were waited for before.
    func wait(for expected: (@Sendable (Event) -> Bool)...) async {
        var missing = expected
        for await event in events {
            missing.removeAll { $0(event) }
            if missing.isEmpty { return }
        }
    }
}
