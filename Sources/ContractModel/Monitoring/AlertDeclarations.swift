/// The alerts of a contract: the section `alerts` of the manifest.
package struct AlertsDeclaration: Sendable {
    /// The name of the group of rules.
    package var group: Located<String>
    /// Whether the standard alerts of a producer are added.
    package var addsProducerAlerts: Located<Bool>
    /// The allowed severities, from the most to the least urgent; empty if any severity is allowed.
    package var severities: [Located<String>]
    package var rules: [AlertDeclaration]

    private static let defaultSeverities = ["critical", "warning", "info"]

    /// The severities of the manifest, or the default ones.
    private var ranked: [String] { severities.isEmpty ? Self.defaultSeverities : severities.map(\.value) }

    /// The severity of generated alerts that need immediate action.
    package var urgentSeverity: String { ranked[0] }
    /// The severity of generated alerts that may wait for some hours.
    package var lessUrgentSeverity: String { severity(after: ranked[0]) }

    /// Returns the place of a severity from the most to the least urgent; `nil` if it is unknown.
    package func rank(of severity: String) -> Int? { ranked.firstIndex(of: severity) }

    /// Returns the next less urgent severity; the same one if it is the last or unknown.
    package func severity(after severity: String) -> String {
        guard let index = ranked.firstIndex(of: severity), index + 1 < ranked.count else { return severity }
        return ranked[index + 1]
    }
}

/// The declaration of an alert in the manifest.
package struct AlertDeclaration: Sendable {
    package var name: Located<String>
    package var condition: AlertCondition
    /// The time for which the condition must hold before the alert fires; `nil` is the default of the condition.
    package var holdsFor: Located<Duration>?
    /// The time for which the alert keeps firing after the condition no longer holds.
    package var keepsFiringFor: Located<Duration>?
    package var severity: Located<String>
    package var labels: [LabelText]
    package var summary: Located<String>
    package var description: Located<String>?
    package var runbook: Located<String>?
    /// The tests in the manifest, for conditions without generated tests.
    package var tests: [AlertTestDeclaration]
    /// The rules that this alert may break.
    package var allowed: Allowances

    package init(
        name: Located<String>, condition: AlertCondition, holdsFor: Located<Duration>?,
        keepsFiringFor: Located<Duration>?,
        severity: Located<String>, labels: [LabelText], summary: Located<String>, description: Located<String>?,
        runbook: Located<String>?,
        tests: [AlertTestDeclaration], allowed: Allowances
    ) {
        self.name = name
        self.condition = condition
        self.holdsFor = holdsFor
        self.keepsFiringFor = keepsFiringFor
        self.severity = severity
        self.labels = labels
        self.summary = summary
        self.description = description
        self.runbook = runbook
        self.tests = tests
        self.allowed = allowed
    }
}

/// A name and a text with their places in the manifest.
package struct LabelText: Sendable {
    package var name: Located<String>
    package var text: Located<String>

    package init(name: Located<String>, text: Located<String>) {
        self.name = name
        self.text = text
    }
}

/// The condition of an alert.
package enum AlertCondition: Sendable {
    /// A PromQL expression.
    case expression(Located<String>)
    /// A quantile of a histogram is above a value.
    case quantileAbove(MetricSelection, quantile: Located<Double>, value: Located<Double>)
    /// The ratio of the selected events of a counter to all of its events is above a value.
    case errorRatioAbove(MetricSelection, value: Located<Double>)
    /// The rate of a counter, per second, is above a value.
    case rateAbove(MetricSelection, value: Located<Double>)
    /// A gauge is above a value.
    case above(MetricSelection, value: Located<Double>)
    /// A gauge equals a value.
    case equals(MetricSelection, value: Located<Double>)
    /// A counter has not grown.
    case silent(MetricSelection)
    /// No selected series exists.
    case absent(MetricSelection)
    /// The error budget of an objective burns too fast.
    case objective(ObjectiveDeclaration)
}

/// The series of a condition, and their range and grouping.
package struct MetricSelection: Sendable {
    package var family: Located<String>
    package var matching: [LabelText]
    /// Of a ratio: matchers of both the selected events and all events.
    package var scope: [LabelText]
    /// The labels by which the condition is grouped.
    package var grouping: [Located<String>]
    /// The range of the condition; `nil` is the default of the condition.
    package var window: Located<Duration>?
    /// Of a ratio or a quantile: the minimum number of events in the range.
    package var minimumEvents: Located<Int>?

    package init(
        family: Located<String>, matching: [LabelText], scope: [LabelText], grouping: [Located<String>],
        window: Located<Duration>?, minimumEvents: Located<Int>?
    ) {
        self.family = family
        self.matching = matching
        self.scope = scope
        self.grouping = grouping
        self.window = window
        self.minimumEvents = minimumEvents
    }
}

/// A service level objective: the ratio of events that must be good.
package struct ObjectiveDeclaration: Sendable {
    /// A counter whose selected series count the bad events, or a histogram.
    package var selection: MetricSelection
    /// Of a histogram: the maximum of a good observation.
    package var goodUpTo: Located<Double>?
    /// In percent, below 100.
    package var percent: Located<Double>
}

/// The input series of a test of an alert, and whether the alert must fire.
package struct AlertTestDeclaration: Sendable {
    package var fires: Located<Bool>
    /// Series in promtool's notation, with their values.
    package var series: [LabelText]

    package init(fires: Located<Bool>, series: [LabelText]) {
        self.fires = fires
        self.series = series
    }
}
