import ContractModel

/// What each intent becomes: a query, and what proves it. A test that should not fire lies just below the limit, among
/// series that must not count; one that should fire lies just above.
extension ConditionCompiler {
    private static let minute = AlertTest.evaluationInterval
    /// How far from a limit "just above" and "just below" are.
    static let above = 1.03
    static let below = 0.97

    // MARK: Counters

    func rateAbove(
        _ selection: MetricSelection, _ value: Located<Double>, diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.counter], "rate_above", diagnostics: &diagnostics) else { return nil }
        guard isNotNegative(value, "rate", diagnostics: &diagnostics) else { return nil }
        let limit = value.value
        let rate = PromQLText.sum("rate(\(target.selector)[\(target.window)])", by: target.grouping)
        let series = SeriesMaker(target, holdsFor: holdsFor)
        func growing(_ rate: Double) -> [SeriesMaker.Phase] { [.init(rate: rate, length: series.settled)] }
        // The first two samples fill only a part of the range.
        let burst = 3 * max(limit, 1) * Double(max(1, target.windowLength / Self.minute))
        let over = [
            SeriesMaker.Phase(rate: burst, length: target.windowLength + holdsFor),
            .init(rate: 0, length: 2 * target.windowLength + 2 * Self.minute),
        ]
        return Outcome(
            expression: "\(rate) > \(PromQLText.number(limit))",
            tests: [
                series.fires("at once", series.selected(growing(burst))),
                series.fires(
                    "just above the limit", at: series.settled,
                    series.selected(growing(limit == 0 ? 0.01 : limit * Self.above))),
                series.staysQuiet(
                    "just below the limit, beside others",
                    series.selected(growing(limit * Self.below)) + series.others(growing(burst))),
                series.staysQuiet(
                    "when it is over", at: over.reduce(0) { $0 + $1.length } - Self.minute, series.selected(over)),
            ])
    }

    func errorRatioAbove(
        _ selection: MetricSelection, _ value: Located<Double>, diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.counter], "error_ratio_above", diagnostics: &diagnostics) else {
            return nil
        }
        guard !target.matching.isEmpty else {
            diagnostics.error(
                .alertIntent, at: selection.family.location, "'error_ratio_above' does not say which events are errors",
                hint: "add 'where:', such as {status: error}")
            return nil
        }
        guard target.canTellErrors(selection, diagnostics: &diagnostics) else { return nil }
        guard (0..<1).contains(value.value) else {
            diagnostics.error(
                .neverMatches, at: value.location, "no ratio is above \(PromQLText.number(value.value))",
                hint: "expected a number from 0 to 1, such as 0.05")
            return nil
        }
        let limit = value.value
        let series = SeriesMaker(target, holdsFor: holdsFor)
        let over = [
            (share: 1.0, length: target.windowLength + holdsFor),
            (share: 0.0, length: 2 * target.windowLength + 2 * Self.minute),
        ]
        return Outcome(
            expression: "\(target.errorRatio(over: target.window)) > \(PromQLText.number(limit))",
            tests: [
                series.fires(
                    "just above the limit",
                    series.events(badShares: [(limit == 0 ? 0.01 : min(1, limit * Self.above), series.settled)])),
                series.staysQuiet(
                    "just below the limit", series.events(badShares: [(limit * Self.below, series.settled)])),
                series.staysQuiet(
                    "when it is over", at: over.reduce(0) { $0 + $1.length } - Self.minute,
                    series.events(badShares: over)),
            ])
    }

    /// Silence is that nothing grows, once it has been watched for the whole window: a service that has just started
    /// has not been silent for long. It is also that nobody speaks: a service that is gone has no series that could
    /// fail to grow.
    func silent(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Outcome? {
        guard let target = target(selection, [.counter], "silent", diagnostics: &diagnostics) else { return nil }
        let range = "\(target.selector)[\(target.window)]"
        let growth = PromQLText.sum("increase(\(range))", by: target.grouping)
        let before = PromQLText.sum("count_over_time(\(range) offset \(target.window))", by: target.grouping)
        let series = SeriesMaker(target, holdsFor: holdsFor)
        let window = target.windowLength
        let length = 2 * series.settled
        var outcome = Outcome(
            expression: "\(growth) == 0 and \(before)",
            tests: [
                series.fires(
                    "beside others", from: AlertTest.evaluation(from: window),
                    [series.standing(length: length)] + series.others([.init(rate: 1, length: length)])),
                series.staysQuiet(
                    "while there is something", at: length - Self.minute,
                    series.selected([.init(rate: 1, length: length)]) + series.standingApart(length: length)),
            ])
        if let last = AlertTest.lastEvaluation(before: window), last > 0 {
            outcome.tests.append(series.staysQuiet("just after a start", at: last, [series.standing(length: length)]))
        }
        // A step is seen from the sample after it on, for the length of the window.
        if window >= 8 * Self.minute {
            let step = window + window / 4
            outcome.tests.append(
                series.staysQuiet(
                    "within the window", at: step + window / 2, [series.standing(stepping: step, length: 3 * window)]))
        }
        // Of what is gone only those labels are known that the selection states.
        if target.grouping.allSatisfy({ label in (target.matching + target.scope).contains { $0.0 == label } }) {
            let absence = PromQLText.sum("absent_over_time(\(range))", by: target.grouping)
            outcome.expression = "(\(outcome.expression)) or \(absence)"
            outcome.tests.append(series.fires("where nobody is there", from: 0, []))
        }
        return outcome
    }

    // MARK: Histograms

    func quantileAbove(
        _ selection: MetricSelection, _ quantile: Located<Double>, _ value: Located<Double>,
        diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.histogram], "quantile_above", diagnostics: &diagnostics) else {
            return nil
        }
        guard quantile.value > 0, quantile.value < 1 else {
            diagnostics.error(
                .quantileRange, at: quantile.location, "there is no quantile \(PromQLText.number(quantile.value))",
                hint: "expected a number between 0 and 1, such as 0.95")
            return nil
        }
        let bounds = target.family.buckets
        guard let last = bounds.last, value.value < last else {
            diagnostics.error(
                .neverMatches, at: value.location,
                "no quantile of \(target.family.name) is ever above its last bucket, "
                    + PromQLText.number(target.family.buckets.last ?? 0),
                hint: "expected a smaller value, or buckets that reach further")
            return nil
        }
        if let first = bounds.first, first >= 0 {
            guard isNotNegative(value, "quantile of these buckets", diagnostics: &diagnostics) else { return nil }
        }
        let buckets = PromQLText.selector(target.family.name + "_bucket", target.scope + target.matching)
        let rate = PromQLText.sum("rate(\(buckets)[\(target.window)])", by: ["le"] + target.grouping)
        let series = SeriesMaker(target, holdsFor: holdsFor)
        // Where the first bucket may hold more than the value, nothing can be seen to lie below.
        let canBeLow = bounds.contains { $0 <= value.value }
        let slow = 1 - quantile.value
        let over = [
            (share: 1.0, length: target.windowLength + holdsFor),
            (share: 0.0, length: 2 * target.windowLength + 2 * Self.minute),
        ]
        return Outcome(
            expression: "histogram_quantile(\(PromQLText.number(quantile.value)), \(rate)) > "
                + PromQLText.number(value.value),
            tests: [
                series.fires(
                    "just above the limit",
                    series.buckets(
                        above: value.value, shares: [(canBeLow ? min(1, 1.5 * slow) : 1, series.settled)])),
                series.staysQuiet(
                    "just below the limit",
                    series.buckets(above: value.value, shares: [(canBeLow ? 0.5 * slow : 0, series.settled)])),
                series.staysQuiet(
                    "when it is over", at: over.reduce(0) { $0 + $1.length } - Self.minute,
                    series.buckets(above: value.value, shares: over)),
            ])
    }

    // MARK: Gauges, and all

    func comparison(
        _ selection: MetricSelection, _ intent: String, _ comparator: String, _ value: Double,
        diagnostics: inout Diagnostics
    ) -> Outcome? {
        guard let target = target(selection, [.gauge], intent, diagnostics: &diagnostics) else { return nil }
        let series = SeriesMaker(target, holdsFor: holdsFor)
        let more = value + (value == 0 ? 1 : abs(value) * (Self.above - 1))
        let (firing, quiet) = comparator == "==" ? (value, more) : (more, value)
        let others = (target.scope + target.matching).compactMap { name, value in
            target.otherValue(of: name, than: value).map { series.constant(firing, nil, [(name, $0)]) }
        }
        return Outcome(
            expression: "\(target.selector) \(comparator) \(PromQLText.number(value))",
            tests: [
                series.fires(comparator == "==" ? "at the value" : "just above the limit", [series.constant(firing)]),
                series.staysQuiet(
                    comparator == "==" ? "just beside the value" : "at the limit", [series.constant(quiet)] + others),
            ])
    }

    func absent(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Outcome? {
        guard let target = target(selection, [.counter, .gauge, .histogram], "absent", diagnostics: &diagnostics) else {
            return nil
        }
        let isHistogram = target.family.kind == .histogram
        let name = target.family.name + (isHistogram ? "_bucket" : "")
        let bound = isHistogram ? [("le", "+Inf")] : []
        let series = SeriesMaker(target, holdsFor: holdsFor)
        let others = target.matching.compactMap { label, value in
            target.otherValue(of: label, than: value).map { series.constant(1, name, [(label, $0)] + bound) }
        }
        return Outcome(
            expression: "absent(\(PromQLText.selector(name, target.scope + target.matching + bound)))",
            tests: [
                series.fires("beside others", from: 0, others),
                series.staysQuiet("while there is one", [series.constant(1, name, bound)]),
            ])
    }

    private func isNotNegative(
        _ value: Located<Double>, _ what: String, diagnostics: inout Diagnostics
    ) -> Bool {
        guard value.value < 0 else { return true }
        diagnostics.error(
            .alertIntent, at: value.location, "every \(what) is above \(PromQLText.number(value.value))",
            hint: "expected a number of at least 0")
        return false
    }
}
