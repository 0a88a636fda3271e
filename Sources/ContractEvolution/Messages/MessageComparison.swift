import ContractModel
import JSONSchema
import JSONTape

/// A comparison of the messages that two versions of a contract both have, by what their schemas and events mean.
struct MessageComparison {
    typealias NodeID = SchemaModel.NodeID

    /// A message of both versions.
    private struct Pair {
        var old: MessageDeclaration
        var new: MessageDeclaration
        /// The schemas alone.
        var schemas: (old: NodeID, new: NodeID)
        /// The schemas with the rules of events.
        var roots: (old: NodeID, new: NodeID)
        var events: [EventEdit]
    }

    private let pairs: [Pair]
    private var prover: ContainmentProver

    init(_ old: ContractVersion, _ new: ContractVersion) {
        var (oldModel, newModel) = (old.model, new.model)
        var pairs: [Pair] = []
        for message in new.contract.messages {
            guard let before = old.contract.messages.first(where: { $0.name.value == message.name.value }),
                let oldSchema = oldModel.roots[before.schema.value],
                let newSchema = newModel.roots[message.schema.value],
                let oldRoot = EffectiveMessage.add(before, to: &oldModel),
                let newRoot = EffectiveMessage.add(message, to: &newModel)
            else { continue }
            let events = EventEdit.all(before, message, &oldModel, &newModel)
            pairs.append(
                Pair(
                    old: before, new: message, schemas: (oldSchema, newSchema), roots: (oldRoot, newRoot),
                    events: events))
        }
        self.pairs = pairs
        prover = ContainmentProver(old: oldModel, new: newModel)
    }

    /// Returns the changes of all messages.
    ///
    /// - Parameter isLatest: Whether the old version is the one before; of others, transitive levels alone speak.
    mutating func changes(isLatest: Bool) -> [Change] {
        pairs.indices.flatMap { changes(of: pairs[$0], isLatest: isLatest) }
    }

    private mutating func changes(of pair: Pair, isLatest: Bool) -> [Change] {
        var walk = SchemaWalk(prover.schemas)
        walk.compare(
            prover.joined(pair.schemas.old, .old), prover.joined(pair.schemas.new, .new), at: ValuePlace())
        var edits = walk.edits
        for event in pair.events {
            edits.append(
                SchemaEdit(
                    change: event.change, place: ValuePlace(),
                    oldChanged: [.refer(prover.joined(event.oldChanged, .old))],
                    newReverted: [.refer(prover.joined(event.newReverted, .new))]))
        }
        var changes = edits.map(\.change)
        for affected in [Change.Affected.data, .readers] {
            attribute(affected, pair, edits, &changes, isLatest: isLatest)
        }
        for index in changes.indices { changes[index].place = pair.new.name.value + changes[index].place }
        return changes
    }

    /// Decides one direction, and finds the changes that break it.
    private mutating func attribute(
        _ affected: Change.Affected, _ pair: Pair, _ edits: [SchemaEdit], _ changes: inout [Change], isLatest: Bool
    ) {
        let side: ContainmentProver.Side = affected == .data ? .old : .new
        let compatibility = pair.new.compatibility
        let counts = compatibility.level.forbids(affected, isLatest: isLatest)
        let writer = side == .old ? pair.old : pair.new
        // Generated code that keeps unknown members writes them too.
        let isWritten = compatibility.messages == .written && !writer.keepsUnknownMembers
        func severity(_ isCounted: Bool) -> Change.Severity { isCounted ? .error : .warning }

        switch decide(pair, side, isWritten: isWritten) {
        case .compatible(let proof):
            // Once for each message, as is the other reading.
            guard let index = changes.firstIndex(where: { $0.rule.isAboutMeaning }) else { return }
            changes[index].proofs[affected] = proof
            guard isWritten, case .incompatible(let value) = decide(pair, side, isWritten: false) else { return }
            let versions = affected == .data ? "new code could not read" : "old code could not read"
            changes[index].notes.append(
                "\(versions) this message, which the schema accepts but generated code never writes: \(value.jsonText)")
        case .undecided(let reason):
            let versions = affected == .data ? "new code reads old messages" : "old code reads new messages"
            var change = Change(
                .messageUndecided, at: pair.new.name.location,
                "'\(pair.new.name.value)': not decided whether \(versions): \(reason)")
            change.severity = .warning
            changes.append(change)
        case .incompatible(let whole):
            var isExplained = false
            // All are added before the first search: each addition makes the interpreter anew.
            let parts = edits.map { prover.add(side == .old ? $0.oldChanged : $0.newReverted, at: $0.place) }
            for (index, part) in parts.enumerated() {
                guard let value = counterexample(part, pair, side, isWritten: isWritten) else { continue }
                isExplained = true
                changes[index].affected.insert(affected)
                changes[index].counterexamples[affected] = value
                if changes[index].severity != .error { changes[index].severity = severity(counts) }
            }
            guard !isExplained else { return }
            var change = Change(
                .messageMeaning, at: pair.new.name.location, "the meaning of '\(pair.new.name.value)' changed",
                affected: [affected])
            change.severity = severity(counts)
            change.counterexamples[affected] = whole
            changes.append(change)
        }
    }

    private mutating func decide(
        _ pair: Pair, _ side: ContainmentProver.Side, isWritten: Bool, with part: BrokenPart? = nil
    ) -> Containment {
        let writer = side == .old ? pair.schemas.old : pair.schemas.new
        return prover.decide(
            from: side, old: pair.roots.old, new: pair.roots.new, writtenBy: isWritten ? writer : nil, with: part)
    }

    /// Returns a message that one change alone makes invalid, and that the whole new version, or old one, rejects as
    /// well.
    private mutating func counterexample(
        _ part: BrokenPart, _ pair: Pair, _ side: ContainmentProver.Side, isWritten: Bool
    ) -> JSONValue? {
        guard case .incompatible(let message) = decide(pair, side, isWritten: isWritten, with: part) else { return nil }
        return message
    }
}
