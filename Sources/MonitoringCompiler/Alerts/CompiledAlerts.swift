package import ContractModel
import MetricsCompiler
package import PromQL

/// The alerting and recording rules of a contract.
package struct CompiledAlerts: Sendable {
    package var group: String
    /// Prometheus evaluates them before the alerts, which query the recorded series.
    package var recordings: [RecordingRule]
    package var alerts: [CompiledAlert]
    package var objectives: [CompiledObjective]
}

/// A rule that records the result of an expression as series.
package struct RecordingRule: Equatable, Sendable {
    package var name: String
    package var expression: Expression
    package var labels: [String]
    /// Whether it is a ratio of bad events to all events; otherwise it is their number.
    package var isRatio: Bool
}

/// An alerting rule.
package struct CompiledAlert: Sendable {
    package var name: String
    package var expression: RuleExpression
    /// The `for` of the rule.
    package var holdsFor: Duration
    /// The `keep_firing_for` of the rule.
    package var keepsFiringFor: Duration
    package var labels: [NamedText]
    package var annotations: [NamedText]
    /// The tests in which it must fire or must not fire.
    package var tests: [AlertTest]
    /// The place of the declaration in the manifest.
    package var location: SourceLocation
    package var holdLocation: SourceLocation
    /// The place of the limit of an intent, or of its metric; the place of the declaration for an expression.
    package var conditionLocation: SourceLocation
    /// The expression in the manifest; `nil` if it was generated from an intent.
    package var source: Located<String>?
    package var condition: AlertCondition
    /// The burn rates of an alert of an objective.
    package var burnRates: [BurnRate] = []
    package var origin: Origin
    /// The tests in the manifest, with their places.
    package var declaredTests: [AlertTestDeclaration] = []

    /// The label with the name of the contract, which every alert has. Alertmanager treats alerts with equal labels as
    /// one, and other contracts may have alerts of the same name.
    package static let contractLabel = "contract"

    /// The source of a rule in the manifest.
    package enum Origin: Hashable, Sendable {
        /// A declared alert.
        case declared
        case objective(String)
        /// `producer_alerts: true`.
        case producer
    }
}

/// A burn rate of an error budget above which an alert fires, if it is exceeded over both a long and a short window.
package struct BurnRate: Sendable {
    package var factor: Double
    package var long: Duration
    package var short: Duration

    var text: String { PromQLText.number(factor) }
}

/// A label or an annotation of a rule.
package struct NamedText: Hashable, Sendable {
    package var name: String
    package var text: String
    package var location: SourceLocation

    package init(_ name: String, _ text: String, at location: SourceLocation) {
        self.name = name
        self.text = text
        self.location = location
    }
}

/// A test of an alert: input series, and the times at which the alert must fire or must not fire.
package struct AlertTest: Hashable, Sendable {
    package struct Series: Hashable, Sendable {
        /// Returns a selector such as `name{label="value"}`.
        package var name: String
        /// In promtool's notation: `0+60x10`.
        package var values: String
    }

    package struct Label: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// The expectation that the alert fires, or does not fire, at a time.
    package struct Expectation: Hashable, Sendable {
        package var time: Duration
        package var fires: Bool
    }

    /// A description of the series, for the name of the test.
    package var note: String?
    /// The time between two samples.
    package var interval: Duration
    /// The time between two evaluations of the rules.
    package var evaluationInterval = AlertTest.evaluationInterval
    /// Sorted by time.
    package var expectations: [Expectation]
    package var series: [Series]
    /// The labels of the series that the firing alert must have.
    package var labels: [Label] = []

    /// Whether the alert must fire at any time.
    package var fires: Bool { expectations.contains(where: \.fires) }
    package var length: Duration { expectations.last?.time ?? .zero }
}

extension AlertTest {
    /// The time between two evaluations of rules with short ranges.
    package static let evaluationInterval = Duration.minute
    /// The times between two evaluations of rules with ranges of minutes, hours and days.
    package static let evaluationIntervals = [evaluationInterval, evaluationInterval * 15, evaluationInterval * 120]

    /// - Parameter pendingUntil: The last evaluation at which the alert must still be pending.
    init(
        fires: Bool, note: String?, interval: Duration, time: Duration, pendingUntil: Duration? = nil, series: [Series]
    ) {
        self.init(
            note: note, interval: interval,
            expectations: (pendingUntil.map { [Expectation(time: $0, fires: false)] } ?? [])
                + [Expectation(time: time, fires: fires)],
            series: series)
    }

    /// Returns the evaluation that a test in the manifest checks: 10 minutes after the alert could first fire.
    static func writtenEvaluation(holdsFor: Duration) -> Duration {
        holdsFor.roundedUp(to: evaluationInterval) + evaluationInterval * 10
    }

    /// Returns the last evaluation before a time; `nil` if there is none.
    static func lastEvaluation(before time: Duration) -> Duration? {
        time > .zero ? time.roundedUp(to: evaluationInterval) - evaluationInterval : nil
    }
}

/// A service level objective with recorded error ratios.
package struct CompiledObjective: Equatable, Sendable {
    package var name: String
    /// The allowed ratio of bad events: 0.001 for 99.9 %.
    package var budget: Double
    /// The burn rate over an hour above which the alert on a fast burn fires.
    package var urgentBurnRate: Double
    /// The recorded series of the error ratio of the last hour.
    package var hourlyRatio: String
    package var grouping: [String]
    /// The expression of the error ratio of the last hour for each topic of the objective.
    package var hourlyRatioOfTopic: [String: Expression]
}
