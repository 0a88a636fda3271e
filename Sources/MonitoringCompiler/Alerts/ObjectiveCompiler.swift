import ContractModel
import MetricsCompiler
import PrometheusMetrics

/// Makes the rules of a service level objective: the share of bad events over several windows, recorded, and an alert for
/// each pace at which the error budget must not burn (Google, "The Site Reliability Workbook", chapter 5: multiwindow,
/// multi-burn-rate alerts).
struct ObjectiveCompiler {
    static let minute = 60_000

    /// How much faster than allowed the budget burns, over a long window that shows that it matters and a short one that
    /// shows that it still goes on, both in milliseconds.
    struct Pace {
        var factor: Double
        var long: Int
        var short: Int

        var text: String { PromQLText.number(factor) }
    }

    private static let windows = [5, 30, 60, 120, 360, 1440, 4320].map { $0 * minute }

    /// The paces at which an error budget must not burn.
    ///
    /// Where the budget is large, a pace can be so fast that not even a total failure reaches it. A pace is therefore at
    /// most a given part of the way from the pace that uses up the budget in time to that of a total failure. That matters
    /// for objectives below 94.4 %.
    struct Paces {
        let fast: [Pace]
        let slow: [Pace]

        init(budget: Double) {
            func pace(_ factor: Double, _ part: Double, _ long: Int, _ short: Int) -> Pace {
                let highest = ((1 + (1 / budget - 1) * part) * 100).rounded() / 100
                return Pace(factor: min(factor, highest), long: long * minute, short: short * minute)
            }
            fast = [pace(14.4, 0.8, 60, 5), pace(6, 0.6, 360, 30)]
            slow = [pace(3, 0.4, 1440, 120), Pace(factor: 1, long: 4320 * minute, short: 360 * minute)]
        }
    }

    let alert: AlertDeclaration
    let objective: ObjectiveDeclaration
    let target: MetricTarget
    /// The contract's name, which keeps its series apart from those of other contracts in one Prometheus.
    let contract: String
    /// That of the alert on a budget that burns slowly.
    let lessUrgentSeverity: String

    struct Outcome {
        var recordings: [RecordingRule]
        /// The names' endings, expressions, times to hold and severities.
        var alerts: [(suffix: String, expression: String, holdsFor: Int, severity: String, tests: [AlertTest])]
        var objective: CompiledObjective
    }

    func compile(diagnostics: inout Diagnostics) -> Outcome? {
        let percent = objective.percent
        let budget = ((100 - percent.value) * 1e9).rounded() / 1e11
        guard budget > 0, budget <= 0.5 else {
            diagnostics.error(
                .neverMatches, at: percent.location,
                "invalid objective of \(PromQLText.number(percent.value)) %: "
                    + (budget > 0 ? "its error budget is more than half of all events" : "it leaves no error budget"),
                hint: "expected a number from 50 to less than 100, such as 99.9")
            return nil
        }
        guard let badShare = badShare(diagnostics: &diagnostics), isSeen(diagnostics: &diagnostics) else { return nil }
        let paces = Paces(budget: budget)
        let objectiveName = "slo:\(Self.snakeCase(contract)):\(Self.snakeCase(alert.name.value)):"
        let (stem, events) = (objectiveName + "error_ratio_rate", objectiveName + "events_increase")
        var recordings = Self.windows.map(PromQLText.duration).map {
            RecordingRule(name: stem + $0, expression: badShare($0), labels: target.grouping)
        }
        if target.minimumEvents != nil {
            recordings += (paces.fast + paces.slow).map { PromQLText.duration($0.long) }.map {
                RecordingRule(name: events + $0, expression: target.count(over: $0), labels: target.grouping)
            }
        }
        func expression(_ paces: [Pace]) -> String {
            paces.map { pace in
                let limit = "(\(PromQLText.number(pace.factor)) * \(PromQLText.number(budget)))"
                let (long, short) = (PromQLText.duration(pace.long), PromQLText.duration(pace.short))
                let enough = target.minimumEvents.map { " and \(events)\(long) >= \($0)" } ?? ""
                return "(\(stem)\(long) > \(limit) and \(stem)\(short) > \(limit)\(enough))"
            }.joined(separator: " or ")
        }
        let rules = [
            ("FastBurn", paces.fast, 2, alert.severity.value), ("SlowBurn", paces.slow, 15, lessUrgentSeverity),
        ]
        return Outcome(
            recordings: recordings,
            alerts: rules.map { suffix, paces, minutes, severity in
                let holdsFor = minutes * Self.minute
                return (suffix, expression(paces), holdsFor, severity, tests(of: paces, holdsFor, budget: budget))
            },
            objective: CompiledObjective(
                name: alert.name.value, budget: budget, urgentBurnRate: paces.fast[0].factor,
                hourlyRatio: stem + "1h", grouping: target.grouping,
                hourlyRatioOfTopic: ratiosOfTopics(recorded: stem + "1h", diagnostics: &diagnostics)))
    }

    /// What was recorded, where it is of one topic or keeps topics apart; else the query of each topic's own share.
    private func ratiosOfTopics(recorded: String, diagnostics: inout Diagnostics) -> [String: String] {
        let topicLabel = target.family.labels.first { label in
            if case .dimension(.topic)? = label.origin { true } else { false }
        }
        guard let topicLabel, let topics = target.metrics.labelType(topicLabel)?.values.map(\.text) else { return [:] }
        if let selected = (target.scope + target.matching).first(where: { $0.0 == topicLabel.name }) {
            return [selected.1: recorded]
        }
        return topics.reduce(into: [:]) { ratios, topic in
            let matcher = (topicLabel.name, topic)
            if target.grouping.contains(topicLabel.name) {
                ratios[topic] = PromQLText.selector(recorded, [matcher])
            } else {
                let narrowed = ObjectiveCompiler(
                    alert: alert, objective: objective, target: target.within(matcher), contract: contract,
                    lessUrgentSeverity: lessUrgentSeverity)
                ratios[topic] = narrowed.badShare(diagnostics: &diagnostics).map { "(\($0("1h")))" }
            }
        }
    }

    /// The share of bad events over a window.
    private func badShare(diagnostics: inout Diagnostics) -> ((String) -> String)? {
        if target.family.kind == .counter {
            guard !target.matching.isEmpty, objective.goodUpTo == nil else {
                diagnostics.error(
                    .alertIntent, at: objective.selection.family.location,
                    "an objective on a counter says with 'where' which events are bad, and has no 'good_up_to'",
                    hint: "add 'where:', such as {status: error}")
                return nil
            }
            guard target.canTellErrors(objective.selection, diagnostics: &diagnostics) else { return nil }
            return { target.errorRatio(over: $0) }
        }
        guard let bound = objective.goodUpTo, target.family.buckets.contains(bound.value) else {
            diagnostics.error(
                .alertIntent, at: objective.goodUpTo?.location ?? objective.selection.family.location,
                "an objective on a histogram says with 'good_up_to' which of its buckets is the last good one",
                hint: "one of: " + target.family.buckets.map(PromQLText.number).joined(separator: ", "))
            return nil
        }
        let all = PromQLText.selector(target.family.name + "_bucket", target.scope + target.matching + [("le", "+Inf")])
        let bucket = goodBuckets(upTo: bound.value)
        return { window in
            let goodRate = PromQLText.sum("rate(\(bucket)[\(window)])", by: target.grouping)
            return "1 - \(goodRate) / \(PromQLText.sum("rate(\(all)[\(window)])", by: target.grouping))"
        }
    }

    /// OpenMetrics writes the bound as `1.0` and the older format as `1`.
    private func goodBuckets(upTo bound: Double) -> String {
        let text = NumberText.bound(bound)
        let isWhole = text != NumberText.canonical(bound)
        let matcher = isWhole ? "le=~\"\(text)(\\\\.0)?\"" : "le=\"\(text)\""
        let others = (target.scope + target.matching).map { "\($0)=\(PromQLText.string($1))" }
        return "\(target.family.name)_bucket{" + (others + [matcher]).joined(separator: ",") + "}"
    }

    private func tests(of paces: [Pace], _ holdsFor: Int, budget: Double) -> [AlertTest] {
        let tests = ObjectiveTests(
            target: target, budget: budget, keepsFiringFor: alert.keepsFiringFor?.value ?? 0
        ) { series, traffic in
            target.family.kind == .histogram
                ? series.observations(upTo: objective.goodUpTo?.value ?? 0, traffic) : series.events(traffic)
        }
        let lowest = paces.map(\.factor).min()
        return paces.flatMap { tests.tests(of: $0, holdsFor: holdsFor, alone: $0.factor == lowest) }
    }

    /// Each window must hold two scrapes, of which the shortest is the first to lack one.
    private func isSeen(diagnostics: inout Diagnostics) -> Bool {
        let interval = target.metrics.scrapeInterval
        guard let shortest = Self.windows.first, shortest < 2 * interval else { return true }
        diagnostics.error(
            .rangeTooShort, at: objective.selection.family.location,
            "an objective looks at the last \(PromQLText.duration(shortest)), which is shorter than two scrapes, "
                + "\(PromQLText.duration(interval)) apart",
            hint: "expected a scrape_interval of at most \(PromQLText.duration(shortest / 2))")
        return false
    }

    // MARK: Names

    /// `TDADelivery` is `tda_delivery`.
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
