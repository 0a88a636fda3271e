import ContractModel

/// A comparison of what two versions of a contract declare about messages beside their schemas and events.
struct DeclarationComparison {
    /// Whether the old version is the one before; of others, transitive levels alone speak.
    let isLatest: Bool

    func changes(_ old: Contract, _ new: Contract) -> [Change] {
        var changes: [Change] = []
        if old.name.value != new.name.value {
            changes.append(
                Change(
                    .contractName, at: new.name.location,
                    "the contract's name changed from '\(old.name.value)' to '\(new.name.value)'", affected: [.source]))
        }
        if old.access != new.access {
            changes.append(
                Change(
                    .accessLevel, at: new.name.location,
                    "the access level changed from \(old.access.rawValue) to \(new.access.rawValue)",
                    affected: new.access.isNarrower(than: old.access) ? [.source] : []))
        }
        changes = (changes + SettingsComparison.changes(old, new)).at(new.name.value)
        for message in new.messages {
            let name = message.name.value
            if let before = old.messages.first(where: { $0.name.value == name }) {
                let found =
                    self.changes(before, message) + SourceComparison.changes(before, message)
                    + MessageSettingsComparison.changes(before, message)
                changes += Self.withoutParts(of: before, message, found).map { judged($0, message.compatibility) }.at(
                    name)
            } else {
                // It is another case of what the contract's messages are read as.
                changes += [
                    Change(
                        .messageAdded, at: message.name.location, "the message '\(name)' was added",
                        affected: [.source])
                ].at(name)
            }
        }
        for message in old.messages where !new.messages.contains(where: { $0.name.value == message.name.value }) {
            let change = Change(
                .messageRemoved, at: message.name.location, "the message '\(message.name.value)' was removed",
                affected: [.data, .source], notes: ["messages that are on the topic can't be read any more"])
            changes += [judged(change, message.compatibility)].at(message.name.value)
        }
        return changes
    }

    private func changes(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        let name = new.name.value
        var changes: [Change] = []
        if old.topic.value != new.topic.value {
            changes.append(
                Change(
                    .messageTopic, at: new.topic.location,
                    "'\(name)' moved from the topic '\(old.topic.value)' to '\(new.topic.value)'",
                    affected: [.readers, .operations], notes: ["old code waits for it on the old topic"]))
        }
        if old.recordKey?.value != new.recordKey?.value {
            let from = old.recordKey.map { "'\($0.value)'" } ?? "no key"
            let to = new.recordKey.map { "'\($0.value)'" } ?? "no key"
            changes.append(
                Change(
                    .messageKey, at: (new.recordKey?.location ?? new.name.location),
                    "the record key of '\(name)' changed from \(from) to \(to)", affected: [.operations],
                    notes: ["records go to other partitions: the order of old and new ones is lost"]))
        }
        if old.discriminator?.value != new.discriminator?.value {
            changes.append(
                Change(
                    .messageDiscriminator, at: new.discriminator?.location ?? new.name.location,
                    "the discriminator of '\(name)' changed", affected: [.readers, .data, .source]))
        }
        if Self.identification(old) != Self.identification(new) {
            changes.append(
                Change(
                    .messageIdentification, at: new.identification?.location ?? new.name.location,
                    "'\(name)' is identified by \(Self.identification(new)), no longer by \(Self.identification(old))",
                    affected: [.readers, .data]))
        }
        return changes + Self.headerChanges(old, new)
    }

    /// Returns the changes without those that only follow from becoming a CloudEvent: its headers and its envelope.
    private static func withoutParts(
        of old: MessageDeclaration, _ new: MessageDeclaration, _ changes: [Change]
    ) -> [Change] {
        guard changes.contains(where: { $0.rule == .messageCloudEvents }) else { return changes }
        let places = [old.cloudEvents?.location, new.cloudEvents?.location].compactMap(\.self)
        return changes.filter { $0.rule == .messageCloudEvents || !places.contains($0.location) }
    }

    /// Returns a change that is an error where a level forbids to break those whom it breaks.
    private func judged(_ change: Change, _ compatibility: CompatibilityDeclaration) -> Change {
        var judged = change
        let isForbidden = change.affected.contains { compatibility.level.forbids($0, isLatest: isLatest) }
        if isForbidden { judged.severity = .error }
        return judged
    }

    private static func headerChanges(_ old: MessageDeclaration, _ new: MessageDeclaration) -> [Change] {
        let name = new.name.value
        var changes: [Change] = []
        for header in new.headers {
            let before = old.headers.first { $0.name.value == header.name.value }
            if before?.value.value == header.value.value { continue }
            let what = before == nil ? "was added" : "changed to '\(header.value.value)'"
            changes.append(
                Change(
                    .messageHeader, at: header.name.location,
                    "the header '\(header.name.value)' of '\(name)' \(what)", affected: before == nil ? [] : [.readers])
            )
        }
        for header in old.headers where !new.headers.contains(where: { $0.name.value == header.name.value }) {
            changes.append(
                Change(
                    .messageHeader, at: header.name.location,
                    "the header '\(header.name.value)' of '\(name)' was removed", affected: [.readers]))
        }
        return changes
    }

    private static func identification(_ message: MessageDeclaration) -> String {
        switch message.identification {
        case .property(let pointer): "the property '\(pointer.value)'"
        case .header(let name): "the header '\(name.value)'"
        case .topic: "its topic"
        case nil: message.discriminator == nil ? "its topic" : "its discriminator"
        }
    }
}

extension AccessLevel {
    fileprivate func isNarrower(than other: AccessLevel) -> Bool {
        let order: [AccessLevel] = [.public, .package, .internal]
        return order.firstIndex(of: self) ?? 0 > order.firstIndex(of: other) ?? 0
    }
}
