import ContractModel

/// The value of an alert, as far as texts can be wrong about it.
package struct AlertValue: Sendable {
    enum Unit: String {
        case seconds, bytes
        case ratio
        case moment

        /// A noun for messages.
        var described: String {
            switch self {
            case .seconds, .bytes: "in \(rawValue)"
            case .ratio: "a ratio between 0 and 1"
            case .moment: "a moment in seconds since 1970"
            }
        }

        /// The function that formats such a value.
        var function: String {
            switch self {
            case .seconds: "humanizeDuration"
            case .bytes: "humanize1024"
            case .ratio: "humanizePercentage"
            case .moment: "humanizeTimestamp"
            }
        }
    }

    var unit: Unit?
    /// The only value that the alert can have.
    var constant: Double?

    init(_ values: ResultValues) {
        if values.range.isExact, values.range.low.isFinite { constant = values.range.low }
        unit =
            values.isShare
            ? .ratio : values.quantity.isMoment ? .moment : values.quantity == .age ? .seconds : values.unit
    }

    /// Returns the findings of a use of the value in a template.
    ///
    /// - Parameters:
    ///   - function: The function that formats the value; `nil` if it is written as it is.
    ///   - text: The template.
    func findings(of use: TemplateAnalysis.ValueUse, in text: String) -> [Finding] {
        if let constant {
            return [
                Finding(
                    .templateValue, use.range,
                    "the value is always \(PromQLLiteral.text(of: constant)), by the expression of the alert",
                    hint: "leave it out, or describe the condition in words")
            ]
        }
        guard let unit else { return [] }
        switch use.function {
        case "humanizePercentage", "humanizeDuration", "humanizeTimestamp", "humanize1024":
            guard let function = use.function, function != unit.function else { return [] }
            return [
                Finding(
                    .templateValue, use.range, "'\(function)' formats another unit: the value is \(unit.described)",
                    hint: "use \(unit.function)")
            ]
        case nil, "humanize", "printf":
            guard unit == .ratio, Self.isPercent(after: use, in: text) else { return [] }
            return [
                Finding(
                    .templateValue, use.range,
                    "a percent sign follows the value, which is a ratio between 0 and 1",
                    hint: "use {{ $value | humanizePercentage }}, which writes the sign")
            ]
        default: return []
        }
    }

    /// Returns whether a percent sign follows the action of a use, or is in its format.
    private static func isPercent(after use: TemplateAnalysis.ValueUse, in text: String) -> Bool {
        if use.format?.contains("%%") == true { return true }
        let rest = text.utf8.dropFirst(use.range.upperBound)
        guard let action = Substring(rest).firstRange(of: "}}") else { return false }
        let following = Substring(rest)[action.upperBound...].drop { $0 == " " || $0 == "\u{A0}" }
        return following.hasPrefix("%") || following.hasPrefix("percent")
    }
}
