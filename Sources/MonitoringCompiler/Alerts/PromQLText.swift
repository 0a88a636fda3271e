/// Writes PromQL, and what stands beside it, from parts.
package enum PromQLText {
    /// `name{label="value"}`.
    package static func selector(_ name: String, _ matching: [(String, String)]) -> String {
        guard !matching.isEmpty else { return name }
        return name + "{" + matching.map { "\($0)=\(string($1))" }.joined(separator: ",") + "}"
    }

    /// A double-quoted string (Go's escapes, which PromQL has).
    package static func string(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// `sum by (topic) (…)`; `sum(…)` where nothing is kept apart.
    package static func sum(_ expression: String, by grouping: [String]) -> String {
        grouping.isEmpty ? "sum(\(expression))" : "sum by (\(grouping.joined(separator: ", "))) (\(expression))"
    }

    /// `min by (topic) (…)`.
    package static func min(_ expression: String, by grouping: [String]) -> String {
        grouping.isEmpty ? "min(\(expression))" : "min by (\(grouping.joined(separator: ", "))) (\(expression))"
    }

    /// The shortest text of a number.
    package static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value), abs(value) < 1e15 { return String(whole) }
        return "\(value)"
    }

    /// A length of time in its largest whole units: `1h30m` (Prometheus's durations).
    package static func duration(_ milliseconds: Int) -> String {
        guard milliseconds > 0 else { return "0s" }
        let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)]
        var rest = milliseconds
        var text = ""
        for (unit, length) in units where rest >= length {
            text += "\(rest / length)\(unit)"
            rest %= length
        }
        return text
    }
}
