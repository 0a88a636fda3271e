import ContractModel
import MetricsCompiler
import PromQL

/// The series of an intent, and their range and grouping.
struct MetricTarget {
    let metrics: CompiledMetrics
    let family: CompiledFamily
    let matching: [(name: String, value: String)]
    /// The matchers of both the selected events and all events.
    let scope: [(name: String, value: String)]
    let grouping: [String]
    /// The range.
    let window: Duration
    /// The minimum number of events in the range.
    let minimumEvents: Int?

    var selector: Expression.VectorSelector { .init(family.name, scope + matching) }

    /// Returns the target with another matcher.
    func within(_ label: (name: String, value: String)) -> MetricTarget {
        MetricTarget(
            metrics: metrics, family: family, matching: matching, scope: scope + [label], grouping: grouping,
            window: window, minimumEvents: minimumEvents)
    }

    /// Returns another value of a label; `nil` if there is none.
    func otherValue(of name: String, than value: String) -> String? {
        guard let label = family.labels.first(where: { $0.name == name }) else { return nil }
        guard let type = metrics.labelType(label) else { return value + "-not" }
        return type.values.first { $0.text != value }?.text
    }

    /// Checks that each group may contain events that are not selected. Otherwise the ratio would always be 1.
    func distinguishesErrors(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Bool {
        if matching.contains(where: { !grouping.contains($0.0) && otherValue(of: $0.0, than: $0.1) != nil }) {
            warnOfScope(selection, diagnostics: &diagnostics)
            return true
        }
        let grouped = matching.map(\.0).filter(grouping.contains)
        diagnostics.error(
            .alertIntent, at: selection.grouping.first?.location ?? selection.family.location,
            "'where' selects all events of each group in 'by': the ratio is always 1",
            hint: grouped.isEmpty
                ? "select by a label with more values" : "remove \(grouped.joined(separator: " and ")) from 'by'")
        return false
    }

    /// Warns about `where: {topic: t, status: error}`, which probably means the errors among the events of the topic.
    private func warnOfScope(_ selection: MetricSelection, diagnostics: inout Diagnostics) {
        guard selection.matching.count > 1, let second = selection.matching.dropFirst().first else { return }
        diagnostics.warning(
            .alertIntent, at: second.name.location,
            "the ratio is to all events of \(family.name), with any "
                + selection.matching.map { "'\($0.name.value)'" }.joined(separator: " and "),
            hint: "move labels of both good and bad events from 'where' to 'within'")
    }

    /// The series of all events: a counter in scope, or the bucket of a histogram with all observations.
    private var allEvents: Expression.VectorSelector {
        family.kind == .histogram
            ? .init(family.name + "_bucket", scope + matching + [("le", "+Inf")]) : .init(family.name, scope)
    }

    /// Returns the number of all events over a window.
    func count(over window: Duration) -> Expression {
        .sum(.call(.increase, allEvents.range(window)), by: grouping)
    }

    /// Returns the sum of rates over a window.
    func rate(of selector: Expression.VectorSelector, over window: Duration, keeping labels: [String] = [])
        -> Expression
    {
        .sum(.call(.rate, selector.range(window)), by: labels + grouping)
    }

    /// Adds the condition that the range contains enough events.
    func withEnoughEvents(_ condition: Expression) -> Expression {
        guard let minimumEvents else { return condition }
        return .binary(
            condition, .and, .binary(count(over: window), .greaterOrEqual, .number(Double(minimumEvents))))
    }

    /// Returns the ratio of the selected events to all events.
    func errorRatio(over window: Duration) -> Expression {
        .binary(rate(of: selector, over: window), .divide, rate(of: .init(family.name, scope), over: window))
    }
}
