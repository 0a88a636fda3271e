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
    }

    private let pairs: [Pair]
    private var prover: ContainmentProver

    init(_ old: ContractVersion, _ new: ContractVersion) {
        var (oldModel, newModel) = (old.model, new.model)
        var pairs: [Pair] = []
        let before = Dictionary(old.contract.messages.map { ($0.name.value, $0) }) { first, _ in first }
        for message in new.contract.messages {
            guard let before = before[message.name.value],
                let oldSchema = oldModel.roots[before.schema.value],
                let newSchema = newModel.roots[message.schema.value],
                let oldRoot = oldModel.addMessage(before),
                let newRoot = newModel.addMessage(message)
            else { continue }
            pairs.append(
                Pair(old: before, new: message, schemas: (oldSchema, newSchema), roots: (oldRoot, newRoot)))
        }
        self.pairs = pairs
        prover = ContainmentProver(old: oldModel, new: newModel)
    }

    /// The changes of one message while they are decided.
    private struct Draft {
        var pair: Pair
        var edits: [SchemaEdit]
        var changes: [Change]
    }

    /// A direction in which a message breaks: which of its changes break it is open.
    private struct Break {
        /// The position of the message's draft.
        var draft: Int
        var affected: Change.Affected
        var isWritten: Bool
        /// The severity of a change that breaks the message.
        var severity: Change.Severity
        /// A message that breaks, whatever the change.
        var counterexample: JSONValue
        var isExplained = false
    }

    /// The changes that are tried with one interpreter at least. Its memory grows with them: more are tried with it while they
    /// are not larger than the schemas themselves, so that making it takes no longer than the changes do.
    private static let leastParts = 64

    /// Returns the changes of all messages.
    ///
    /// - Parameter isLatest: Whether the old version is the one before; of others, transitive levels alone speak.
    mutating func changes(isLatest: Bool) -> [Change] {
        var drafts = pairs.map { draft($0) }
        var breaks: [Break] = []
        for index in drafts.indices {
            for affected in [Change.Affected.data, .readers] {
                if let found = decide(affected, &drafts[index], at: index, isLatest: isLatest) { breaks.append(found) }
            }
        }
        attribute(&breaks, &drafts)
        for found in breaks where !found.isExplained {
            let name = drafts[found.draft].pair.new.name
            var change = Change(
                .messageMeaning, at: name.location, "the meaning of '\(name.value)' changed",
                affected: [found.affected])
            change.severity = found.severity
            change.counterexamples[found.affected] = found.counterexample
            drafts[found.draft].changes.append(change)
        }
        return drafts.flatMap { draft in
            draft.changes.map { change in
                var placed = change
                placed.place = draft.pair.new.name.value + change.place
                return placed
            }
        }
    }

    private func draft(_ pair: Pair) -> Draft {
        var walk = SchemaWalk(prover.schemas)
        let schemas = (
            old: prover.joined(pair.schemas.old, .old), new: prover.joined(pair.schemas.new, .new)
        )
        walk.compare(schemas.old, schemas.new, at: ValuePlace())
        let events = EventEdit.all(
            EventEdit.Version(
                message: pair.old, schema: schemas.old, root: prover.joined(pair.roots.old, .old)),
            EventEdit.Version(
                message: pair.new, schema: schemas.new, root: prover.joined(pair.roots.new, .new)))
        let edits =
            walk.edits
            + events.map { event in
                SchemaEdit(
                    change: event.change, place: ValuePlace(), oldChanged: event.oldChanged,
                    newReverted: event.newReverted)
            }
        return Draft(pair: pair, edits: edits, changes: edits.map(\.change))
    }

    /// Decides one direction of a message; returns the break where there is one.
    private mutating func decide(
        _ affected: Change.Affected, _ draft: inout Draft, at index: Int, isLatest: Bool
    ) -> Break? {
        let pair = draft.pair
        let side = Self.side(affected)
        let compatibility = pair.new.compatibility
        let writer = side == .old ? pair.old : pair.new
        // Generated code that keeps unknown members writes them too.
        let isWritten = compatibility.messages == .written && !writer.keepsUnknownMembers
        switch Self.decide(pair, side, isWritten: isWritten, by: &prover) {
        case .compatible(let proof):
            // Once for each message, as is the other reading.
            guard let first = draft.changes.firstIndex(where: { $0.rule.isAboutMeaning }) else { return nil }
            draft.changes[first].proofs[affected] = proof
            guard isWritten,
                case .incompatible(let value) = Self.decide(pair, side, isWritten: false, by: &prover)
            else { return nil }
            let versions = affected == .data ? "new code could not read" : "old code could not read"
            draft.changes[first].notes.append(
                "\(versions) this message, which the schema accepts but generated code never writes: \(value.jsonText)")
            return nil
        case .undecided(let reason):
            let versions = affected == .data ? "new code reads old messages" : "old code reads new messages"
            var change = Change(
                .messageUndecided, at: pair.new.name.location,
                "'\(pair.new.name.value)': not decided whether \(versions): \(reason)")
            change.severity = .warning
            draft.changes.append(change)
            return nil
        case .incompatible(let whole):
            let counts = compatibility.level.forbids(affected, isLatest: isLatest)
            return Break(
                draft: index, affected: affected, isWritten: isWritten, severity: counts ? .error : .warning,
                counterexample: whole)
        }
    }

    /// Finds the changes that break messages: each alone makes a message invalid, which the whole new version, or old one,
    /// rejects as well.
    private mutating func attribute(_ breaks: inout [Break], _ drafts: inout [Draft]) {
        var open = breaks.indices.flatMap { index in
            drafts[breaks[index].draft].edits.indices.map { (found: index, edit: $0) }
        }[...]
        while !open.isEmpty {
            // A copy, which ends with its nodes. All are added before the first search, since each makes the interpreter anew.
            var prover = prover
            let limit = 2 * prover.size
            var batch: [(found: Int, edit: Int, part: BrokenPart)] = []
            while batch.count < Self.leastParts || prover.size < limit, let (found, position) = open.popFirst() {
                let edit = drafts[breaks[found].draft].edits[position]
                let side = Self.side(breaks[found].affected)
                let part = prover.add(side == .old ? edit.oldChanged : edit.newReverted, at: edit.place)
                batch.append((found, position, part))
            }
            for question in batch {
                let found = breaks[question.found]
                guard
                    case .incompatible(let message) = Self.decide(
                        drafts[found.draft].pair, Self.side(found.affected), isWritten: found.isWritten,
                        with: question.part,
                        by: &prover)
                else { continue }
                breaks[question.found].isExplained = true
                drafts[found.draft].changes[question.edit].noteBreak(of: found.affected, by: message, found.severity)
            }
        }
    }

    private static func side(_ affected: Change.Affected) -> ContainmentProver.Side {
        affected == .data ? .old : .new
    }

    private static func decide(
        _ pair: Pair, _ side: ContainmentProver.Side, isWritten: Bool, with part: BrokenPart? = nil,
        by prover: inout ContainmentProver
    ) -> Containment {
        let writer = side == .old ? pair.schemas.old : pair.schemas.new
        return prover.decide(
            from: side, old: pair.roots.old, new: pair.roots.new, writtenBy: isWritten ? writer : nil, with: part)
    }
}

extension Change {
    /// Notes a message that the change breaks.
    fileprivate mutating func noteBreak(of party: Affected, by message: JSONValue, _ severity: Severity) {
        affected.insert(party)
        counterexamples[party] = message
        if self.severity != .error { self.severity = severity }
    }
}
