import ContractModel
import JSONTape
import SchemaCompiler

/// The changes of messages that break code which uses the generated Swift, found by comparing the generated
/// declarations.
struct SourceEffects {
    private let old: CompiledContract
    private let new: CompiledContract

    /// Compiles both versions; `nil` where one can't be compiled, for reasons that `lint` reports.
    init?(_ old: Contract, _ new: Contract) {
        func compiled(_ contract: Contract) -> CompiledContract? {
            var diagnostics = Diagnostics()
            let compiled = ContractCompiler.compile(contract, diagnostics: &diagnostics)
            return diagnostics.hasErrors ? nil : compiled
        }
        guard let old = compiled(old), let new = compiled(new) else { return nil }
        (self.old, self.new) = (old, new)
    }

    /// Returns the changes with their effect on source, and a change for each message in which declarations differ for another
    /// reason.
    func applied(to changes: [Change]) -> [Change] {
        var changes = changes
        for message in new.messages {
            guard let before = old.messages.first(where: { $0.name == message.name }) else { continue }
            apply(
                SwiftInterface(before, in: old).breaks(by: SwiftInterface(message, in: new)), to: &changes, of: message)
        }
        return changes
    }

    private func apply(_ breaks: [JSONPointer: String], to changes: inout [Change], of message: CompiledMessage) {
        let name = message.name
        let own = changes.indices.filter { changes[$0].place == name || changes[$0].place.hasPrefix(name + "/") }
        for index in own where changes[index].rule.isAboutSchemas { changes[index].affected.remove(.source) }
        var unexplained: [JSONPointer: String] = [:]
        for (place, text) in breaks {
            let candidates = own.filter { changes[$0].rule.mayBreakSource }
            let distances = candidates.map { (index: $0, distance: distance(changes[$0], name, place)) }
            let nearest = distances.compactMap(\.distance).min()
            let explaining = distances.filter { $0.distance != nil && $0.distance == nearest }
            for candidate in explaining { changes[candidate.index].affected.insert(.source) }
            // The manifest's events may be the values of the discriminator.
            let events = changes.indices.filter {
                place == message.declaration.discriminator?.value && changes[$0].isEventList
                    && changes[$0].place.hasPrefix(name + ":")
            }
            for event in events { changes[event].affected.insert(.source) }
            if explaining.isEmpty, events.isEmpty { unexplained[place] = text }
        }
        guard let (place, text) = unexplained.min(by: { $0.key.description < $1.key.description }) else { return }
        let site = place.tokens.isEmpty ? "" : " at '\(place)'"
        var change = Change(
            .swiftInterface, at: message.declaration.name.location,
            "the generated Swift of '\(name)' changed\(site): \(text)", affected: [.source])
        change.place = name
        changes.append(change)
    }

    /// Returns the steps from a change's place to another; `nil` where the change is not above or below it.
    private func distance(_ change: Change, _ message: String, _ place: JSONPointer) -> Int? {
        guard change.rule.isAboutSchemas || change.place != message else {
            // A change of the message as a whole.
            return 1_000
        }
        let path = String(change.place.dropFirst(message.count))
        let other = place.tokens.isEmpty ? "" : place.description
        guard path != other else { return 0 }
        if other.hasPrefix(path + "/") { return other.count - path.count }
        return path.hasPrefix(other + "/") ? 500 + path.count - other.count : nil
    }
}

extension Change {
    fileprivate var isEventList: Bool { rule == .eventAdded || rule == .eventRemoved }
}
