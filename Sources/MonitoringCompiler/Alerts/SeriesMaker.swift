import ContractModel

/// Makes series, in promtool's notation, for which a condition holds, or does not.
struct SeriesMaker {
    private let target: MetricTarget
    /// Between two samples, in milliseconds.
    private let interval: Int
    /// From the first sample to the look at the outcome.
    private let length: Int

    init(_ target: MetricTarget, holdsFor: Int, interval: Int? = nil) {
        self.target = target
        // A range needs several samples; a `for` that is shorter than an evaluation would not be seen.
        let window = target.family.kind == .gauge ? 60_000 : target.windowLength
        self.interval = interval ?? max(1000, min(60_000, window / 4, max(holdsFor / 2, 1000) * 2))
        length = (target.family.kind == .gauge ? 0 : target.windowLength) + holdsFor + 4 * self.interval
    }

    private var count: Int { length / interval + 1 }

    func test(fires: Bool, _ series: [AlertTest.Series]) -> AlertTest {
        AlertTest(fires: fires, interval: interval, time: length / interval * interval, series: series)
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

    /// A histogram with 10 observations a second: just above a value, or in the first bucket.
    func buckets(observedAbove value: Double?) -> [AlertTest.Series] {
        (target.family.buckets.map { Double?.some($0) } + [nil]).map { bound in
            let isCounted = bound.map { bound in value.map { bound > $0 } ?? true } ?? true
            let text = bound.map(PromQLText.number) ?? "+Inf"
            return growing(by: isCounted ? 10 : 0, named: target.family.name + "_bucket", [("le", text)])
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

    /// The labels that make a series one that is not selected; `nil` where every series is.
    private var otherLabels: [(String, String)]? {
        for (name, value) in target.matching {
            guard let label = target.family.labels.first(where: { $0.name == name }) else { continue }
            guard let type = target.metrics.labelType(label) else { return [(name, value + "-not")] }
            if let other = type.values.first(where: { $0.text != value }) { return [(name, other.text)] }
        }
        return nil
    }
}
