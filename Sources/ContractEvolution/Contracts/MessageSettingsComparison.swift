import ContractModel
import JSONTape

/// A comparison of how two versions of a contract write a message beside its schema, and what they promise of it.
enum MessageSettingsComparison {
    static func changes(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        envelopeChanges(old, new) + contentModeChanges(old, new) + promiseChanges(old, new)
    }

    private static func envelopeChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        func change(_ rule: EnvelopeRule, _ verb: String, breaksSource: Bool) -> Change {
            // The factories of events have no parameter for a property that the envelope fills.
            var change = Change(
                .messageEnvelope, at: rule.property.location,
                "the envelope of '\(new.name.value)' \(verb)", affected: breaksSource ? [.source] : [])
            change.place = rule.property.value.description
            return change
        }
        var changes: [Change] = []
        for rule in new.envelope {
            let before = old.envelope.first { $0.property.value == rule.property.value }
            guard before?.value.value != rule.value.value else { continue }
            let name = "'\(rule.property.value)'"
            changes.append(
                before == nil
                    ? change(rule, "now fills \(name)", breaksSource: true)
                    : change(rule, "fills \(name) with '\(rule.value.value)'", breaksSource: false))
        }
        for rule in old.envelope where !new.envelope.contains(where: { $0.property.value == rule.property.value }) {
            changes.append(change(rule, "no longer fills '\(rule.property.value)'", breaksSource: true))
        }
        return changes
    }

    private static func contentModeChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        guard old.cloudEvents?.value != new.cloudEvents?.value else { return [] }
        func text(_ mode: Located<CloudEventsMode>?) -> String {
            mode.map { "a CloudEvent in \($0.value.rawValue) mode" } ?? "no CloudEvent"
        }
        return [
            Change(
                .messageCloudEvents, at: new.cloudEvents?.location ?? new.name.location,
                "'\(new.name.value)' is \(text(new.cloudEvents)); it was \(text(old.cloudEvents))",
                affected: [.readers, .data])
        ]
    }

    private static func promiseChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        let (before, after) = (old.compatibility, new.compatibility)
        guard before.level != after.level || before.messages != after.messages else { return [] }
        func text(_ promise: CompatibilityDeclaration) -> String {
            promise.level.rawValue + (promise.messages == .any ? " of any message" : "")
        }
        var change = Change(
            .messageCompatibility, at: new.name.location,
            "the promise of '\(new.name.value)' changed from \(text(before)) to \(text(after))")
        let isLooser =
            before.level.isBackward && !after.level.isBackward || before.level.isForward && !after.level.isForward
            || before.level.isTransitive && !after.level.isTransitive
            || before.messages == .any && after.messages == .written
        if isLooser {
            change.severity = .warning
            change.notes = ["changes of this version are judged by the new promise"]
        }
        return [change]
    }
}
