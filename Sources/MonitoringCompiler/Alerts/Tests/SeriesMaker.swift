import ContractModel
import MetricsCompiler
import PromQL
import PrometheusMetrics

/// A maker of input series of tests in promtool's notation.
struct SeriesMaker {
    /// A rate per second for a time.
    struct Phase {
        var rate: Double
        var length: Duration
    }

    /// A rate of events per second, with a ratio of bad events, for a time.
    struct Traffic {
        var rate = 100.0
        var badRatio: Double
        var length: Duration
    }

    let target: MetricTarget
    /// The time between two samples.
    let interval: Duration

    init(_ target: MetricTarget, interval: Duration) {
        self.target = target
        self.interval = interval
    }

    // MARK: Counters

    /// Returns the selected events. If a label is neither in the matchers nor in the grouping, they have two of its values,
    /// which count together.
    func selected(_ phases: [Phase]) -> [AlertTest.Series] {
        let split = freeLabel
        return (split ?? [[]]).map { extra in
            counter(
                target.family.name, extra,
                phases.map { Phase(rate: $0.rate / (split == nil ? 1 : 2), length: $0.length) })
        }
    }

    /// Returns events that are not selected: one series for each matcher.
    func others(_ phases: [Phase]) -> [AlertTest.Series] {
        otherValues(of: target.matching + target.scope).map { counter(target.family.name, [$0], phases) }
    }

    /// Returns bad events, which are the selected ones, and good events, which do not match one of the matchers. Events
    /// of other groups or outside of `within` are all bad.
    func events(_ traffic: [Traffic]) -> [AlertTest.Series] {
        let kept = target.matching.filter { target.grouping.contains($0.0) }
        let good = otherValues(of: target.matching.filter { !target.grouping.contains($0.0) })
        let goodPhases = traffic.map {
            Phase(rate: $0.rate * (1 - $0.badRatio) / Double(max(1, good.count)), length: $0.length)
        }
        return selected(traffic.map { Phase(rate: $0.rate * $0.badRatio, length: $0.length) })
            + good.map { counter(target.family.name, [$0], goodPhases) }
            + otherValues(of: kept + target.scope).map { counter(target.family.name, [$0], all(traffic)) }
    }

    /// Returns selected counters with the constant value 5, from a start to an end, without samples in a gap.
    func constantCounter(
        from start: Duration = .zero, to end: Duration, except gap: Range<Duration>? = nil
    ) -> AlertTest.Series {
        let gap = gap ?? end + interval..<end + interval
        let first = (gap.lowerBound - start).count(of: interval)
        let second = (end - gap.upperBound).count(of: interval) + 1
        var texts: [String] = []
        if start > .zero { texts.append("_x\(start.count(of: interval))") }
        if first > 0 { texts.append("5x\(first - 1)") }
        if !gap.isEmpty { texts.append("_x\((gap.upperBound - gap.lowerBound).count(of: interval))") }
        if second > 0 { texts.append("5x\(second - 1)") }
        return series(target.family.name, [], texts.joined(separator: " "))
    }

    /// Returns the selected events, of which one of two series grows.
    func oneGrowing(_ rate: Double, length: Duration) -> [AlertTest.Series] {
        (freeLabel ?? [[]]).enumerated().map { index, extra in
            counter(target.family.name, extra, [Phase(rate: index == 0 ? rate : 0, length: length)])
        }
    }

    /// Returns constant counters of other groups.
    func constantOthers(length: Duration) -> [AlertTest.Series] {
        otherValues(of: (target.matching + target.scope).filter { target.grouping.contains($0.0) })
            .map { counter(target.family.name, [$0], [Phase(rate: 0, length: length)]) }
    }

    // MARK: Values

    func constant(
        _ value: Double, length: Duration, _ name: String? = nil, _ extra: [(String, String)] = []
    ) -> AlertTest.Series {
        series(name ?? target.family.name, extra, "\(PromQLText.number(value))x\(max(1, length.count(of: interval)))")
    }

    /// Returns a gauge that has one value, or no samples, until a time, and another value from then on.
    func changing(
        from first: Double?, to second: Double, at time: Duration, length: Duration, _ name: String? = nil,
        _ extra: [(String, String)] = []
    ) -> AlertTest.Series {
        let before = time.count(of: interval)
        let start = first.map { "\(PromQLText.number($0))x\(before - 1)" } ?? "_x\(before)"
        let end = "\(PromQLText.number(second))x\(length.count(of: interval) + 1)"
        return series(name ?? target.family.name, extra, "\(start) \(end)")
    }

    func all(_ traffic: [Traffic]) -> [Phase] { traffic.map { Phase(rate: $0.rate, length: $0.length) } }

    /// - Parameter smallestPart: The smallest part of the events that makes a difference, such as that of one bucket.
    func counter(
        _ name: String, _ extra: [(String, String)], _ phases: [Phase], smallestPart: Double = 1
    ) -> AlertTest.Series {
        var texts: [String] = []
        var last = 0.0
        for phase in phases where phase.length > .zero {
            let step = (phase.rate * interval.inSeconds).rounded(preserving: smallestPart)
            let count = max(1, phase.length.count(of: interval))
            let start = texts.isEmpty ? 0 : last + step
            let growth = step == 0 ? "" : "+\(PromQLText.number(step))"
            texts.append("\(PromQLText.number(start))\(growth)x\(texts.isEmpty ? count : count - 1)")
            // As promtool adds it: with another rounding error, the next phase would look like a restarted counter.
            for _ in 0..<count { last += step }
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
        return AlertTest.Series(
            name: "\(Expression.VectorSelector(name, labels))", values: values)
    }

    // MARK: Labels

    /// A value for each label: that of its matcher, or its first value.
    private var labels: [(String, String)] {
        target.family.labels.map { label in
            if let match = (target.matching + target.scope).first(where: { $0.0 == label.name }) { return match }
            return (label.name, target.metrics.labelType(label)?.values.first?.text ?? "a")
        }
    }

    /// The labels of the grouping, which the firing alert must have.
    var groupLabels: [AlertTest.Label] {
        labels.filter { target.grouping.contains($0.0) }.map { AlertTest.Label(name: $0.0, value: $0.1) }
    }

    /// Returns another value of each label that has one.
    func otherValues(of labels: [(String, String)]) -> [(String, String)] {
        labels.compactMap { name, value in target.otherValue(of: name, than: value).map { (name, $0) } }
    }

    /// Two values of a label that is neither in the matchers nor in the grouping; `nil` if there is no such label.
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
    /// Returns a close number with few digits, whose difference to another one is still exact to a thousandth where it is
    /// a part of this size.
    fileprivate func rounded(preserving part: Double) -> Double {
        guard self != 0, isFinite else { return self }
        let bits = min(20 + max(0, -10 - part.exponent), Double.significandBitCount)
        let unit = Double(sign: .plus, exponent: exponent - bits, significand: 1)
        return (self / unit).rounded() * unit
    }
}
