import ContractModel
import JSONTape

/// A review that applies the manifest's `accepted_changes` to the changes that were found.
struct AcceptanceReview {
    let accepted: [AcceptedChange]
    let today: CalendarDate?

    /// Makes errors that are accepted warnings, and adds an error for each entry that has expired or accepts nothing.
    func applied(to changes: [Change]) -> [Change] {
        let reviewed = accepting(changes)
        return reviewed
            + accepted.compactMap { entry in
                if hasExpired(entry) { return expired(entry) }
                return changes.contains { entry.accepts($0) } ? nil : unused(entry, among: changes)
            }
    }

    /// Makes errors that are accepted warnings.
    func accepting(_ changes: [Change]) -> [Change] {
        var reviewed = changes
        for entry in accepted where !hasExpired(entry) {
            for index in changes.indices where entry.accepts(changes[index]) {
                reviewed[index].severity = .warning
                reviewed[index].isAccepted = true
                reviewed[index].notes.insert("accepted until \(entry.expires.value): \(entry.reason)", at: 0)
            }
        }
        return reviewed
    }

    private func hasExpired(_ entry: AcceptedChange) -> Bool {
        today.map { entry.expires.value.daysSince1970 < $0.daysSince1970 } ?? false
    }

    private func expired(_ entry: AcceptedChange) -> Change {
        var change = Change(
            .expiredAcceptance, at: entry.expires.location,
            "the acceptance of '\(entry.rule.value)' at '\(entry.place.value)' expired on \(entry.expires.value)",
            notes: ["remove the entry, or set a later date"])
        change.severity = .error
        change.place = entry.place.value
        return change
    }

    private func unused(_ entry: AcceptedChange, among changes: [Change]) -> Change {
        let breaking = changes.filter { $0.severity == .error }
        let others = breaking.filter { $0.rule.rawValue == entry.rule.value }.map { "'\($0.place)'" }
        let known = ChangeRule.allCases.map(\.rawValue)
        var note = "remove the entry"
        if !others.isEmpty {
            note = "this rule is broken at \(others.joined(separator: ", "))"
        } else if !known.contains(entry.rule.value) {
            note = "there is no rule '\(entry.rule.value)'"
        }
        var change = Change(
            .unusedAcceptance, at: entry.rule.location,
            "no breaking change '\(entry.rule.value)' at '\(entry.place.value)'", notes: [note])
        change.severity = .error
        change.place = entry.place.value
        return change
    }
}

extension AcceptedChange {
    fileprivate func accepts(_ change: Change) -> Bool {
        change.severity == .error && change.rule.rawValue == rule.value && change.place == place.value
    }
}
