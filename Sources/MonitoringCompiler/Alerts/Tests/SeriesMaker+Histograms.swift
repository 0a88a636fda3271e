import MetricsCompiler
import PrometheusMetrics

/// Histograms with only the necessary buckets: those next to a value, and the bucket of all observations.
extension SeriesMaker {
    /// Returns observations with a given quantile, whatever their ratio of bad ones; `nil` if the buckets do not allow it.
    func quantile(_ quantile: Double, at value: Double, _ traffic: [Traffic]) -> [AlertTest.Series]? {
        guard let upper = target.family.buckets.first(where: { $0 >= value }) else { return nil }
        let lower = target.family.buckets.last { $0 < value }
        // Prometheus assumes that the first bucket starts at 0, and that values are evenly distributed in each bucket.
        let start = lower ?? min(0, upper)
        guard start < upper else { return nil }
        let place = (value - start) / (upper - start)
        let isLow = place <= quantile
        // Too close to a bound, the ratio of observations is not exact enough.
        guard place > 1e-4, !isLow || lower != nil else { return nil }
        let ratioBelow = isLow ? (quantile - place) / (1 - place) : 0
        var buckets = [(bound: upper, ratios: [isLow ? 1 : quantile / place])]
        if let lower { buckets.insert((lower, [ratioBelow]), at: 0) }
        // Larger observations need a bucket of their own: those in the last bucket count as its lower bound.
        if let next = target.family.buckets.first(where: { $0 > upper }) { buckets.append((next, [1])) }
        return histogram(
            (buckets + [(.infinity, [1])]).map { bound, ratios in (bound, traffic.flatMap { _ in ratios }) },
            // In a wide bucket, a small change of a ratio changes the quantile a lot.
            traffic.map { ($0.rate, $0.length) }, smallestPart: abs(value) / (upper - start) / 8)
    }

    /// Returns observations above a value, the bad ones, and below it.
    ///
    /// If the value is in the first bucket, there are only bad observations, because none is known to be below.
    func observations(around value: Double, _ traffic: [Traffic], _ extra: [(String, String)] = [])
        -> [AlertTest.Series]
    {
        let phases = traffic.map { ($0.rate, $0.length) }
        let upper = target.family.buckets.first { $0 > value } ?? value
        let bad = traffic.map(\.badRatio)
        guard let lower = target.family.buckets.last(where: { $0 <= value }) else {
            return histogram([(upper, bad.map { _ in 0 }), (.infinity, bad)], phases, extra)
        }
        return histogram(
            [(lower, bad.map { 1 - $0 }), (upper, bad.map { 1 - $0 }), (.infinity, bad.map { _ in 1 })], phases, extra)
    }

    /// Returns observations up to a bound, and bad ones above it. Half of those that are not selected are bad.
    func observations(upTo bound: Double, _ traffic: [Traffic]) -> [AlertTest.Series] {
        let phases = traffic.map { ($0.rate, $0.length) }
        let half = traffic.map { _ in 0.5 }
        let all = traffic.map { _ in 1.0 }
        return histogram([(bound, traffic.map { 1 - $0.badRatio }), (.infinity, all)], phases)
            + otherValues(of: target.scope + target.matching).flatMap {
                histogram([(bound, half), (.infinity, all)], phases, [$0])
            }
    }

    /// Returns observations that are not selected, above a value: one histogram for each matcher.
    func otherObservations(above value: Double, _ traffic: [Traffic]) -> [AlertTest.Series] {
        otherValues(of: target.scope + target.matching).flatMap { observations(around: value, traffic, [$0]) }
    }

    /// Returns buckets from their ratios of the observations in each phase.
    private func histogram(
        _ buckets: [(bound: Double, ratios: [Double])], _ phases: [(rate: Double, length: Duration)],
        _ extra: [(String, String)] = [], smallestPart: Double = 1
    ) -> [AlertTest.Series] {
        let gaps = zip(buckets, buckets.dropFirst()).flatMap { lower, upper in
            zip(lower.ratios, upper.ratios).map { abs($1 - $0) }
        }
        let smallest = min(gaps.filter { $0 > 0 }.min() ?? 1, smallestPart)
        return buckets.map { bound, ratios in
            counter(
                target.family.name + "_bucket", extra + [("le", NumberText.canonical(bound))],
                zip(phases, ratios).map { Phase(rate: $0.rate * $1, length: $0.length) }, smallestPart: smallest)
        }
    }
}
