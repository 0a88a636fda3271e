package import ContractModel
package import JSONTape

/// A comparison of two or more versions of a contract.
package enum ContractComparison {
    /// Finds all differences between the last of some versions and the new one, and those between earlier versions and
    /// the new one by which a message breaks a transitive level.
    ///
    /// - Parameters:
    ///   - old: The versions before, the oldest first; at least one.
    ///   - today: The day on which changes that the manifest accepts must not have expired; `nil` where it does not matter.
    ///   - profile: The registry whose answers are forecast; `nil` for the one that the new manifest names.
    package static func report(
        old: [ContractVersion], new: ContractVersion, today: CalendarDate? = nil,
        profile: RegistryDeclaration.Profile? = nil
    ) -> ChangeReport {
        guard let latest = old.last else { return ChangeReport([]) }
        var changes = Self.changes(latest, new, isLatest: true)
        var known = Set(changes.filter { $0.severity == .error }.map { Key($0) })
        for earlier in old.dropLast().reversed() {
            for var change in Self.changes(earlier, new, isLatest: false)
            where change.severity == .error && change.isAboutMessages && known.insert(Key(change)).inserted {
                change.notes.insert("compared with the version \(earlier.label)", at: 0)
                changes.append(change)
            }
        }
        if let profile = profile ?? new.contract.registry?.profile {
            changes += RegistryAnswers(profile: profile).changes(old, new, changes)
        }
        let review = AcceptanceReview(accepted: new.contract.acceptedChanges, today: today)
        return ChangeReport(review.applied(to: changes))
    }

    private struct Key: Hashable {
        var rule: ChangeRule
        var location: SourceLocation
        var message: String

        init(_ change: Change) {
            (rule, location, message) = (change.rule, change.location, change.message)
        }
    }

    private static func changes(_ old: ContractVersion, _ new: ContractVersion, isLatest: Bool) -> [Change] {
        var messages = MessageComparison(old, new)
        var changes =
            messages.changes(isLatest: isLatest)
            + DeclarationComparison(isLatest: isLatest).changes(old.contract, new.contract)
            + SensitivityComparison.changes(old, new, isLatest: isLatest)
            + TopicComparison.changes(old.contract, new.contract)
            + MonitoringComparison.changes(old.contract, new.contract)
        if isLatest, let effects = SourceEffects(old.contract, new.contract) { changes = effects.applied(to: changes) }
        let isIntended = isIntendedBreak(old.contract.version.value, new.contract.version.value)
        return changes.map { judged($0, new.contract, isIntended: isIntended) }
    }

    /// Returns whether a version's number says that others must adapt: a new major version, or a new minor one before 1.0.0.
    private static func isIntendedBreak(_ old: String, _ new: String) -> Bool {
        let (before, after) = (numbers(old), numbers(new))
        guard before.count == 3, after.count == 3 else { return false }
        if after[0] != before[0] { return after[0] > before[0] }
        return after[0] == 0 && after[1] > before[1]
    }

    private static func numbers(_ version: String) -> [Int] { version.split(separator: ".").compactMap { Int($0) } }

    /// Returns a change with the severity that follows from whom it breaks. Levels have decided on readers and data
    /// already.
    ///
    /// Swift that no longer compiles is reported by the compiler where it is built, so that it is only a warning here.
    private static func judged(_ change: Change, _ new: Contract, isIntended: Bool) -> Change {
        guard change.severity != .error, !change.affected.isEmpty else { return change }
        var judged = change
        judged.severity = .warning
        if change.affected.contains(.operations), !isIntended {
            judged.severity = .error
            let part = numbers(new.version.value).first == 0 ? "minor" : "major"
            judged.notes.append("raise the \(part) version, now \(new.version.value), where this is intended")
        }
        return judged
    }
}

extension Change {
    fileprivate var isAboutMessages: Bool { !affected.isDisjoint(with: [.readers, .data]) }
}
