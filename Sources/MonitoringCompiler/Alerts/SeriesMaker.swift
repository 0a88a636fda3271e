import ContractModel
import MetricsCompiler
import PrometheusMetrics

/// Makes series, in promtool's notation, for which a condition holds, or does not.
struct SeriesMaker {
    /// So much a second, for so many milliseconds.
    struct Phase {
        var rate: Double
        var length: Int
    }

    /// Events, so many a second, of which a share is bad, for so many milliseconds.
    struct Traffic {
        var rate = 100.0
        var badShare: Double
        var length: Int
    }

    let target: MetricTarget
    /// Between two samples, in milliseconds.
    let interval: Int

    init(_ target: MetricTarget, interval: Int) {
        self.target = target
        self.interval = interval
    }

    // MARK: Counters

    /// The selected events. Where a label is neither selected by nor kept apart they have two of its values, for both
    /// count together.
    func selected(_ phases: [Phase]) -> [AlertTest.Series] {
        let split = freeLabel
        return (split ?? [[]]).map { extra in
            counter(
                target.family.name, extra,
                phases.map { Phase(rate: $0.rate / (split == nil ? 1 : 2), length: $0.length) })
        }
    }

    /// Events that are not selected: one series for each label that is selected by.
    func others(_ phases: [Phase]) -> [AlertTest.Series] {
        otherValues(of: target.matching + target.scope).map { counter(target.family.name, [$0], phases) }
    }

    /// Bad events, which are those selected, and good ones beside them, which lack one of the selected labels. Where
    /// another label value is kept apart, or lies outside of what `within` names, all are bad.
    func events(_ traffic: [Traffic]) -> [AlertTest.Series] {
        let kept = target.matching.filter { target.grouping.contains($0.0) }
        let good = otherValues(of: target.matching.filter { !target.grouping.contains($0.0) })
        let goodPhases = traffic.map {
            Phase(rate: $0.rate * (1 - $0.badShare) / Double(max(1, good.count)), length: $0.length)
        }
        return selected(traffic.map { Phase(rate: $0.rate * $0.badShare, length: $0.length) })
            + good.map { counter(target.family.name, [$0], goodPhases) }
            + otherValues(of: kept + target.scope).map { counter(target.family.name, [$0], all(traffic)) }
    }

    /// The selected counters standing at 5 from a time on, where they have not been before.
    func standing(from start: Int = 0, to end: Int, except gap: Range<Int>? = nil) -> AlertTest.Series {
        let gap = gap ?? end + interval..<end + interval
        let first = (gap.lowerBound - start) / interval
        let second = (end - gap.upperBound) / interval + 1
        var texts: [String] = []
        if start > 0 { texts.append("_x\(start / interval)") }
        if first > 0 { texts.append("5x\(first - 1)") }
        if !gap.isEmpty { texts.append("_x\(gap.count / interval)") }
        if second > 0 { texts.append("5x\(second - 1)") }
        return series(target.family.name, [], texts.joined(separator: " "))
    }

    /// Where the label that tells two of the selected series apart has both values, one of them grows and one stands.
    func growingBesideStanding(_ rate: Double, length: Int) -> [AlertTest.Series] {
        (freeLabel ?? [[]]).enumerated().map { index, extra in
            counter(target.family.name, extra, [Phase(rate: index == 0 ? rate : 0, length: length)])
        }
    }

    /// Counters of the labels that are kept apart and selected by, with other values, that stand still.
    func standingApart(length: Int) -> [AlertTest.Series] {
        otherValues(of: (target.matching + target.scope).filter { target.grouping.contains($0.0) })
            .map { counter(target.family.name, [$0], [Phase(rate: 0, length: length)]) }
    }

    // MARK: Values

    func constant(
        _ value: Double, length: Int, _ name: String? = nil, _ extra: [(String, String)] = []
    ) -> AlertTest.Series {
        series(name ?? target.family.name, extra, "\(PromQLText.number(value))x\(max(1, length / interval))")
    }

    /// A gauge that has one value until a time, or is not there, and another from then on.
    func changing(
        from first: Double?, to second: Double, at time: Int, length: Int, _ name: String? = nil,
        _ extra: [(String, String)] = []
    ) -> AlertTest.Series {
        let before = time / interval
        let start = first.map { "\(PromQLText.number($0))x\(before - 1)" } ?? "_x\(before)"
        let end = "\(PromQLText.number(second))x\(length / interval + 1)"
        return series(name ?? target.family.name, extra, "\(start) \(end)")
    }

    func all(_ traffic: [Traffic]) -> [Phase] { traffic.map { Phase(rate: $0.rate, length: $0.length) } }

    func counter(_ name: String, _ extra: [(String, String)], _ phases: [Phase]) -> AlertTest.Series {
        var texts: [String] = []
        var last = 0.0
        for phase in phases where phase.length > 0 {
            let step = (phase.rate * Double(interval) / 1000).roundedForSums
            let count = max(1, phase.length / interval)
            let start = texts.isEmpty ? 0 : last + step
            let growth = step == 0 ? "" : "+\(PromQLText.number(step))"
            texts.append("\(PromQLText.number(start))\(growth)x\(texts.isEmpty ? count : count - 1)")
            last += step * Double(count)
        }
        return series(name, extra, texts.joined(separator: " "))
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
            if let match = (target.matching + target.scope).first(where: { $0.0 == label.name }) { return match }
            return (label.name, target.metrics.labelType(label)?.values.first?.text ?? "a")
        }
    }

    var keptLabels: [AlertTest.Label] {
        labels.filter { target.grouping.contains($0.0) }.map { AlertTest.Label(name: $0.0, value: $0.1) }
    }

    /// Of each label that has another value than the selected, that one.
    func otherValues(of labels: [(String, String)]) -> [(String, String)] {
        labels.compactMap { name, value in target.otherValue(of: name, than: value).map { (name, $0) } }
    }

    /// Two values of a label that is neither selected by nor kept apart; `nil` where there is none.
    private var freeLabel: [[(String, String)]]? {
        let taken = (target.matching + target.scope).map(\.0) + target.grouping
        for label in target.family.labels where !taken.contains(label.name) {
            guard let type = target.metrics.labelType(label) else { return [[(label.name, "a")], [(label.name, "b")]] }
            if type.values.count > 1 { return type.values.prefix(2).map { [(label.name, $0.text)] } }
        }
        return nil
    }
}

extension Double {
    /// A number near this one of which thousands can be added without an error: a sum that is off by its last digit would
    /// look like a counter that starts anew.
    fileprivate var roundedForSums: Double {
        guard self != 0, isFinite else { return self }
        let unit = Double(sign: .plus, exponent: exponent - 20, significand: 1)
        return (self / unit).rounded() * unit
    }
}
