import ContractModel
import JSONTape
import SchemaCompiler

/// A check that compares the limits of whole numbers which are filled with the time.
enum MomentLimits {
    private static let millisecondsOfDay = 86_400_000.0
    /// The years in which a contract is surely used.
    private static let years = 10
    /// The day of which the present is later, where it is unknown.
    private static let pastDay = 20_000

    /// Reports a whole number that is filled with the time, and whose schema does not accept it now or in some years.
    static func check(_ rule: CompiledEnvelopeRule, diagnostics: inout Diagnostics) {
        guard rule.pattern.parts.contains(where: { if case .nowMilliseconds = $0 { true } else { false } }),
            let property = rule.property.properties.last, rule.property.type.isInteger
        else { return }
        let today = diagnostics.today?.daysSince1970 ?? pastDay
        let now = Double(today) * millisecondsOfDay
        let later = now + Double(years) * 365.25 * millisecondsOfDay
        func report(_ severity: Diagnostic.Severity, _ text: String) {
            diagnostics.append(
                Diagnostic(
                    severity, .impossiblePattern, at: rule.pattern.location,
                    "{now.ms} writes the milliseconds since 1970, which \(text) of '\(rule.property.pointer)'",
                    hint: "correct the limit, or fill another property"))
        }
        if let most = property.most, most < now {
            report(.error, "have exceeded the limit \(text(most))")
        } else if let most = property.most, most < later,
            let day = CalendarDate(daysSince1970: Int(most / millisecondsOfDay))
        {
            report(.warning, "exceed, after \(day), the limit \(text(most))")
        } else if let least = property.least, least > now {
            report(.error, "are less than the limit \(text(least))")
        }
    }

    /// Returns a limit as schemas state it, without an exponent where it is a whole number.
    private static func text(_ limit: Double) -> String { Int64(exactly: limit).map(String.init) ?? "\(limit)" }
}

extension SwiftType {
    fileprivate var isInteger: Bool {
        switch self {
        case .integer: true
        case .optional(let inner), .nullable(let inner): inner.isInteger
        default: false
        }
    }
}
