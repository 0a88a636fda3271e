import ContractModel
import MetricsCompiler

/// The series that an intent selects.
struct MetricTarget {
    let metrics: CompiledMetrics
    let family: CompiledFamily
    let matching: [(String, String)]
    /// What both the selected series and those that they are compared with have.
    let scope: [(String, String)]
    let grouping: [String]
    /// In milliseconds.
    let windowLength: Int
    /// The events that there must be in the range; `nil` where any number will do.
    let minimumEvents: Int?

    var window: String { PromQLText.duration(windowLength) }
    var selector: String { PromQLText.selector(family.name, scope + matching) }

    /// What of these series has a label value too.
    func within(_ label: (String, String)) -> MetricTarget {
        MetricTarget(
            metrics: metrics, family: family, matching: matching, scope: scope + [label], grouping: grouping,
            windowLength: windowLength, minimumEvents: minimumEvents)
    }

    /// Another value that a label can have; `nil` where there is none.
    func otherValue(of name: String, than value: String) -> String? {
        guard let label = family.labels.first(where: { $0.name == name }) else { return nil }
        guard let type = metrics.labelType(label) else { return value + "-not" }
        return type.values.first { $0.text != value }?.text
    }

    /// Whether there are others beside the selected events where the labels of `by` are kept apart: else all that there
    /// is would be selected, and its share always 1.
    func canTellErrors(_ selection: MetricSelection, diagnostics: inout Diagnostics) -> Bool {
        if matching.contains(where: { !grouping.contains($0.0) && otherValue(of: $0.0, than: $0.1) != nil }) {
            warnOfScope(selection, diagnostics: &diagnostics)
            return true
        }
        let apart = matching.map(\.0).filter(grouping.contains)
        diagnostics.error(
            .alertIntent, at: selection.grouping.first?.location ?? selection.family.location,
            "'where' selects all that there is for each value of 'by', so the share is always 1",
            hint: apart.isEmpty
                ? "select by a label that has more values" : "take \(apart.joined(separator: " and ")) out of 'by'")
        return false
    }

    /// Of `where: {topic: t, status: error}`, most mean the errors among what goes to the topic.
    private func warnOfScope(_ selection: MetricSelection, diagnostics: inout Diagnostics) {
        guard selection.matching.count > 1, let second = selection.matching.dropFirst().first else { return }
        diagnostics.warning(
            .alertIntent, at: second.name.location,
            "the share is of all that \(family.name) counts, whatever its "
                + selection.matching.map { "'\($0.name.value)'" }.joined(separator: " and "),
            hint: "under 'where', leave what makes an event bad; move what bounds all of them to 'within'")
    }

    /// The series of all events: a counter in scope, or the bucket of a histogram that has every observation.
    private var allEvents: String {
        family.kind == .histogram
            ? PromQLText.selector(family.name + "_bucket", scope + matching + [("le", "+Inf")])
            : PromQLText.selector(family.name, scope)
    }

    /// The number of all events over a window.
    func count(over window: String) -> String { PromQLText.sum("increase(\(allEvents)[\(window)])", by: grouping) }

    /// A condition that holds only where there are enough events in the range.
    func withEnoughEvents(_ condition: String) -> String {
        guard let minimumEvents else { return condition }
        return "\(condition) and \(count(over: window)) >= \(minimumEvents)"
    }

    /// The share of the selected events among all of them.
    func errorRatio(over window: String) -> String {
        let bad = PromQLText.sum("rate(\(selector)[\(window)])", by: grouping)
        let all = PromQLText.sum("rate(\(PromQLText.selector(family.name, scope))[\(window)])", by: grouping)
        return "\(bad) / \(all)"
    }
}
