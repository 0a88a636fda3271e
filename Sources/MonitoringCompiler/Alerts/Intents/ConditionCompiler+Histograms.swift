import ContractModel
import MetricsCompiler
import PromQL

/// The intent on a quantile of a histogram.
extension ConditionCompiler {
    func quantileAbove(
        _ selection: MetricSelection, _ quantile: Located<Double>, _ value: Located<Double>,
        diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.histogram], "quantile_above", diagnostics: &diagnostics) else {
            return nil
        }
        guard quantile.value > 0, quantile.value < 1 else {
            diagnostics.error(
                .quantileRange, at: quantile.location, "invalid quantile \(PromQLText.number(quantile.value))",
                hint: "expected a number between 0 and 1, such as 0.95")
            return nil
        }
        let bounds = target.family.buckets
        guard let last = bounds.last, value.value < last else {
            diagnostics.error(
                .neverFires, at: value.location,
                "no quantile of \(target.family.name) is above its last bucket, "
                    + PromQLText.number(target.family.buckets.last ?? 0),
                hint: "expected a smaller value, or buckets that reach further")
            return nil
        }
        if let first = bounds.first, first >= 0 {
            guard isNotNegative(value, "quantile of these buckets", diagnostics: &diagnostics) else { return nil }
        }
        let buckets = Expression.VectorSelector(target.family.name + "_bucket", target.scope + target.matching)
        let rate = target.rate(of: buckets, over: target.window, keeping: ["le"])
        return Outcome(
            target.withEnoughEvents(
                .binary(
                    .call(.histogramQuantile, .number(quantile.value), rate), .greater, .number(value.value))),
            tests: quantileTests(target, quantile.value, limit: value.value))
    }

    private func quantileTests(_ target: MetricTarget, _ quantile: Double, limit: Double) -> [AlertTest] {
        let clock = clock(window: target.window)
        let fine = TestClock.fine(window: target.window, holdsFor: holdsFor)
        let series = SeriesMaker(target, interval: clock.interval)
        let fineSeries = SeriesMaker(target, interval: fine.interval)
        let next = target.family.buckets.first { $0 > limit } ?? limit
        let above = min(limit + (limit == 0 ? next : abs(limit)) * (Self.above - 1), (limit + next) / 2)
        let previous = target.family.buckets.last { $0 < limit } ?? limit
        let below = limit - (limit == 0 ? limit - previous : abs(limit)) * (1 - Self.below)
        let slow = fine.enough(target.minimumEvents, [SeriesMaker.Traffic(badRatio: 1, length: fine.settled)])
        let fast = clock.enough(target.minimumEvents, [SeriesMaker.Traffic(badRatio: 0, length: clock.settled)])
        let ratios = RatioTests(
            limit: 1 - quantile, minimumEvents: target.minimumEvents, clock: clock, labels: series.groupLabels,
            recordsGood: target.family.buckets.contains { $0 <= limit },
            series: { series.observations(around: limit, $0) },
            others: { series.otherObservations(above: limit, $0) })
        return [
            fine.test(
                "just above the limit", fine.firing(from: fine.evaluation(from: fine.interval)),
                fineSeries.quantile(quantile, at: above, slow)
                    ?? fineSeries.observations(around: limit, slow), labels: series.groupLabels),
            clock.test(
                "just below the limit, next to others", [.init(time: clock.settled, fires: false)],
                (series.quantile(quantile, at: below, fast) ?? series.observations(around: limit, fast))
                    + series.otherObservations(
                        above: limit, [.init(rate: 1000, badRatio: 1, length: clock.settled)])),
        ] + ratios.fading + ratios.endings + ratios.numbers
    }
}
