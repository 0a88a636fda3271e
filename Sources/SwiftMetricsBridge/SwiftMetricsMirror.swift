public import CoreMetrics
public import PrometheusMetrics

/// A mirror that passes every change to swift-metrics' backend, for services that already have one: the same families,
/// names, labels and values there as in a scrape.
///
/// ```swift
/// let mirror = SwiftMetricsMirror(factory: MetricsSystem.factory)
/// let produced = CounterFamily("tda_kafka_messages_produced_total", help: "…", mirror: mirror)
/// ```
///
/// | here | in swift-metrics |
/// | --- | --- |
/// | `CounterFamily` | `Counter` |
/// | `SecondsCounterFamily` | `FloatingPointCounter`, in seconds |
/// | `GaugeFamily` | `Meter` |
/// | `HistogramFamily` | `Recorder` that aggregates; the buckets are the backend's |
///
/// Series that exist from the start are made there at once, others when they are first touched. Bootstrap
/// `MetricsSystem` before its factory is taken.
public struct SwiftMetricsMirror: MetricMirror {
    private let factory: any MetricsFactory

    public init(factory: any MetricsFactory) {
        self.factory = factory
    }

    public func observer(of family: FamilyDescription) -> any FamilyObserver {
        let name = family.name
        let factory = factory
        switch family.kind {
        case .counter:
            return MirroredFamily(family) {
                Counter(label: name, dimensions: $0, factory: factory)
            } record: { counter, change in
                if case .counted(let amount) = change { counter.increment(by: Int64(clamping: amount)) }
            }
        case .secondsCounter:
            return MirroredFamily(family) {
                FloatingPointCounter(label: name, dimensions: $0, factory: factory)
            } record: { counter, change in
                if case .added(let seconds) = change { counter.increment(by: seconds) }
            }
        case .gauge:
            return MirroredFamily(family) {
                Meter(label: name, dimensions: $0, factory: factory)
            } record: { meter, change in
                switch change {
                case .set(let value): meter.set(value)
                case .added(let amount):
                    // A meter does not take amounts below zero.
                    if amount < 0 { meter.decrement(by: -amount) } else { meter.increment(by: amount) }
                case .counted, .observed: break
                }
            }
        case .histogram:
            return MirroredFamily(family) {
                Recorder(label: name, dimensions: $0, aggregate: true, factory: factory)
            } record: { recorder, change in
                if case .observed(let value) = change { recorder.record(value) }
            }
        }
    }
}
