import ContractEvolution
import SchemaRegistry

extension RegistryPlan {
    /// The plan for a person: a paragraph for each subject, and a summary.
    var text: String {
        (entries.flatMap(\.lines) + [summary]).joined(separator: "\n") + "\n"
    }

    private var summary: String {
        let current = entries.count(where: \.isUpToDate)
        let incompatible = entries.count { $0.verdict == .incompatible }
        return
            "\(entries.count) \(entries.count == 1 ? "schema" : "schemas"): \(entries.count - current) to register or "
            + "change, \(current) as in the contract" + (incompatible > 0 ? ", \(incompatible) incompatible" : "")
    }
}

extension RegistryPlan.Entry {
    fileprivate var lines: [String] {
        var lines = ["\(subject): \(heading)"]
        if currentLevel != level {
            lines.append("  ~ level: \(currentLevel?.rawValue ?? "unknown") -> \(level.rawValue)")
        }
        guard case .changed(let change) = state else { return lines }
        for found in change.report?.changes ?? [] {
            lines.append("  ~ " + found.line)
            lines += found.details.map { "    " + $0 }
        }
        if let unreadable = change.unreadable { lines.append("  * a registered version can't be read: \(unreadable)") }
        let verdict = change.verdict == .accepted ? "incompatible, as accepted," : change.verdict.rawValue
        lines.append("  * \(verdict) with \(change.versionList); \(change.registryAnswer)")
        return lines
    }

    private var heading: String {
        switch state {
        case .missing: "missing; register the schema of \(message)"
        case .registered(let version, let id):
            "as in the contract (" + (version.map { "version \($0), " } ?? "") + "id \(id))"
        case .changed: "changed; register a new version of \(message)"
        }
    }
}

extension RegistryPlan.Change {
    fileprivate var versionList: String {
        guard comparedWith.count > 1, let first = comparedWith.first, let last = comparedWith.last else {
            return "version " + (comparedWith.first.map(String.init) ?? "unknown")
        }
        return "versions \(first) to \(last)"
    }

    var registryAnswer: String {
        guard !registry.isCompatible else { return "the registry says compatible" }
        let reasons = registry.messages.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        return "the registry says incompatible" + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
    }
}

/// The result of applying a plan.
struct RegistryReport: Sendable {
    enum Outcome: Sendable {
        case registered(RegisteredSchema)
        case levelSet(RegistryLevel)
        case refused(String)
        case failed(SchemaRegistryError)
    }

    var outcomes: [(subject: String, outcome: Outcome)] = []

    /// Whether all of the plan was applied.
    var isComplete: Bool {
        outcomes.allSatisfy { _, outcome in
            switch outcome {
            case .registered, .levelSet: true
            case .refused, .failed: false
            }
        }
    }

    /// The report for a person: a line for each change.
    var text: String {
        guard !outcomes.isEmpty else { return "nothing to do: all schemas are as in the contract\n" }
        return outcomes.map { subject, outcome in
            switch outcome {
            case .registered(let schema):
                "done:    \(subject): registered" + (schema.version.map { " version \($0)," } ?? "")
                    + " id \(schema.id)"
            case .levelSet(let level): "done:    \(subject): level \(level.rawValue)"
            case .refused(let reason): "refused: \(subject): \(reason)"
            case .failed(let error): "failed:  \(subject): \(error)"
            }
        }.joined(separator: "\n") + "\n"
    }
}
