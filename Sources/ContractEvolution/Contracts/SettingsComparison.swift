import ContractModel

/// A comparison of the settings of a contract as a whole: its service, its formats and its schema registry.
enum SettingsComparison {
    static func changes(_ old: Contract, _ new: Contract) -> [Change] {
        serviceChanges(old, new) + formatChanges(old, new) + registryChanges(old, new)
    }

    private static func serviceChanges(_ old: Contract, _ new: Contract) -> [Change] {
        guard old.service.value != new.service.value else { return [] }
        return [
            Change(
                .contractService, at: new.service.location,
                "the contract's service changed from '\(old.service.value)' to '\(new.service.value)'")
        ]
    }

    private static func formatChanges(_ old: Contract, _ new: Contract) -> [Change] {
        guard old.assertsFormats != new.assertsFormats else { return [] }
        // Whom it breaks is a matter of each message.
        return [
            Change(
                .schemaFormats, at: new.name.location,
                new.assertsFormats ? "formats are now checked" : "formats are no longer checked")
        ]
    }

    private static func registryChanges(_ old: Contract, _ new: Contract) -> [Change] {
        var changes: [Change] = []
        let (before, after) = (old.registry?.wire ?? .none, new.registry?.wire ?? .none)
        if before != after {
            changes.append(
                Change(
                    .registryWire, at: new.registry?.naming.location ?? new.name.location,
                    "records name their schema by '\(after.rawValue)', no longer by '\(before.rawValue)'",
                    affected: [.operations],
                    notes: [
                        "consumers that expect the other form can't read new records; generated code reads all forms"
                    ]))
        }
        if let before = old.registry?.naming.value, let naming = new.registry?.naming, before != naming.value {
            changes.append(
                Change(
                    .registrySubjects, at: naming.location,
                    "subjects are named by \(naming.value.rawValue), no longer by \(before.rawValue)",
                    affected: [.operations],
                    notes: ["the registry compares no new schema with those of the old subjects"]))
        }
        return changes
    }
}
