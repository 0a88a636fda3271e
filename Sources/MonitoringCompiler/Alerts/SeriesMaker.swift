import ContractModel
import PrometheusMetrics

/// Makes series, in promtool's notation, for which a condition holds, or does not, and looks at what becomes of them.
struct SeriesMaker {
    /// So much a second, for so many milliseconds.
    struct Phase {
        var rate: Double
        var length: Int
    }

    let target: MetricTarget
    private let holdsFor: Int
    /// Between two samples, in milliseconds.
    private let interval: Int

    static let minute = AlertTest.evaluationInterval

    init(_ target: MetricTarget, holdsFor: Int) {
        self.target = target
        self.holdsFor = holdsFor
        // A range needs several samples.
        interval = target.family.kind == .gauge ? Self.minute : max(1000, min(Self.minute, target.windowLength / 4))
    }

    // MARK: Looks

    /// The alert fires as soon as `for` is over, and not before.
    ///
    /// - Parameter start: The evaluation at which the condition first holds; without it, as soon as there are two samples
    ///   of a counter or a histogram, and one of a gauge.
    func fires(_ note: String, from start: Int? = nil, _ series: [AlertTest.Series]) -> AlertTest {
        let start = start ?? (target.family.kind == .gauge ? 0 : Self.minute)
        return AlertTest(
            fires: true, note: note, interval: interval, time: AlertTest.evaluation(from: start + holdsFor),
            pendingUntil: AlertTest.lastEvaluation(before: start + holdsFor), series: series, labels: keptLabels)
    }

    /// The alert fires at a time, whenever it began to.
    func fires(_ note: String, at time: Int, _ series: [AlertTest.Series]) -> AlertTest {
        AlertTest(
            fires: true, note: note, interval: interval, time: AlertTest.evaluation(from: time), series: series,
            labels: keptLabels)
    }

    /// The alert does not fire at a time; without it, when what has held from the start would long have made it fire.
    func staysQuiet(_ note: String, at time: Int? = nil, _ series: [AlertTest.Series]) -> AlertTest {
        AlertTest(
            fires: false, note: note, interval: interval, time: AlertTest.evaluation(from: time ?? settled),
            series: series)
    }

    /// When the range is full and the condition has held, and some evaluations later.
    var settled: Int {
        let window = target.family.kind == .gauge ? 0 : target.windowLength
        return AlertTest.evaluation(from: window + holdsFor) + 4 * Self.minute
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
        (target.matching + target.scope).compactMap { name, value in
            target.otherValue(of: name, than: value).map { counter(target.family.name, [(name, $0)], phases) }
        }
    }

    /// Bad events, which are those selected, and good ones beside them: 100 a second in all. Outside of what `within`
    /// names, all are bad.
    func events(badShares: [(share: Double, length: Int)]) -> [AlertTest.Series] {
        let good = target.matching.lazy.filter { !target.grouping.contains($0.0) }.compactMap { name, value in
            target.otherValue(of: name, than: value).map { (name, $0) }
        }.first
        var made = selected(badShares.map { Phase(rate: 100 * $0.share, length: $0.length) })
        if let good {
            let phases = badShares.map { Phase(rate: 100 * (1 - $0.share), length: $0.length) }
            made.append(counter(target.family.name, [good], phases))
        }
        let length = badShares.reduce(0) { $0 + $1.length }
        for (name, value) in target.scope {
            guard let other = target.otherValue(of: name, than: value) else { continue }
            made.append(counter(target.family.name, [(name, other)], [Phase(rate: 100, length: length)]))
        }
        return made
    }

    // MARK: Histograms

    /// A histogram with 100 observations a second, of which a share lies in the first bucket that is all above a value,
    /// and the rest in the last that is not.
    func buckets(above value: Double, shares: [(share: Double, length: Int)]) -> [AlertTest.Series] {
        let bounds = target.family.buckets
        // The bucket around a value may hold larger ones; without one below it, what is not above is not observed.
        let around = bounds.first { $0 >= value } ?? value
        let below = bounds.last { $0 <= value }
        return (bounds + [.infinity]).map { bound in
            let phases = shares.map { share, length in
                let low = below.map { bound >= $0 } ?? false ? 1 - share : 0
                return Phase(rate: 100 * (low + (bound > around ? share : 0)), length: length)
            }
            return counter(target.family.name + "_bucket", [("le", NumberText.canonical(bound))], phases)
        }
    }

    // MARK: Values

    func constant(_ value: Double, _ name: String? = nil, _ extra: [(String, String)] = []) -> AlertTest.Series {
        series(name ?? target.family.name, extra, "\(PromQLText.number(value))x\(samples(2 * settled))")
    }

    /// Counters that stand still at 5, and go on to 6 at a time; for so long in all.
    func standing(_ extra: [(String, String)] = [], stepping time: Int? = nil, length: Int) -> AlertTest.Series {
        guard let time else { return series(target.family.name, extra, "5x\(samples(length))") }
        return series(target.family.name, extra, "5x\(samples(time)) 6x\(samples(length - time))")
    }

    /// Counters of the labels that are kept apart and selected by, with other values.
    func standingApart(length: Int) -> [AlertTest.Series] {
        (target.matching + target.scope).filter { target.grouping.contains($0.0) }.compactMap { name, value in
            target.otherValue(of: name, than: value).map { standing([(name, $0)], length: length) }
        }
    }

    private func samples(_ length: Int) -> Int { max(1, length / interval) }

    private func counter(_ name: String, _ extra: [(String, String)], _ phases: [Phase]) -> AlertTest.Series {
        var texts: [String] = []
        var last = 0.0
        for phase in phases {
            let step = (phase.rate * Double(interval) / 1000).roundedForSums
            let count = samples(phase.length)
            if texts.isEmpty {
                texts.append("0+\(PromQLText.number(step))x\(count)")
            } else {
                texts.append("\(PromQLText.number(last + step))+\(PromQLText.number(step))x\(count - 1)")
            }
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

    private var keptLabels: [AlertTest.Label] {
        labels.filter { target.grouping.contains($0.0) }.map { AlertTest.Label(name: $0.0, value: $0.1) }
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
