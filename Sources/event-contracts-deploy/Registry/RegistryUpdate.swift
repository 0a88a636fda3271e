import SchemaRegistry

/// An update of a registry by a plan.
struct RegistryUpdate {
    let client: SchemaRegistryClient
    /// Whether a schema that is compatible by its meaning is registered though the registry says incompatible.
    var overridesRegistry = false

    /// Sets levels and registers schemas. Where a schema breaks its level, nothing at all is changed.
    ///
    /// For each subject: the level, the registry's check, the schema. A schema that the registry refuses leaves the subject
    /// with the level that it had.
    func apply(_ plan: RegistryPlan) async -> RegistryReport {
        var report = RegistryReport()
        for entry in plan.entries {
            guard case .changed(let change) = entry.state, change.verdict == .incompatible else { continue }
            report.outcomes.append(
                (entry.subject, .refused("the schema of \(entry.message) is incompatible with \(entry.level.rawValue)"))
            )
        }
        guard report.outcomes.isEmpty else { return report }
        for entry in plan.entries where !entry.isUpToDate {
            do throws(SchemaRegistryError) {
                report.outcomes += try await apply(entry).map { (entry.subject, $0) }
            } catch {
                report.outcomes.append((entry.subject, .failed(error)))
            }
        }
        return report
    }

    private func apply(_ entry: RegistryPlan.Entry) async throws(SchemaRegistryError) -> [RegistryReport.Outcome] {
        var outcomes: [RegistryReport.Outcome] = []
        let scope = RegistryScope.subject(entry.subject)
        let previous = try await client.level(of: scope)
        if entry.currentLevel != entry.level {
            try await client.setLevel(entry.level, of: scope)
            outcomes.append(.levelSet(entry.level))
        }
        if case .registered = entry.state { return outcomes }
        do throws(SchemaRegistryError) {
            var isOverridden = false
            if case .changed = entry.state {
                let verdict = try await client.verdict(on: entry.schema, subject: entry.subject)
                let isIntended = entry.verdict == .accepted || overridesRegistry && entry.verdict == .compatible
                guard verdict.isCompatible || isIntended else {
                    try await restore(previous, of: entry)
                    let reasons = verdict.messages.isEmpty ? "" : ": " + verdict.messages.joined(separator: "; ")
                    return [.refused("the registry says incompatible" + reasons)]
                }
                isOverridden = !verdict.isCompatible
            }
            outcomes.append(.registered(try await register(entry, overriding: isOverridden)))
            return outcomes
        } catch {
            try await restore(previous, of: entry)
            throw error
        }
    }

    /// Registers a schema, at level NONE where the registry is overridden: then it checks nothing.
    private func register(
        _ entry: RegistryPlan.Entry, overriding: Bool
    ) async throws(SchemaRegistryError) -> RegisteredSchema {
        guard overriding else { return try await client.register(entry.schema, subject: entry.subject) }
        try await client.setLevel(.none, of: .subject(entry.subject))
        do throws(SchemaRegistryError) {
            let registered = try await client.register(entry.schema, subject: entry.subject)
            try await client.setLevel(entry.level, of: .subject(entry.subject))
            return registered
        } catch {
            try await client.setLevel(entry.level, of: .subject(entry.subject))
            throw error
        }
    }

    private func restore(
        _ level: RegistryLevel?, of entry: RegistryPlan.Entry
    ) async throws(SchemaRegistryError) {
        guard entry.currentLevel != entry.level else { return }
        if let level {
            try await client.setLevel(level, of: .subject(entry.subject))
        } else {
            try await client.removeLevel(ofSubject: entry.subject)
        }
    }
}
