import ContractModel
import MetricsCompiler

/// Checks the names of alerts: their characters and collisions.
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
        let isValid =
            !name.value.isEmpty && name.value.first?.isNumber == false
            && name.value.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            }
        if !isValid {
            diagnostics.error(
                .alertName, at: name.location, "invalid alert name '\(name.value)'",
                hint: "expected ASCII letters, digits and '_', such as KafkaProducerErrors")
        }
    }

    /// Reports collisions with the generated names of objectives and of the producer's alerts. The declared names are
    /// unique.
    private func checkCollisions(diagnostics: inout Diagnostics) {
        let namesakes = Dictionary(grouping: alerts, by: \.name)
        for alert in alerts {
            guard let same = namesakes[alert.name], same.count > 1 else { continue }
            // Report each collision once, at the name that is easiest to change.
            let ranked = same.sorted { $0.origin.rank < $1.origin.rank }
            guard let first = ranked.first, first.origin == alert.origin, let other = ranked.last else { continue }
            diagnostics.error(
                .alertName, at: alert.location, "duplicate alert '\(alert.name)'",
                hint: hint(other.origin))
        }
    }

    private func hint(_ other: CompiledAlert.Origin) -> String {
        switch other {
        case .declared: "rename one of them"
        case .objective(let name):
            "the alerts of the objective '\(name)' end in FastBurn and SlowBurn; rename one of them"
        case .producer:
            "'producer_alerts' adds the other one; rename this one, or remove it if it is equivalent"
        }
    }

    /// Reports objectives that record series of the same name.
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
    /// Alerts of a lower rank are easier to rename.
    fileprivate var rank: Int {
        switch self {
        case .declared: 0
        case .objective: 1
        case .producer: 2
        }
    }
}
