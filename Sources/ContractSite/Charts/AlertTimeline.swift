import ContractModel
import MonitoringCompiler
import PromQL

/// The states of an alert over the series of one of its tests, as Prometheus evaluates it. Alerts of other series, which a
/// test may have beside its own, do not count.
struct AlertTimeline {
    /// A period in one state, from its first evaluation to the first one in another state.
    struct Period {
        var state: AlertSimulation.State
        var start: Duration
        /// Of the last period, the evaluation after the test.
        var end: Duration
    }

    /// In the order of time, without the periods in which the alert is inactive.
    let periods: [Period]

    /// The most evaluations of a test, and all that a timeline has room for.
    private static let mostEvaluations = 3_000

    /// - Returns: `nil` for an expression that is not evaluated exactly as Prometheus evaluates it, and for a test that
    ///   does not hold in any version of Prometheus that is known.
    init?(_ alert: CompiledAlert, _ test: AlertTest, until end: Duration, recordings: [RecordingRule]) {
        let interval = test.evaluationInterval
        guard let expression = alert.expression.tree, interval > .zero, end / interval < Double(Self.mostEvaluations),
            // The values of labels with templates are unknown.
            !alert.labels.contains(where: { $0.text.contains("{{") })
        else { return nil }
        var series: [SampledSeries] = []
        for one in test.series {
            guard let sampled = Self.sampled(one, interval: test.interval) else { return nil }
            series.append(sampled)
        }
        let rules = Dictionary(recordings.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
        let simulation = AlertSimulation(
            Self.inlined(expression, rules), holdsFor: alert.holdsFor, keepsFiringFor: alert.keepsFiringFor,
            labels: Dictionary(alert.labels.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 }))
        // A label of the rule replaces that of a series.
        let selected = test.labels.filter { label in !alert.labels.contains { $0.name == label.name } }
        let labels = Dictionary(selected.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        for edition in Evaluator.Edition.allCases {
            let evaluator = Evaluator(series, evaluationInterval: interval, edition: edition)
            let states = try? simulation.states(of: labels, until: end, interval: interval, evaluator)
            guard let states, Self.hold(test.expectations, in: states, interval: interval) else { continue }
            periods = Self.periods(states, interval: interval)
            return
        }
        return nil
    }

    private static func hold(
        _ expectations: [AlertTest.Expectation], in states: [AlertSimulation.State], interval: Duration
    ) -> Bool {
        expectations.allSatisfy { expectation in
            // Times are products of floating-point numbers.
            let index = Int((expectation.time / interval + 1e-6).rounded(.down))
            return states.indices.contains(index) && (states[index] == .firing) == expectation.fires
        }
    }

    private static func sampled(_ series: AlertTest.Series, interval: Duration) -> SampledSeries? {
        var findings: [Finding] = []
        guard case .vectorSelector(let selector)? = Expression.parse(series.name, findings: &findings)?.node,
            let name = selector.name?.text, let values = try? SeriesValues(series.values)
        else { return nil }
        let labels = Dictionary(
            selector.matchers.map { ($0.label.text, $0.value.text) }, uniquingKeysWith: { first, _ in first })
        return SampledSeries(name: name, labels: labels, values: values, interval: interval)
    }

    /// Returns the expression with recorded series replaced by what they record. Rules are evaluated at the same times.
    private static func inlined(_ expression: Expression, _ rules: [String: Expression]) -> Expression {
        switch expression.node {
        case .vectorSelector(let selector):
            guard let rule = selector.name.flatMap({ rules[$0.text] }), selector.matchers.isEmpty,
                selector.time.offset == nil, selector.time.at == nil
            else { return expression }
            return Expression(.parenthesized(rule))
        case .parenthesized(let inner): return Expression(.parenthesized(inlined(inner, rules)))
        case .binary(var binary):
            binary.first = inlined(binary.first, rules)
            for index in binary.operations.indices {
                binary.operations[index].operand = inlined(binary.operations[index].operand, rules)
            }
            return Expression(.binary(binary))
        case .number, .string, .matrixSelector, .subquery, .unary, .aggregation, .call: return expression
        }
    }

    private static func periods(_ states: [AlertSimulation.State], interval: Duration) -> [Period] {
        var periods: [Period] = []
        for (index, state) in states.enumerated() {
            if periods.last?.state != state {
                periods.append(Period(state: state, start: interval * index, end: interval * index))
            }
            periods[periods.count - 1].end = interval * (index + 1)
        }
        return periods.filter { $0.state != .inactive }
    }
}
