import ContractModel

/// A comparison of what the manifest sets of the generated Swift beside the schemas: names, open enums and unknown
/// members.
enum SourceComparison {
    static func changes(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        nameChanges(old, new) + openEnumChanges(old, new) + memberChanges(old, new)
    }

    static func changes(_ old: TopicDeclaration, _ new: TopicDeclaration) -> [Change] {
        guard old.swiftName?.value != new.swiftName?.value else { return [] }
        return [
            Change(
                .swiftName, at: new.swiftName?.location ?? new.key.location,
                "the Swift name of the topic '\(new.key.value)' changed", affected: [.source])
        ]
    }

    private static func nameChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        let name = new.name.value
        func change(_ subject: String, at location: SourceLocation) -> Change {
            Change(.swiftName, at: location, "the Swift name of \(subject) changed", affected: [.source])
        }
        var changes: [Change] = []
        if old.swiftName?.value != new.swiftName?.value {
            changes.append(change("'\(name)'", at: new.swiftName?.location ?? new.name.location))
        }
        for event in new.events {
            guard let before = old.events.first(where: { $0.name.value == event.name.value }),
                before.swiftName?.value != event.swiftName?.value
            else { continue }
            changes.append(
                change("the event '\(event.name.value)'", at: event.swiftName?.location ?? event.name.location))
        }
        let before = Dictionary(old.swiftNames.map { ($0.pointer.value, $0.name.value) }) { $1 }
        let after = Dictionary(new.swiftNames.map { ($0.pointer.value, $0.name.value) }) { $1 }
        for entry in new.swiftNames where before[entry.pointer.value] != entry.name.value {
            changes.append(change("'\(entry.pointer.value)' of '\(name)'", at: entry.pointer.location))
        }
        for entry in old.swiftNames where after[entry.pointer.value] == nil {
            changes.append(change("'\(entry.pointer.value)' of '\(name)'", at: entry.pointer.location))
        }
        return changes
    }

    private static func openEnumChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        let (before, after) = (old.openEnums.map(\.value), new.openEnums.map(\.value))
        func change(_ entry: Located<String>, _ verb: String) -> Change {
            Change(
                .openEnum, at: entry.location, "the enum '\(entry.value)' of '\(new.name.value)' \(verb)",
                affected: [.source])
        }
        return new.openEnums.filter { !before.contains($0.value) }.map { change($0, "is now open") }
            + old.openEnums.filter { !after.contains($0.value) }.map { change($0, "is no longer open") }
    }

    private static func memberChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        guard old.keepsUnknownMembers != new.keepsUnknownMembers else { return [] }
        let verb = new.keepsUnknownMembers ? "now keeps" : "no longer keeps"
        return [
            Change(
                .unknownMembers, at: new.name.location, "'\(new.name.value)' \(verb) unknown members",
                affected: new.keepsUnknownMembers ? [] : [.source])
        ]
    }
}
