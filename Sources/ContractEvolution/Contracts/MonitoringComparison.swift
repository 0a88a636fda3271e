import ContractModel
import JSONTape

/// A comparison of the metrics and alerts of two versions of a contract.
enum MonitoringComparison {
    static func changes(_ old: Contract, _ new: Contract) -> [Change] {
        let (before, after) = (old.alerts?.rules ?? [], new.alerts?.rules ?? [])
        return metricChanges(
            old.metrics?.families ?? [], new.metrics?.families ?? [], users: MetricUsers(alerts: before))
            + alertChanges(before, after) + producerAlertChanges(old, new)
    }

    /// Returns the change of the alerts that a contract has without declaring them.
    private static func producerAlertChanges(_ old: Contract, _ new: Contract) -> [Change] {
        guard let before = old.alerts?.addsProducerAlerts.value, let after = new.alerts?.addsProducerAlerts,
            before != after.value
        else { return [] }
        return [
            Change(
                .producerAlerts, at: after.location,
                "the alerts on producers \(after.value ? "were added" : "were removed")",
                affected: after.value ? [] : [.operations])
        ].at(new.name.value)
    }

    private static func metricChanges(
        _ old: [FamilyDeclaration], _ new: [FamilyDeclaration], users: MetricUsers
    ) -> [Change] {
        var changes: [Change] = []
        let renamed = renamedFamilies(old, new)
        for family in new {
            guard let before = old.first(where: { $0.name.value == family.name.value }) else {
                if let before = renamed[family.name.value] {
                    changes += [
                        Change(
                            .metricRenamed, at: family.name.location,
                            "the metric '\(before)' was renamed to '\(family.name.value)'",
                            affected: [.source, .operations],
                            notes: users.notes(of: before) + ["queries by dashboards and alerts find nothing"])
                    ].at(family.name.value)
                    continue
                }
                changes += [
                    Change(.metricAdded, at: family.name.location, "the metric '\(family.name.value)' was added")
                ].at(family.name.value)
                continue
            }
            changes += (Self.changes(before, family, users: users) + sourceChanges(before, family))
                .at(family.name.value)
        }
        for family in old
        where !new.contains(where: { $0.name.value == family.name.value })
            && !renamed.values.contains(family.name.value)
        {
            changes += [
                Change(
                    .metricRemoved, at: family.name.location, "the metric '\(family.name.value)' was removed",
                    affected: [.source, .operations],
                    notes: users.notes(of: family.name.value) + ["queries by dashboards and alerts find nothing"])
            ].at(family.name.value)
        }
        return changes
    }

    /// Returns the old names of new metrics that are in all else as one that is gone.
    private static func renamedFamilies(_ old: [FamilyDeclaration], _ new: [FamilyDeclaration]) -> [String: String] {
        func names(_ families: [FamilyDeclaration]) -> Set<String> { Set(families.map(\.name.value)) }
        var gone = old.filter { !names(new).contains($0.name.value) }
        var renamed: [String: String] = [:]
        for family in new where !names(old).contains(family.name.value) {
            guard let index = gone.firstIndex(where: { $0.isRenamed(as: family) }) else { continue }
            renamed[family.name.value] = gone.remove(at: index).name.value
        }
        return renamed
    }

    /// Returns the change of what a metric counts.
    private static func sourceChanges(_ old: FamilyDeclaration, _ new: FamilyDeclaration) -> [Change] {
        func texts(_ family: FamilyDeclaration) -> [String] {
            [
                family.source.map { "from \($0.value)" } ?? "by hand",
                family.events.map { "of the events " + $0.map(\.value).sorted().joined(separator: ", ") },
                family.value.map { "with the value \($0.value)" },
            ].compactMap(\.self)
        }
        let (before, after) = (texts(old), texts(new))
        guard before != after else { return [] }
        return [
            Change(
                .metricSource, at: new.source?.location ?? new.name.location,
                "the metric '\(new.name.value)' counts \(after.joined(separator: " ")), no longer "
                    + before.joined(separator: " "), affected: [.operations])
        ]
    }

    private static func changes(
        _ old: FamilyDeclaration, _ new: FamilyDeclaration, users: MetricUsers
    ) -> [Change] {
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
                    affected: [.source, .operations],
                    notes: users.notes(of: name, label: label.name.value) + ["queries by this label find nothing"]))
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
                    affected: lost.isEmpty ? [.source] : [.source, .operations],
                    notes: users.notes(of: name, label: label.name.value, values: lost)))
        }
        changes += valueSourceChanges(old, new, users: users)
        if old.kind.value == new.kind.value, old.buckets.map(\.value) != new.buckets.map(\.value) {
            changes.append(
                Change(
                    .metricBuckets, at: new.buckets.first?.location ?? new.name.location,
                    "the buckets of the metric '\(name)' changed", affected: [.operations],
                    notes: ["quantiles over the time of the change mix both sets of buckets"]))
        }
        return changes
    }

    /// Returns the labels whose values come from elsewhere.
    private static func valueSourceChanges(
        _ old: FamilyDeclaration, _ new: FamilyDeclaration, users: MetricUsers
    ) -> [Change] {
        new.labels.compactMap { label in
            let name = label.name.value
            guard let before = old.labels.first(where: { $0.name.value == name }),
                before.values.sourceText != label.values.sourceText
            else { return nil }
            return Change(
                .metricLabel, at: label.name.location,
                "the values of the label '\(name)' of the metric '\(new.name.value)' are \(label.values.sourceText), "
                    + "no longer \(before.values.sourceText)",
                affected: [.source, .operations], notes: users.notes(of: new.name.value, label: name))
        }
    }

    private static func list(_ values: [String]) -> String { values.map { "'\($0)'" }.joined(separator: ", ") }

    private static func alertChanges(_ old: [AlertDeclaration], _ new: [AlertDeclaration]) -> [Change] {
        let changes = new.flatMap { alert in
            let name = alert.name.value
            guard let before = old.first(where: { $0.name.value == name }) else {
                return [Change(.alertAdded, at: alert.name.location, "the alert '\(name)' was added")].at(name)
            }
            return
                (severityChanges(before, alert) + labelChanges(before, alert)
                + AlertComparison.changes(before, alert)).at(name)
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

    private static func labelChanges(_ old: AlertDeclaration, _ new: AlertDeclaration) -> [Change] {
        func texts(_ alert: AlertDeclaration) -> [String] {
            alert.labels.map { "\($0.name.value)=\($0.text.value)" }.sorted()
        }
        guard texts(old) != texts(new) else { return [] }
        return [
            Change(
                .alertLabels, at: new.labels.first?.name.location ?? new.name.location,
                "the labels of the alert '\(new.name.value)' changed", affected: [.operations],
                notes: ["routes and silences that match them send it elsewhere"])
        ]
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

extension FamilyDeclaration {
    fileprivate func isRenamed(as other: FamilyDeclaration) -> Bool {
        func texts(_ family: FamilyDeclaration) -> [String] {
            [
                family.kind.value.rawValue, family.help.value, family.source?.value ?? "",
                family.value?.value.description ?? "",
            ]
                + family.labels.map { "\($0.name.value) \($0.values.sourceText)" }
                + family.buckets.map { "\($0.value)" }
                + (family.events ?? []).map(\.value)
        }
        return texts(self) == texts(other)
    }
}

extension LabelDeclaration.Values {
    /// The source of the values in words.
    fileprivate var sourceText: String {
        switch self {
        case .dimension(let name): "those of '\(name.value)'"
        case .property(let pointer, _): "those of the property '\(pointer.value)'"
        case .stated: "those that the manifest states"
        case .open: "open"
        }
    }
}
