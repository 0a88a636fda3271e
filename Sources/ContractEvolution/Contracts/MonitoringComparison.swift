import ContractModel

/// Compares the metrics and alerts of two versions of a contract.
enum MonitoringComparison {
    static func changes(_ old: Contract, _ new: Contract) -> [Change] {
        metricChanges(old.metrics?.families ?? [], new.metrics?.families ?? [])
            + alertChanges(old.alerts?.rules ?? [], new.alerts?.rules ?? [])
    }

    private static func metricChanges(_ old: [FamilyDeclaration], _ new: [FamilyDeclaration]) -> [Change] {
        var changes: [Change] = []
        for family in new {
            guard let before = old.first(where: { $0.name.value == family.name.value }) else {
                changes += [
                    Change(.metricAdded, at: family.name.location, "the metric '\(family.name.value)' was added")
                ].at(family.name.value)
                continue
            }
            changes += Self.changes(before, family).at(family.name.value)
        }
        for family in old where !new.contains(where: { $0.name.value == family.name.value }) {
            changes += [
                Change(
                    .metricRemoved, at: family.name.location, "the metric '\(family.name.value)' was removed",
                    affected: [.source, .operations],
                    notes: ["dashboards and alerts that query it find nothing"])
            ].at(family.name.value)
        }
        return changes
    }

    private static func changes(_ old: FamilyDeclaration, _ new: FamilyDeclaration) -> [Change] {
        let name = new.name.value
        var changes: [Change] = []
        if old.kind.value != new.kind.value {
            changes.append(
                Change(
                    .metricKind, at: new.kind.location,
                    "the metric '\(name)' changed from a \(old.kind.value.rawValue) to a \(new.kind.value.rawValue)",
                    affected: [.source, .operations]))
        }
        func names(_ family: FamilyDeclaration) -> [String] { family.labels.map(\.name.value) }
        for label in new.labels where !names(old).contains(label.name.value) {
            changes.append(
                Change(
                    .metricLabel, at: label.name.location,
                    "the label '\(label.name.value)' of the metric '\(name)' was added",
                    affected: [.source, .operations],
                    notes: ["queries that do not aggregate find more series than before"]))
        }
        for label in old.labels where !names(new).contains(label.name.value) {
            changes.append(
                Change(
                    .metricLabel, at: label.name.location,
                    "the label '\(label.name.value)' of the metric '\(name)' was removed",
                    affected: [.source, .operations], notes: ["queries by this label find nothing"]))
        }
        for label in new.labels {
            guard case .stated(let after) = label.values,
                case .stated(let before)? = old.labels.first(where: { $0.name.value == label.name.value })?.values
            else { continue }
            let lost = before.map(\.value).filter { !after.map(\.value).contains($0) }
            let gained = after.map(\.value).filter { !before.map(\.value).contains($0) }
            guard !lost.isEmpty || !gained.isEmpty else { continue }
            let parts = [
                gained.isEmpty ? nil : "now has \(list(gained))", lost.isEmpty ? nil : "no longer has \(list(lost))",
            ]
            changes.append(
                Change(
                    .metricLabel, at: label.name.location,
                    "the label '\(label.name.value)' of the metric '\(name)' "
                        + parts.compactMap(\.self).joined(separator: ", and "),
                    affected: lost.isEmpty ? [] : [.source, .operations]))
        }
        if old.buckets.map(\.value) != new.buckets.map(\.value) {
            changes.append(
                Change(
                    .metricBuckets, at: new.buckets.first?.location ?? new.name.location,
                    "the buckets of the metric '\(name)' changed", affected: [.operations],
                    notes: ["quantiles over the time of the change mix both sets of buckets"]))
        }
        return changes
    }

    private static func list(_ values: [String]) -> String { values.map { "'\($0)'" }.joined(separator: ", ") }

    private static func alertChanges(_ old: [AlertDeclaration], _ new: [AlertDeclaration]) -> [Change] {
        let changes = new.flatMap { alert in
            let name = alert.name.value
            guard let before = old.first(where: { $0.name.value == name }) else {
                return [Change(.alertAdded, at: alert.name.location, "the alert '\(name)' was added")].at(name)
            }
            return (severityChanges(before, alert) + AlertComparison.changes(before, alert)).at(name)
        }
        let removed = old.filter { alert in !new.contains { $0.name.value == alert.name.value } }
        return changes
            + removed.flatMap { alert in
                [
                    Change(
                        .alertRemoved, at: alert.name.location, "the alert '\(alert.name.value)' was removed",
                        affected: [.operations], notes: ["silences and routes by its name match nothing"])
                ].at(alert.name.value)
            }
    }

    private static func severityChanges(_ old: AlertDeclaration, _ new: AlertDeclaration) -> [Change] {
        guard old.severity.value != new.severity.value else { return [] }
        return [
            Change(
                .alertSeverity, at: new.severity.location,
                "the severity of the alert '\(new.name.value)' changed from \(old.severity.value) to "
                    + new.severity.value,
                affected: [.operations], notes: ["routes that match the severity send it elsewhere"])
        ]
    }
}
