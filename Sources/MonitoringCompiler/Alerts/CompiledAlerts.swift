package import ContractModel
import MetricsCompiler

/// A contract's alert rules, as Prometheus evaluates them.
package struct CompiledAlerts: Sendable {
    package var group: String
    /// Evaluated before the alerts that query what they record.
    package var recordings: [RecordingRule]
    package var alerts: [CompiledAlert]
    package var objectives: [CompiledObjective]

    package init(
        group: String, recordings: [RecordingRule], alerts: [CompiledAlert], objectives: [CompiledObjective]
    ) {
        self.group = group
        self.recordings = recordings
        self.alerts = alerts
        self.objectives = objectives
    }
}

/// A rule that keeps the result of an expression as a series.
package struct RecordingRule: Hashable, Sendable {
    package var name: String
    package var expression: String
    package var labels: [String]
}

/// An alert rule with its condition as PromQL.
package struct CompiledAlert: Sendable {
    package var name: String
    package var expression: String
    /// In milliseconds.
    package var holdsFor: Int
    /// In milliseconds.
    package var keepsFiringFor: Int
    package var labels: [NamedText]
    package var annotations: [NamedText]
    /// What proves that it fires when it should, and only then.
    package var tests: [AlertTest]
    /// Where the manifest says so.
    package var location: SourceLocation
    package var holdLocation: SourceLocation
    /// The expression as the manifest has it; `nil` where it was made from an intent.
    package var source: Located<String>?
    package var origin: Origin
    /// The tests that the manifest has, with their places.
    package var declaredTests: [AlertTestDeclaration] = []

    /// The label of every alert that has the contract's name: Alertmanager takes alerts with the same labels for one, and
    /// another contract may have an alert of the same name.
    package static let contractLabel = "contract"

    /// What of the manifest it was made from.
    package enum Origin: Hashable, Sendable {
        /// A rule, as it stands.
        case declared
        case objective(String)
        /// `producer_alerts: true`.
        case producer
    }
}

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

/// Series that are fed to the rules, and when an alert must then fire, and when not.
package struct AlertTest: Hashable, Sendable {
    package struct Series: Hashable, Sendable {
        /// `name{label="value"}`.
        package var name: String
        /// In promtool's notation: `0+60x10`.
        package var values: String
    }

    package struct Label: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// Whether the alert must fire at a time, in milliseconds.
    package struct Look: Hashable, Sendable {
        package var time: Int
        package var fires: Bool
    }

    /// What the series are like, for who reads that a test has failed.
    package var note: String?
    /// Between two samples, in milliseconds.
    package var interval: Int
    /// Between two evaluations of the rules, in milliseconds.
    package var evaluationInterval = AlertTest.evaluationInterval
    /// By time.
    package var looks: [Look]
    package var series: [Series]
    /// Labels of the series that the alert must have kept.
    package var labels: [Label] = []

    /// Whether the alert fires at all.
    package var fires: Bool { looks.contains(where: \.fires) }
    /// In milliseconds.
    package var length: Int { looks.last?.time ?? 0 }
}

extension AlertTest {
    /// Between two evaluations of the rules, in milliseconds, where windows are short.
    package static let evaluationInterval = 60_000
    /// The same for windows of all lengths: over hours and days, rules are evaluated less often.
    package static let evaluationIntervals = [evaluationInterval, 15 * evaluationInterval, 120 * evaluationInterval]

    /// - Parameter pendingUntil: The last evaluation at which an alert that will fire must not do so yet: its condition
    ///   has held for less than `for`.
    init(fires: Bool, note: String?, interval: Int, time: Int, pendingUntil: Int? = nil, series: [Series]) {
        self.init(
            note: note, interval: interval,
            looks: (pendingUntil.map { [Look(time: $0, fires: false)] } ?? []) + [Look(time: time, fires: fires)],
            series: series)
    }

    /// The first evaluation that is no earlier than a time.
    static func evaluation(from time: Int) -> Int {
        (time + evaluationInterval - 1) / evaluationInterval * evaluationInterval
    }

    /// When the outcome of a test from the manifest is looked at: 10 minutes after the alert could first fire.
    static func writtenEvaluation(holdsFor: Int) -> Int {
        evaluation(from: holdsFor) + 10 * evaluationInterval
    }

    /// The last evaluation before a time, of which there is none before the first.
    static func lastEvaluation(before time: Int) -> Int? {
        time > 0 ? (time - 1) / evaluationInterval * evaluationInterval : nil
    }
}

/// An objective whose error budget is watched.
package struct CompiledObjective: Hashable, Sendable {
    package var name: String
    /// The share of bad events that is allowed: 0.001 for 99.9 %.
    package var budget: Double
    /// How many times faster than allowed the budget may burn over an hour before the alert on fast burning fires.
    package var urgentBurnRate: Double
    /// The series that has the share of bad events of the last hour.
    package var hourlyRatio: String
    package var grouping: [String]
    /// For each topic that the objective is about, alone or among others, the share of its bad events of the last hour.
    package var hourlyRatioOfTopic: [String: String]
}
