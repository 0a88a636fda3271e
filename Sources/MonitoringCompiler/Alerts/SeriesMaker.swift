import ContractModel

/// Makes series, in promtool's notation, for which a condition holds, or does not.
struct SeriesMaker {
    private let target: MetricTarget
    private let holdsFor: Int
    /// Between two samples, in milliseconds.
    private let interval: Int
    /// From the first sample to the look at the outcome.
    private let length: Int

    /// - Parameter windows: How many of the target's windows the condition looks back over.
    init(_ target: MetricTarget, holdsFor: Int, windows: Int = 1) {
        self.target = target
        self.holdsFor = holdsFor
        let window = target.family.kind == .gauge ? 0 : target.windowLength
        // A range needs several samples.
        interval = window > 0 ? max(1000, min(AlertTest.evaluationInterval, window / 4)) : AlertTest.evaluationInterval
        // Until the range is full and the condition has held, and some evaluations more.
        length = AlertTest.evaluation(from: windows * window + holdsFor) + 4 * AlertTest.evaluationInterval
    }

    private var count: Int { length / interval + 1 }

    /// - Parameter start: When the condition first holds; without it, as soon as there are two samples of a counter or a
    ///   histogram, and one of a gauge.
    func test(fires: Bool, from start: Int? = nil, _ series: [AlertTest.Series]) -> AlertTest {
        let start = start ?? (target.family.kind == .gauge ? 0 : AlertTest.evaluationInterval)
        return AlertTest(
            fires: fires, interval: interval, time: length,
            pendingUntil: fires ? AlertTest.lastEvaluation(before: start + holdsFor) : nil, series: series)
    }

    /// A look, just before a time, at series with which the condition holds from then on.
    func test(before time: Int, _ series: [AlertTest.Series]) -> AlertTest? {
        AlertTest.lastEvaluation(before: time).map {
            AlertTest(fires: false, interval: interval, time: $0, series: series)
        }
    }

    // MARK: Series

    /// A counter that grows by so much a second.
    func growing(by rate: Double, named name: String? = nil, _ extra: [(String, String)] = []) -> AlertTest.Series {
        let step = rate * Double(interval) / 1000
        return series(name ?? target.family.name, extra, "0+\(PromQLText.number(step))x\(count)")
    }

    func constant(_ value: Double, named name: String? = nil) -> AlertTest.Series {
        series(name ?? target.family.name, [], "\(PromQLText.number(value))x\(count)")
    }

    /// Bad events, which are those selected, and good ones beside them: 100 a second in all.
    func events(badShare: Double) -> [AlertTest.Series] {
        let good = otherLabels.map { growing(by: 100 * (1 - badShare), $0) }
        return [growing(by: 100 * badShare)] + (good.map { [$0] } ?? [])
    }

    /// A histogram with 10 observations a second in the first bucket of which all lies above a value.
    func buckets(observedAbove value: Double) -> [AlertTest.Series] {
        let around = target.family.buckets.first { $0 >= value } ?? value
        return buckets { $0 > around }
    }

    /// A histogram with observations in its first bucket; with none where even those could lie above the value.
    func buckets(observedUpTo value: Double) -> [AlertTest.Series] {
        let isBelow = (target.family.buckets.first ?? 0) <= value
        return buckets { _ in isBelow }
    }

    private func buckets(counted isCounted: (Double) -> Bool) -> [AlertTest.Series] {
        (target.family.buckets + [.infinity]).map { bound in
            let text = bound.isFinite ? PromQLText.number(bound) : "+Inf"
            return growing(by: isCounted(bound) ? 10 : 0, named: target.family.name + "_bucket", [("le", text)])
        }
    }

    private func series(_ name: String, _ extra: [(String, String)], _ values: String) -> AlertTest.Series {
        var labels = labels
        for (name, value) in extra {
            if let index = labels.firstIndex(where: { $0.0 == name }) {
                labels[index].1 = value
            } else {
                labels.append((name, value))
            }
        }
        return AlertTest.Series(name: PromQLText.selector(name, labels), values: values)
    }

    // MARK: Labels

    /// A value for each label: the one that is selected, else the first that there is.
    private var labels: [(String, String)] {
        target.family.labels.map { label in
            if let match = target.matching.first(where: { $0.0 == label.name }) { return match }
            return (label.name, target.metrics.labelType(label)?.values.first?.text ?? "a")
        }
    }

    /// The labels that make a series one that is not selected, among those that `by` keeps together with it; `nil` where
    /// every series is.
    private var otherLabels: [(String, String)]? {
        for (name, value) in target.matching where !target.grouping.contains(name) {
            guard let label = target.family.labels.first(where: { $0.name == name }) else { continue }
            guard let type = target.metrics.labelType(label) else { return [(name, value + "-not")] }
            if let other = type.values.first(where: { $0.text != value }) { return [(name, other.text)] }
        }
        return nil
    }
}
