/// What wakes people up: the manifest's section `alerts`.
package struct AlertsDeclaration: Sendable {
    /// The name of the rules' group.
    package var group: Located<String>
    /// Whether the alerts are added that any producer should have.
    package var addsProducerAlerts: Located<Bool>
    /// The severities that alerts may have, from the most urgent to the least; empty where any text is allowed.
    package var severities: [Located<String>]
    package var rules: [AlertDeclaration]

    package init(
        group: Located<String>, addsProducerAlerts: Located<Bool>, severities: [Located<String>],
        rules: [AlertDeclaration]
    ) {
        self.group = group
        self.addsProducerAlerts = addsProducerAlerts
        self.severities = severities
        self.rules = rules
    }

    private static let usualSeverities = ["critical", "warning", "info"]

    /// Those of the manifest, or the usual ones.
    private var ranked: [String] { severities.isEmpty ? Self.usualSeverities : severities.map(\.value) }

    /// The severity of generated alerts that somebody must act on at once.
    package var urgentSeverity: String { ranked[0] }
    /// The severity of generated alerts that can wait for some hours.
    package var lessUrgentSeverity: String { severity(after: ranked[0]) }

    /// The next less urgent severity; the same where there is none, or where it is not one of the known.
    package func severity(after severity: String) -> String {
        guard let index = ranked.firstIndex(of: severity), index + 1 < ranked.count else { return severity }
        return ranked[index + 1]
    }
}

/// An alert, as the manifest declares it.
package struct AlertDeclaration: Sendable {
    package var name: Located<String>
    package var condition: AlertCondition
    /// How long the condition must hold, in milliseconds; `nil` leaves it to the condition.
    package var holdsFor: Located<Int>?
    /// How long the alert keeps firing once the condition no longer holds, in milliseconds.
    package var keepsFiringFor: Located<Int>?
    package var severity: Located<String>
    package var labels: [LabelText]
    package var summary: Located<String>
    package var description: Located<String>?
    package var runbook: Located<String>?
    /// What a test feeds the rule; needed where no test can be derived from the condition.
    package var tests: [AlertTestDeclaration]
    /// Rules that this alert is excused from.
    package var allowed: Allowances

    package init(
        name: Located<String>, condition: AlertCondition, holdsFor: Located<Int>?, keepsFiringFor: Located<Int>?,
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

/// A name and a text, both as the manifest has them.
package struct LabelText: Sendable {
    package var name: Located<String>
    package var text: Located<String>

    package init(name: Located<String>, text: Located<String>) {
        self.name = name
        self.text = text
    }
}

/// When an alert fires.
package enum AlertCondition: Sendable {
    /// PromQL as it stands.
    case expression(Located<String>)
    /// A quantile of a histogram lies above a value.
    case quantileAbove(MetricSelection, quantile: Located<Double>, value: Located<Double>)
    /// The selected part of a counter's increase lies above a share of all of it.
    case errorRatioAbove(MetricSelection, value: Located<Double>)
    /// A counter grows faster than so much a second.
    case rateAbove(MetricSelection, value: Located<Double>)
    /// A gauge lies above a value.
    case above(MetricSelection, value: Located<Double>)
    /// A gauge has a value.
    case equals(MetricSelection, value: Located<Double>)
    /// A counter has not grown.
    case silent(MetricSelection)
    /// There are no series.
    case absent(MetricSelection)
    /// The error budget of an objective burns too fast.
    case objective(ObjectiveDeclaration)
}

/// Which series a condition looks at, and how.
package struct MetricSelection: Sendable {
    package var family: Located<String>
    package var matching: [LabelText]
    /// Of a share: label values that bound both the selected series and all that there are.
    package var scope: [LabelText]
    /// The labels that are kept apart.
    package var grouping: [Located<String>]
    /// The range looked at, in milliseconds; `nil` leaves it to the condition.
    package var window: Located<Int>?
    /// Of a share or a quantile: the events that there must be in the range for it to mean anything.
    package var minimumEvents: Located<Int>?

    package init(
        family: Located<String>, matching: [LabelText], scope: [LabelText], grouping: [Located<String>],
        window: Located<Int>?, minimumEvents: Located<Int>?
    ) {
        self.family = family
        self.matching = matching
        self.scope = scope
        self.grouping = grouping
        self.window = window
        self.minimumEvents = minimumEvents
    }
}

/// A service level objective: the share of events that must be good.
package struct ObjectiveDeclaration: Sendable {
    /// A counter of which the selected series are the bad events, or a histogram.
    package var selection: MetricSelection
    /// Of a histogram: the bound up to which an observation is good.
    package var goodUpTo: Located<Double>?
    /// In percent, below 100.
    package var percent: Located<Double>

    package init(selection: MetricSelection, goodUpTo: Located<Double>?, percent: Located<Double>) {
        self.selection = selection
        self.goodUpTo = goodUpTo
        self.percent = percent
    }
}

/// Series that a test feeds a rule, and whether it must fire.
package struct AlertTestDeclaration: Sendable {
    package var fires: Located<Bool>
    /// Series in promtool's notation, with their values.
    package var series: [LabelText]

    package init(fires: Located<Bool>, series: [LabelText]) {
        self.fires = fires
        self.series = series
    }
}
