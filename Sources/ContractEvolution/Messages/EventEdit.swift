import ContractModel
import JSONSchema
import JSONTape

/// One difference between the events of two versions of a message.
struct EventEdit {
    /// A version of a message.
    struct Version {
        var message: MessageDeclaration
        /// The node of the message's schema, in the joined schemas.
        var schema: SchemaModel.NodeID
        /// The node of the message with the rules of all its events, in the joined schemas.
        var root: SchemaModel.NodeID
    }

    var change: Change
    /// Returns the conditions of the old message with the change.
    var oldChanged: SchemaEdit.Conditions
    /// Returns the conditions of the new message without the change.
    var newReverted: SchemaEdit.Conditions

    static func all(_ old: Version, _ new: Version) -> [EventEdit] {
        var edits: [EventEdit] = []
        // Without a list, all values of the discriminator are events: the schema says which.
        let isListed = !old.message.events.isEmpty && !new.message.events.isEmpty
        let staysListed = isListed && old.message.discriminator != nil && new.message.discriminator != nil
        func add(_ change: Change, _ event: (old: EventDeclaration?, new: EventDeclaration?)) {
            var change = change
            change.place = ":" + (event.new?.name.value ?? event.old?.name.value ?? "")
            edits.append(
                EventEdit(
                    change: change,
                    oldChanged: { old.conditions(replacing: event.old, by: event.new, staysListed: staysListed, &$0) },
                    newReverted: { new.conditions(replacing: event.new, by: event.old, staysListed: staysListed, &$0) }
                ))
        }
        let (old, new) = (old.message, new.message)
        let name = new.name.value
        let (oldEvents, newEvents) = (byName(old.events), byName(new.events))
        for event in new.events {
            guard let before = oldEvents[event.name.value] else {
                guard isListed || event.hasRules else { continue }
                let change = Change(
                    .eventAdded, at: event.name.location, "the event '\(event.name.value)' of '\(name)' was added")
                add(change, (nil, event))
                continue
            }
            guard !before.hasSameRules(as: event) else { continue }
            var change = Change(
                .eventRule, at: event.name.location,
                "the rules of the event '\(event.name.value)' changed: \(before.difference(to: event))")
            if !before.hasSameParameters(as: event) { change.affected = [.source] }
            add(change, (before, event))
        }
        for event in old.events where newEvents[event.name.value] == nil {
            guard isListed || event.hasRules else { continue }
            let change = Change(
                .eventRemoved, at: event.name.location, "the event '\(event.name.value)' of '\(name)' was removed",
                affected: [.source])
            add(change, (event, nil))
        }
        return edits
    }

    private static func byName(_ events: [EventDeclaration]) -> [String: EventDeclaration] {
        Dictionary(events.map { ($0.name.value, $0) }) { first, _ in first }
    }
}

extension EventEdit.Version {
    /// Returns the conditions of the message with another event in place of one.
    ///
    /// - Parameter staysListed: Whether a list without events has none, and not all values of the discriminator.
    fileprivate func conditions(
        replacing event: EventDeclaration?, by other: EventDeclaration?, staysListed: Bool,
        _ schemas: inout JoinedSchemas
    ) -> [Assertion.Kind] {
        let others = message.events.count - (event == nil ? 0 : 1)
        if let discriminator = message.discriminator?.value, staysListed || others > 0 {
            let node = schemas.addMessage(
                root, schema: schema, discriminator: discriminator, replacing: event, by: other)
            return [.refer(node)]
        }
        let name = event?.name.value ?? other?.name.value
        var changed = message
        changed.events = message.events.filter { $0.name.value != name } + [other].compactMap(\.self)
        return [.refer(schemas.addMessage(changed, schema: schema))]
    }
}

extension EventDeclaration {
    fileprivate var hasRules: Bool { !fixed.isEmpty || !required.isEmpty || !forbidden.isEmpty }

    private var fixedTexts: Set<String> {
        Set(fixed.map { "fixes \($0.property.value) to \($0.value.jsonValue.jsonText)" })
    }

    private var requiredTexts: Set<String> { Set(required.map { "requires \($0.value)" }) }
    private var forbiddenTexts: Set<String> { Set(forbidden.map { "forbids \($0.value)" }) }
    private var texts: Set<String> { fixedTexts.union(requiredTexts).union(forbiddenTexts) }

    fileprivate func hasSameRules(as other: EventDeclaration) -> Bool { texts == other.texts }

    /// Returns whether the factory of another version has the same parameters, which a different fixed value does not change.
    fileprivate func hasSameParameters(as other: EventDeclaration) -> Bool {
        func pointers(_ event: EventDeclaration) -> [Set<JSONPointer>] {
            [
                Set(event.fixed.map(\.property.value)), Set(event.required.map(\.value)),
                Set(event.forbidden.map(\.value)),
            ]
        }
        return pointers(self) == pointers(other)
    }

    /// Returns the rules that another version has and this one has not, and the reverse, in words.
    fileprivate func difference(to other: EventDeclaration) -> String {
        let gained = other.texts.subtracting(texts).sorted().map { "it now \($0)" }
        let lost = texts.subtracting(other.texts).sorted().map { "it no longer \($0)" }
        return (gained + lost).joined(separator: ", ")
    }
}
