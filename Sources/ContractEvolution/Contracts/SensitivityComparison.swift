import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// A comparison of which values of messages are sensitive, and how they are encrypted.
///
/// Readers decrypt as their own contract states: a value that is encrypted in one version alone, or in another way, can't be
/// read by the other version's code.
struct SensitivityComparison {
    /// The protection of a value of a message.
    private enum Protection: Hashable {
        case none
        /// Redacted by the generated Swift, and sent in clear.
        case redacted
        case encrypted(EncryptionDeclaration.Keys)
    }

    /// The sensitive values of one version of a message.
    private struct Side {
        let graph: SensitivityGraph?
        let encryption: EncryptionDeclaration?

        init(_ message: MessageDeclaration, _ version: ContractVersion) {
            graph = SensitivityGraph(of: message, in: version.contract, version.model)
            encryption = version.contract.encryption
        }

        func node(_ position: Int?) -> SensitivityGraph.Node? { position.flatMap { graph?.nodes[$0] } }

        func protection(at position: Int?) -> Protection {
            guard let category = node(position)?.category.flatMap({ graph?.categories[$0] }) else { return .none }
            let keys = encryption?.categories.first { $0.name.value == category }?.keys
            return keys.map { .encrypted($0) } ?? .redacted
        }

        /// The schemes by which values are encrypted.
        var schemes: Set<EncryptionDeclaration.Scheme> {
            let keys = (graph?.categories ?? []).compactMap { category in
                encryption?.categories.first { $0.name.value == category }?.keys
            }
            return Set(keys.map(\.scheme))
        }
    }

    /// A place in both versions; `nil` where nothing is sensitive in the value.
    private struct Pair: Hashable {
        var old: Int?
        var new: Int?
    }

    private let message: MessageDeclaration
    private let old: Side
    private let new: Side
    private var changes: [Change] = []
    /// The places that the compared value is in.
    private var open: Set<Pair> = []

    /// The places without differences in their parts.
    private var equal: Set<Pair> = []

    /// The number of changes after which no further are looked for: a shared part that changed is reported wherever it is used.
    private static let mostChanges = 100

    /// Returns the changes of all messages that both versions have.
    ///
    /// - Parameter isLatest: Whether the old version is the one before.
    static func changes(_ old: ContractVersion, _ new: ContractVersion, isLatest: Bool) -> [Change] {
        new.contract.messages.flatMap { message -> [Change] in
            guard let before = old.contract.messages.first(where: { $0.name.value == message.name.value }) else {
                return []
            }
            var comparison = SensitivityComparison(
                message: message, old: Side(before, old), new: Side(message, new))
            comparison.compare(Pair(old: 0, new: 0), at: ValuePlace())
            comparison.compareBinding(old.contract, before, new.contract)
            comparison.compareMarkers()
            return comparison.changes.map { change in
                var judged = change
                let isForbidden = change.affected.contains {
                    message.compatibility.level.forbids($0, isLatest: isLatest)
                }
                if isForbidden { judged.severity = .error }
                return judged
            }
        }
    }

    private init(message: MessageDeclaration, old: Side, new: Side) {
        self.message = message
        self.old = old
        self.new = new
    }

    // MARK: Values

    private mutating func compare(_ pair: Pair, at place: ValuePlace) {
        let pair = Pair(old: old.graph == nil ? nil : pair.old, new: new.graph == nil ? nil : pair.new)
        guard pair.old != nil || pair.new != nil else { return }
        let (before, after) = (old.protection(at: pair.old), new.protection(at: pair.new))
        if before != after {
            changes.append(change(from: before, to: after, at: place))
            // Its parts have changed with it.
            return
        }
        if case .encrypted = before { return }
        // A value within itself is not compared again.
        guard !equal.contains(pair), changes.count < Self.mostChanges, open.insert(pair).inserted else { return }
        let count = changes.count
        compareParts(old.node(pair.old), new.node(pair.new), at: place)
        open.remove(pair)
        if changes.count == count { equal.insert(pair) }
    }

    private mutating func compareParts(
        _ old: SensitivityGraph.Node?, _ new: SensitivityGraph.Node?, at place: ValuePlace
    ) {
        var names: [String] = []
        for member in (old?.members ?? []) + (new?.members ?? [])
        where !names.contains(where: { JSONName($0) == JSONName(member.name) }) { names.append(member.name) }
        for name in names {
            let pair = Pair(old: old?.position(ofMember: name), new: new?.position(ofMember: name))
            compare(pair, at: place.appending(.member(name)))
        }
        compare(Pair(old: old?.otherMembers, new: new?.otherMembers), at: place.appending(.any))
        for index in 0..<max(old?.elements.count ?? 0, new?.elements.count ?? 0) {
            let pair = Pair(old: old?.position(ofElement: index), new: new?.position(ofElement: index))
            compare(pair, at: place.appending(.element(index)))
        }
        compare(Pair(old: old?.otherElements, new: new?.otherElements), at: place.appending(.any))
    }

    private func change(from before: Protection, to after: Protection, at place: ValuePlace) -> Change {
        let value = "'\(place.pointer)' of '\(message.name.value)'"
        var change = Change(.encryptionChanged, at: message.name.location, "")
        switch (before, after) {
        case (.encrypted(let from), .encrypted(let to)) where from.scheme != to.scheme:
            change.message = "\(value) is encrypted by \(to.scheme.rawValue), no longer by \(from.scheme.rawValue)"
            change.affected = [.readers, .data]
        case (.encrypted(let from), .encrypted(let to)):
            change.message = "\(value) is encrypted by the keys '\(to.name)', no longer by '\(from.name)'"
            change.affected = [.readers, .data]
            change.notes = ["code that has the same keys by both names reads both"]
        case (.encrypted, .redacted), (.encrypted, .none):
            change.rule = .sensitivityRemoved
            change.message = "\(value) is no longer encrypted"
            change.affected = [.readers, .data, .operations]
            change.notes = ["it is sent in clear"]
        case (.redacted, .encrypted), (.none, .encrypted):
            change.rule = .sensitivityAdded
            change.message = "\(value) is now encrypted"
            change.affected = [.readers, .data]
        case (.redacted, .none):
            change.rule = .sensitivityRemoved
            change.message = "\(value) is no longer sensitive"
            change.affected = [.operations]
        case (.none, .redacted):
            change.rule = .sensitivityAdded
            change.message = "\(value) is now sensitive"
        case (.none, .none), (.redacted, .redacted): break
        }
        if before == .none || after == .none { change.affected.insert(.source) }
        if after == .none { change.notes.append("descriptions, logs and failures show it") }
        change.place = message.name.value + place.pointer.description
        return change
    }

    // MARK: Binding

    /// Compares what tokens are bound to besides their place in the message: the contract, the topic and the message's ID.
    private mutating func compareBinding(_ old: Contract, _ before: MessageDeclaration, _ new: Contract) {
        guard self.old.schemes.contains(.aes256GCM), self.new.schemes.contains(.aes256GCM) else { return }
        func add(_ text: String, at location: SourceLocation) {
            var change = Change(
                .encryptionChanged, at: location, "tokens of '\(message.name.value)' are bound to \(text)",
                affected: [.readers, .data])
            change.place = message.name.value
            changes.append(change)
        }
        if old.name.value != new.name.value {
            add("the contract '\(new.name.value)', no longer to '\(old.name.value)'", at: new.name.location)
        }
        if before.topic.value != message.topic.value {
            add("the topic '\(message.topic.value)', no longer to '\(before.topic.value)'", at: message.topic.location)
        }
        let (from, to) = (before.idProperty, message.idProperty)
        if from?.value != to?.value {
            let names = [to, from].map { $0.map { "the message ID '\($0.value)'" } ?? "no message ID" }
            add("\(names[0]), no longer to \(names[1])", at: to?.location ?? message.name.location)
        }
    }

    /// Adds another marker, by which readers without the contract recognize encrypted values.
    private mutating func compareMarkers() {
        guard !old.schemes.isEmpty, !new.schemes.isEmpty else { return }
        let (from, to) = (old.encryption?.marker, new.encryption?.marker)
        guard from?.value != to?.value else { return }
        let text =
            switch (from, to) {
            case (let from?, let to?): "marked by '\(to.value)', no longer by '\(from.value)'"
            case (let from?, nil): "no longer marked by '\(from.value)'"
            case (nil, let to?): "marked by '\(to.value)'"
            case (nil, nil): "not marked"
            }
        var change = Change(
            .encryptionChanged, at: to?.location ?? new.encryption?.location ?? message.name.location,
            "encrypted values of '\(message.name.value)' are \(text)", affected: [.operations])
        change.place = message.name.value
        changes.append(change)
    }
}

extension MessageDeclaration {
    /// The property that the envelope fills with a new ID.
    fileprivate var idProperty: Located<JSONPointer>? { envelope.first { $0.value.value.contains("{id}") }?.property }
}
