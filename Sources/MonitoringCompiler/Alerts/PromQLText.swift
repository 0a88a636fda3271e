import ContractModel
import PromQL

/// PromQL for dashboards, whose variables are not part of PromQL, and values in messages.
package enum PromQLText {
    /// Returns a selector such as `name{label="value"}`.
    package static func selector(_ name: String, _ matching: [(String, String)]) -> String {
        guard !matching.isEmpty else { return name }
        return name + "{" + matching.map { "\($0)=\(string($1))" }.joined(separator: ",") + "}"
    }

    /// Returns a double-quoted string.
    package static func string(_ text: String) -> String { PromQLLiteral.quoted(text) }

    /// Returns `sum by (topic) (…)`; `sum(…)` without labels.
    package static func sum(_ expression: String, by grouping: [String]) -> String {
        grouping.isEmpty ? "sum(\(expression))" : "sum by (\(grouping.joined(separator: ", "))) (\(expression))"
    }

    /// Returns `min by (topic) (…)`.
    package static func min(_ expression: String, by grouping: [String]) -> String {
        grouping.isEmpty ? "min(\(expression))" : "min by (\(grouping.joined(separator: ", "))) (\(expression))"
    }

    /// Returns `max by (topic) (…)`.
    package static func max(_ expression: String, by grouping: [String]) -> String {
        grouping.isEmpty ? "max(\(expression))" : "max by (\(grouping.joined(separator: ", "))) (\(expression))"
    }

    /// Returns the shortest text of a number.
    package static func number(_ value: Double) -> String { PromQLLiteral.text(of: value) }

    /// Returns the shortest text of a duration: `1h30m`.
    package static func duration(_ duration: Duration) -> String { PrometheusDuration.text(of: duration) }
}
