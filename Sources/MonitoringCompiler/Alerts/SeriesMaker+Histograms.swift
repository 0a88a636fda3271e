import MetricsCompiler
import PrometheusMetrics

/// Histograms, of which a test has only the buckets that matter: those beside a value, and the one that has all.
extension SeriesMaker {
    /// Observations of which a quantile is at a value, whatever their bad share; `nil` where these buckets can't have it
    /// there.
    func quantile(_ quantile: Double, at value: Double, _ traffic: [Traffic]) -> [AlertTest.Series]? {
        guard let upper = target.family.buckets.first(where: { $0 >= value }) else { return nil }
        let lower = target.family.buckets.last { $0 < value }
        // Prometheus takes the first bucket to start at 0, and values to lie evenly in each.
        let start = lower ?? min(0, upper)
        guard start < upper else { return nil }
        let place = (value - start) / (upper - start)
        let isLow = place <= quantile
        // So near a bound, a share of the observations would be too fine a measure.
        guard place > 1e-4, !isLow || lower != nil else { return nil }
        let belowShare = isLow ? (quantile - place) / (1 - place) : 0
        var buckets = [(bound: upper, shares: [isLow ? 1 : quantile / place])]
        if let lower { buckets.insert((lower, [belowShare]), at: 0) }
        // What is larger has a bucket of its own: in the last one it would count as no more than the bound before.
        if let next = target.family.buckets.first(where: { $0 > upper }) { buckets.append((next, [1])) }
        return histogram(
            (buckets + [(.infinity, [1])]).map { bound, shares in (bound, traffic.flatMap { _ in shares }) },
            traffic.map { ($0.rate, $0.length) })
    }

    /// Observations above a value, which are the bad ones, and below it.
    ///
    /// Where the value lies in the first bucket, nothing can be seen to lie below, and only the bad ones are observed.
    func observations(around value: Double, _ traffic: [Traffic], _ extra: [(String, String)] = [])
        -> [AlertTest.Series]
    {
        let phases = traffic.map { ($0.rate, $0.length) }
        let upper = target.family.buckets.first { $0 > value } ?? value
        let bad = traffic.map(\.badShare)
        guard let lower = target.family.buckets.last(where: { $0 <= value }) else {
            return histogram([(upper, bad.map { _ in 0 }), (.infinity, bad)], phases, extra)
        }
        return histogram(
            [(lower, bad.map { 1 - $0 }), (upper, bad.map { 1 - $0 }), (.infinity, bad.map { _ in 1 })], phases, extra)
    }

    /// Observations up to a bound, and bad ones above it; of what is not selected, half are bad.
    func observations(upTo bound: Double, _ traffic: [Traffic]) -> [AlertTest.Series] {
        let phases = traffic.map { ($0.rate, $0.length) }
        let half = traffic.map { _ in 0.5 }
        let all = traffic.map { _ in 1.0 }
        return histogram([(bound, traffic.map { 1 - $0.badShare }), (.infinity, all)], phases)
            + otherValues(of: target.scope + target.matching).flatMap {
                histogram([(bound, half), (.infinity, all)], phases, [$0])
            }
    }

    /// What is not selected: for each label that is selected by, observations above a value.
    func otherObservations(above value: Double, _ traffic: [Traffic]) -> [AlertTest.Series] {
        otherValues(of: target.scope + target.matching).flatMap { observations(around: value, traffic, [$0]) }
    }

    /// Of each bucket, the share that it has of the observations in each phase.
    private func histogram(
        _ buckets: [(bound: Double, shares: [Double])], _ phases: [(rate: Double, length: Int)],
        _ extra: [(String, String)] = []
    ) -> [AlertTest.Series] {
        buckets.map { bound, shares in
            counter(
                target.family.name + "_bucket", extra + [("le", NumberText.canonical(bound))],
                zip(phases, shares).map { Phase(rate: $0.rate * $1, length: $0.length) })
        }
    }
}
