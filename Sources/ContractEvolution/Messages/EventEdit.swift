import ContractModel
import JSONSchema
import JSONTape

/// One difference between the events of two versions of a message.
struct EventEdit {
    var change: Change
    /// The old message with the change, as a node of the old model.
    var oldChanged: SchemaModel.NodeID
    /// The new message without the change, as a node of the new model.
    var newReverted: SchemaModel.NodeID

    /// - Parameter roots: The nodes of the messages with the rules of all their events.
    static func all(
        _ old: MessageDeclaration, _ new: MessageDeclaration,
        roots: (old: SchemaModel.NodeID, new: SchemaModel.NodeID), _ oldModel: inout SchemaModel,
        _ newModel: inout SchemaModel
    ) -> [EventEdit] {
        var edits: [EventEdit] = []
        // Without a list, all values of the discriminator are events: the schema says which.
        let isListed = !old.events.isEmpty && !new.events.isEmpty
        func add(_ change: Change, _ event: (old: EventDeclaration?, new: EventDeclaration?)) {
            var change = change
            change.place = ":" + (event.new?.name.value ?? event.old?.name.value ?? "")
            let changed: SchemaModel.NodeID?
            let reverted: SchemaModel.NodeID?
            if isListed, old.discriminator != nil, new.discriminator != nil {
                changed = EffectiveMessage.add(old, roots.old, replacing: event.old, by: event.new, to: &oldModel)
                reverted = EffectiveMessage.add(new, roots.new, replacing: event.new, by: event.old, to: &newModel)
            } else {
                var (with, without) = (old, new)
                with.events = replacing(event.old, by: event.new, in: old.events)
                without.events = replacing(event.new, by: event.old, in: new.events)
                changed = EffectiveMessage.add(with, to: &oldModel)
                reverted = EffectiveMessage.add(without, to: &newModel)
            }
            guard let changed, let reverted else { return }
            edits.append(EventEdit(change: change, oldChanged: changed, newReverted: reverted))
        }
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

    private static func replacing(
        _ event: EventDeclaration?, by other: EventDeclaration?, in events: [EventDeclaration]
    ) -> [EventDeclaration] {
        let name = event?.name.value ?? other?.name.value
        return events.filter { $0.name.value != name } + [other].compactMap(\.self)
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
