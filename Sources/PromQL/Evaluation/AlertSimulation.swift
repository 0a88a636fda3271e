/// The evaluations of an alerting rule over the series of a test, as Prometheus evaluates them.
package struct AlertSimulation {
    /// The state of an alert at the end of a test.
    package struct Outcome {
        /// The labels of the firing alerts, without those that the rule adds.
        package var firing: [[String: String]] = []
        /// The labels of the alerts whose condition holds, but not yet for the time of `for`.
        package var pending: [[String: String]] = []
        /// The first evaluation at which the firing alerts fired.
        package var firesSince: Duration?
        /// The result of the expression.
        package var samples: [Evaluator.Sample] = []
    }

    private struct Alert {
        var labels: [String: String]
        var activeSince: Duration
        var firesSince: Duration?
        /// The evaluation since which it fires only because of `keep_firing_for`.
        var keptSince: Duration?
    }

    private let expression: Expression
    private let holdsFor: Duration
    private let keepsFiringFor: Duration
    /// The labels of the rule, which replace those of the series.
    private let labels: [String: String]

    package init(_ expression: Expression, holdsFor: Duration, keepsFiringFor: Duration, labels: [String: String]) {
        (self.expression, self.holdsFor, self.keepsFiringFor) = (expression, holdsFor, keepsFiringFor)
        self.labels = labels
    }

    /// The state of a rule: that of its most urgent alert.
    package enum State: Sendable {
        case inactive, pending, firing
    }

    /// Returns the states at all evaluations from the start of the series to a time.
    ///
    /// - Parameter selected: The labels of the alerts that count.
    package func states(
        of selected: [String: String], until end: Duration, interval: Duration, _ evaluator: Evaluator
    ) throws(EvaluationError) -> [State] {
        var evaluator = evaluator
        var alerts: [[String: String]: Alert] = [:]
        var states: [State] = []
        var time = Duration.zero
        while time <= end {
            try update(&alerts, with: try evaluator.value(of: expression, at: time).samples, at: time)
            let counted = alerts.values.filter { alert in selected.allSatisfy { alert.labels[$0.key] == $0.value } }
            let fires = counted.contains { $0.firesSince != nil }
            states.append(fires ? .firing : counted.isEmpty ? .inactive : .pending)
            time += interval
        }
        return states
    }

    /// Evaluates the rule from the start of the series to a time.
    package func outcome(
        at end: Duration, interval: Duration, _ evaluator: Evaluator
    ) throws(EvaluationError) -> Outcome {
        var evaluator = evaluator
        var alerts: [[String: String]: Alert] = [:]
        var samples: [Evaluator.Sample] = []
        var time = Duration.zero
        while time <= end {
            samples = try evaluator.value(of: expression, at: time).samples
            try update(&alerts, with: samples, at: time)
            time += interval
        }
        var outcome = Outcome(samples: samples)
        for alert in alerts.values.sorted(by: { $0.labels.description(of: nil) < $1.labels.description(of: nil) }) {
            guard let since = alert.firesSince else {
                outcome.pending.append(alert.labels)
                continue
            }
            outcome.firing.append(alert.labels)
            outcome.firesSince = min(outcome.firesSince ?? since, since)
        }
        return outcome
    }

    private func update(
        _ alerts: inout [[String: String]: Alert], with samples: [Evaluator.Sample], at time: Duration
    ) throws(EvaluationError) {
        var active: Set<[String: String]> = []
        for sample in samples {
            let own = sample.labels.withoutName
            let key = own.merging(labels) { $1 }
            guard active.insert(key).inserted else {
                throw .failed("vector contains metrics with the same labelset after applying alert labels")
            }
            if alerts[key] == nil { alerts[key] = Alert(labels: own, activeSince: time) }
        }
        for (key, var alert) in alerts {
            if active.contains(key) {
                alert.keptSince = nil
                if alert.firesSince == nil, time - alert.activeSince >= holdsFor { alert.firesSince = time }
            } else if alert.firesSince != nil, time - (alert.keptSince ?? time) < keepsFiringFor {
                alert.keptSince = alert.keptSince ?? time
            } else {
                alerts[key] = nil
                continue
            }
            alerts[key] = alert
        }
    }
}
