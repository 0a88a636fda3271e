import ContractModel

/// The value of an alert, as far as texts can be wrong about it.
package struct AlertValue: Sendable {
    var unit: ValueUnit?
    /// The only value that the alert can have.
    var constant: Double?

    init(_ values: ResultValues) {
        if values.range.isExact, values.range.low.isFinite { constant = values.range.low }
        if values.isShare {
            unit = .ratio
        } else if values.quantity.isMoment {
            unit = .moment
        } else if values.quantity == .age {
            unit = .seconds
        } else {
            // A state of 0 or 1 is often averaged or added, and can be read in several ways.
            unit = values.unit ?? (values.isWhole && values.range.high > 1 ? .count : nil)
        }
    }

    /// Returns the findings of a use of the value in a template.
    ///
    /// - Parameters:
    ///   - function: The function that formats the value; `nil` if it is written as it is.
    ///   - text: The template.
    func findings(of use: TemplateAnalysis.ValueUse, in text: String) -> [Finding] {
        guard let (message, hint) = mistake(of: use, followedBy: WordAfterValue(use, in: text)) else { return [] }
        return [Finding(.templateValue, use.range, message, hint: hint)]
    }

    private func mistake(
        of use: TemplateAnalysis.ValueUse, followedBy next: WordAfterValue?
    ) -> (message: String, hint: String)? {
        if let constant {
            return (
                "the value is always \(PromQLLiteral.text(of: constant)), by the expression of the alert",
                "leave it out, or describe the condition in words"
            )
        }
        if let function = use.function, let next, next.repeats(function) {
            return ("'\(next.text)' follows '\(function)', which writes the unit itself", "remove '\(next.text)'")
        }
        guard let unit else { return nil }
        switch use.function {
        case "humanizePercentage", "humanizeDuration", "humanizeTimestamp", "humanize1024":
            guard let function = use.function, !unit.functions.contains(function) else { return nil }
            return (
                "'\(function)' formats another unit: the value is \(unit.described)", unit.hint
            )
        case nil, "humanize", "printf":
            guard let next, next.contradicts(unit, isPlain: use.function != "humanize") else { return nil }
            return ("\(next.described) follows the value, which is \(unit.described)", unit.hint)
        default: return nil
        }
    }
}

/// The unit of an alert's value.
enum ValueUnit {
    case seconds, bytes
    case ratio
    /// A ratio times 100.
    case percent
    case moment
    /// A number of things or events.
    case count
    /// A number of events in each second.
    case frequency
    /// A measured quantity, such as a temperature.
    case measure

    /// A noun for messages.
    var described: String {
        switch self {
        case .seconds: "in seconds"
        case .bytes: "in bytes"
        case .ratio: "a ratio between 0 and 1"
        case .percent: "a percentage already"
        case .moment: "a moment in seconds since 1970"
        case .count: "a number of things"
        case .frequency: "a number of events per second"
        case .measure: "a measured quantity"
        }
    }

    /// The functions that format such a value, of those for one unit.
    var functions: Set<String> {
        switch self {
        case .seconds: ["humanizeDuration"]
        case .bytes, .count, .frequency: ["humanize1024"]
        case .ratio: ["humanizePercentage"]
        case .moment: ["humanizeTimestamp"]
        case .percent, .measure: []
        }
    }

    var hint: String {
        switch self {
        case .seconds: "use {{ $value | humanizeDuration }}, which writes the unit"
        case .bytes: "use {{ $value | humanize1024 }}B"
        case .ratio: "use {{ $value | humanizePercentage }}, which writes the sign"
        case .percent: #"use {{ $value | printf "%.1f" }}%"#
        case .moment: "use humanizeTimestamp"
        case .count, .frequency, .measure: "use humanize"
        }
    }
}
