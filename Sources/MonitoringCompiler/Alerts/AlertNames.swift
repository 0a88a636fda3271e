import ContractModel
import MetricsCompiler

/// Holds the names of a contract's alerts against what is allowed, and against each other.
struct AlertNames {
    let alerts: [CompiledAlert]
    let objectives: [CompiledObjective]
    let declaration: AlertsDeclaration

    func check(diagnostics: inout Diagnostics) {
        for alert in declaration.rules { checkLetters(alert.name, diagnostics: &diagnostics) }
        checkCollisions(diagnostics: &diagnostics)
        checkRecordings(diagnostics: &diagnostics)
    }

    private func checkLetters(_ name: Located<String>, diagnostics: inout Diagnostics) {
        let isSound =
            !name.value.isEmpty && name.value.first?.isNumber == false
            && name.value.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            }
        if !isSound {
            diagnostics.error(
                .alertName, at: name.location, "'\(name.value)' can't be the name of an alert",
                hint: "expected ASCII letters, digits and '_', such as KafkaProducerErrors")
        }
    }

    /// The manifest's own names differ; those that objectives and the producer's alerts become may not.
    private func checkCollisions(diagnostics: inout Diagnostics) {
        let namesakes = Dictionary(grouping: alerts, by: \.name)
        for alert in alerts {
            guard let same = namesakes[alert.name], same.count > 1 else { continue }
            // Told once, where the manifest's own words can be changed.
            let ranked = same.sorted { $0.origin.rank < $1.origin.rank }
            guard let told = ranked.first, told.origin == alert.origin, let other = ranked.last else { continue }
            diagnostics.error(
                .alertName, at: alert.location, "there are two alerts called '\(alert.name)'",
                hint: hint(other.origin))
        }
    }

    private func hint(_ other: CompiledAlert.Origin) -> String {
        switch other {
        case .declared: "rename one of them"
        case .objective(let name):
            "the objective '\(name)' becomes alerts that end in FastBurn and SlowBurn; rename one of them"
        case .producer:
            "the other is of those that 'producer_alerts' adds; rename this one, or take it out if it means the same"
        }
    }

    /// Two objectives may have names that become one in the series that they record.
    private func checkRecordings(diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for objective in objectives {
            guard let other = seen.updateValue(objective.name, forKey: objective.hourlyRatio) else { continue }
            guard let rule = declaration.rules.first(where: { $0.name.value == objective.name }) else { continue }
            diagnostics.error(
                .alertName, at: rule.name.location,
                "the objectives '\(objective.name)' and '\(other)' both record '\(objective.hourlyRatio)'",
                hint: "rename one of them")
        }
    }
}

extension CompiledAlert.Origin {
    /// The lower, the more simply a person gives it another name.
    fileprivate var rank: Int {
        switch self {
        case .declared: 0
        case .objective: 1
        case .producer: 2
        }
    }
}
