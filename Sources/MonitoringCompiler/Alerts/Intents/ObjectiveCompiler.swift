import ContractModel
import MetricsCompiler
import PromQL
import PrometheusMetrics

/// A compiler of a service level objective to rules: recorded error ratios over several windows, and alerts on the burn
/// rates of the error budget (Google, "The Site Reliability Workbook", chapter 5: multiwindow, multi-burn-rate alerts).
struct ObjectiveCompiler {
    private static let windows = [5, 30, 60, 120, 360, 1440, 4320].map { Duration.minute * $0 }

    /// The burn rates of the two alerts.
    ///
    /// If the budget is large, even a total failure may not reach a high burn rate. Therefore each rate is at most a given
    /// part of the way from 1 to the burn rate of a total failure. This affects objectives below 94.4 %.
    struct BurnRates {
        let fast: [BurnRate]
        let slow: [BurnRate]

        init(budget: Double) {
            func rate(_ factor: Double, _ part: Double, _ long: Duration, _ short: Duration) -> BurnRate {
                let highest = ((1 + (1 / budget - 1) * part) * 100).rounded() / 100
                return BurnRate(factor: min(factor, highest), long: long, short: short)
            }
            fast = [rate(14.4, 0.8, .hour, .minute * 5), rate(6, 0.6, .hour * 6, .minute * 30)]
            slow = [rate(3, 0.4, .day, .hour * 2), BurnRate(factor: 1, long: .day * 3, short: .hour * 6)]
        }
    }

    let alert: AlertDeclaration
    let objective: ObjectiveDeclaration
    let target: MetricTarget
    /// The contract's name, which keeps its series apart from those of other contracts in one Prometheus.
    let contract: String
    /// The severity of the alert on a slow burn.
    let lessUrgentSeverity: String

    struct Alert {
        /// The end of the name.
        var suffix: String
        var expression: Expression
        var holdsFor: Duration
        var severity: String
        var burnRates: [BurnRate]
        var tests: [AlertTest]
    }

    struct Outcome {
        var recordings: [RecordingRule]
        var alerts: [Alert]
        var objective: CompiledObjective
    }

    func compile(diagnostics: inout Diagnostics) -> Outcome? {
        let percent = objective.percent
        let budget = ((100 - percent.value) * 1e9).rounded() / 1e11
        guard budget > 0, budget <= 0.5 else {
            diagnostics.error(
                .neverFires, at: percent.location,
                "invalid objective of \(PromQLText.number(percent.value)) %: "
                    + (budget > 0 ? "its error budget is more than half of all events" : "it has no error budget"),
                hint: "expected a number from 50 to less than 100, such as 99.9")
            return nil
        }
        guard let errorRatio = errorRatio(diagnostics: &diagnostics), checkWindows(diagnostics: &diagnostics) else {
            return nil
        }
        let rates = BurnRates(budget: budget)
        let names = Names(contract: contract, alert: alert.name.value)
        var recordings = Self.windows.map { window in
            RecordingRule(
                name: names.errorRatio(over: window), expression: errorRatio(window), labels: target.grouping,
                isRatio: true)
        }
        if target.minimumEvents != nil {
            recordings += (rates.fast + rates.slow).map(\.long).map { window in
                RecordingRule(
                    name: names.events(over: window), expression: target.count(over: window), labels: target.grouping,
                    isRatio: false)
            }
        }
        let rules = [
            ("FastBurn", rates.fast, Duration.minute * 2, alert.severity.value),
            ("SlowBurn", rates.slow, Duration.minute * 15, lessUrgentSeverity),
        ]
        return Outcome(
            recordings: recordings,
            alerts: rules.map { suffix, rates, holdsFor, severity in
                Alert(
                    suffix: suffix, expression: expression(rates, budget: budget, names), holdsFor: holdsFor,
                    severity: severity, burnRates: rates, tests: tests(of: rates, holdsFor, budget: budget))
            },
            objective: CompiledObjective(
                name: alert.name.value, budget: budget, urgentBurnRate: rates.fast[0].factor,
                hourlyRatio: names.errorRatio(over: .hour), grouping: target.grouping,
                hourlyRatioOfTopic: ratiosOfTopics(
                    recorded: names.errorRatio(over: .hour), diagnostics: &diagnostics)))
    }

    // MARK: Expressions

    /// Returns the condition that one of the burn rates is exceeded over both of its windows.
    private func expression(_ rates: [BurnRate], budget: Double, _ names: Names) -> Expression {
        let conditions = rates.map { rate in
            let limit = Expression.binary(.number(rate.factor), .multiply, .number(budget)).inParentheses
            func isExceeded(over window: Duration) -> Expression {
                .binary(Expression.VectorSelector(names.errorRatio(over: window)).expression, .greater, limit)
            }
            var condition = Expression.binary(isExceeded(over: rate.long), .and, isExceeded(over: rate.short))
            if let minimumEvents = target.minimumEvents {
                let events = Expression.VectorSelector(names.events(over: rate.long)).expression
                condition = .binary(
                    condition, .and, .binary(events, .greaterOrEqual, .number(Double(minimumEvents))))
            }
            return condition.inParentheses
        }
        return conditions.dropFirst().reduce(conditions[0]) { .binary($0, .or, $1) }
    }

    /// Returns the error ratio of each topic: the recorded one if the objective is about one topic or groups by topics.
    private func ratiosOfTopics(recorded: String, diagnostics: inout Diagnostics) -> [String: Expression] {
        let topicLabel = target.family.labels.first { label in
            if case .dimension(.topic)? = label.origin { true } else { false }
        }
        guard let topicLabel, let topics = target.metrics.labelType(topicLabel)?.values.map(\.text) else { return [:] }
        if let selected = (target.scope + target.matching).first(where: { $0.name == topicLabel.name }) {
            return [selected.value: Expression.VectorSelector(recorded).expression]
        }
        return topics.reduce(into: [:]) { ratios, topic in
            let matcher = (name: topicLabel.name, value: topic)
            if target.grouping.contains(topicLabel.name) {
                ratios[topic] = Expression.VectorSelector(recorded, [matcher]).expression
            } else {
                let narrowed = ObjectiveCompiler(
                    alert: alert, objective: objective, target: target.within(matcher), contract: contract,
                    lessUrgentSeverity: lessUrgentSeverity)
                ratios[topic] = narrowed.errorRatio(diagnostics: &diagnostics)?(.hour).inParentheses
            }
        }
    }

    /// Returns the ratio of bad events as a function of the window.
    private func errorRatio(diagnostics: inout Diagnostics) -> ((Duration) -> Expression)? {
        if target.family.kind == .counter {
            guard !target.matching.isEmpty, objective.goodUpTo == nil else {
                diagnostics.error(
                    .alertIntent, at: objective.selection.family.location,
                    "an objective of a counter needs 'where', which selects the bad events, and no 'good_up_to'",
                    hint: "add 'where:', such as {status: error}")
                return nil
            }
            guard target.distinguishesErrors(objective.selection, diagnostics: &diagnostics) else { return nil }
            return { target.errorRatio(over: $0) }
        }
        guard let bound = objective.goodUpTo, target.family.buckets.contains(bound.value) else {
            diagnostics.error(
                .alertIntent, at: objective.goodUpTo?.location ?? objective.selection.family.location,
                "an objective of a histogram needs 'good_up_to', the bound of its last good bucket",
                hint: "expected one of " + target.family.buckets.map(PromQLText.number).joined(separator: ", "))
            return nil
        }
        let good = goodBuckets(upTo: bound.value)
        let all = Expression.VectorSelector(
            target.family.name + "_bucket", target.scope + target.matching + [("le", "+Inf")])
        return { window in
            .binary(
                .number(1), .subtract,
                .binary(target.rate(of: good, over: window), .divide, target.rate(of: all, over: window)))
        }
    }

    /// Selects the buckets up to a bound, which OpenMetrics writes as `1.0` and the older format as `1`.
    private func goodBuckets(upTo bound: Double) -> Expression.VectorSelector {
        let text = NumberText.bound(bound)
        var selector = Expression.VectorSelector(target.family.name + "_bucket", target.scope + target.matching)
        selector.matchers.append(
            text == NumberText.canonical(bound)
                ? .init("le", .equal, text) : .init("le", .matches, text + "(\\.0)?"))
        return selector
    }

    // MARK: Tests

    private func tests(of rates: [BurnRate], _ holdsFor: Duration, budget: Double) -> [AlertTest] {
        let tests = ObjectiveTests(
            target: target, budget: budget, keepsFiringFor: alert.keepsFiringFor?.value ?? .zero
        ) { series, traffic in
            target.family.kind == .histogram
                ? series.observations(upTo: objective.goodUpTo?.value ?? 0, traffic) : series.events(traffic)
        }
        let lowest = rates.map(\.factor).min()
        return rates.flatMap { tests.tests(of: $0, holdsFor: holdsFor, alone: $0.factor == lowest) }
    }

    /// Checks that the shortest window contains two scrapes.
    private func checkWindows(diagnostics: inout Diagnostics) -> Bool {
        let interval = target.metrics.scrapeInterval
        guard let shortest = Self.windows.first, shortest < interval * 2 else { return true }
        diagnostics.error(
            .rangeTooShort, at: objective.selection.family.location,
            "an objective has a window of \(PromQLText.duration(shortest)), which is shorter than two scrapes, "
                + "\(PromQLText.duration(interval)) apart",
            hint: "expected a scrape_interval of at most \(PromQLText.duration(shortest / 2))")
        return false
    }
}

extension ObjectiveCompiler {
    /// The names of the recorded series of an objective.
    struct Names {
        let contract: String
        let alert: String

        func errorRatio(over window: Duration) -> String { prefix + "error_ratio_rate" + PromQLText.duration(window) }
        func events(over window: Duration) -> String { prefix + "events_increase" + PromQLText.duration(window) }

        private var prefix: String { "slo:\(Self.snakeCase(contract)):\(Self.snakeCase(alert)):" }

        /// Converts `TDADelivery` to `tda_delivery`.
        static func snakeCase(_ name: String) -> String {
            let characters = Array(name)
            var text = ""
            for (index, character) in characters.enumerated() {
                // A word starts after a lower letter, and with the last capital of several.
                let startsWord =
                    index > 0 && character.isUppercase
                    && (!characters[index - 1].isUppercase || characters[(index + 1)...].first?.isLowercase == true)
                if startsWord, text.last != "_" { text += "_" }
                text += character.lowercased()
            }
            return text
        }
    }
}
