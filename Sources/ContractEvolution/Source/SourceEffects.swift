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
        let candidates = CandidateChanges(own.filter { changes[$0].rule.mayBreakSource }, of: changes, message: name)
        // The manifest's events may be the values of the discriminator.
        let events = changes.indices.filter { changes[$0].isEventList && changes[$0].place.hasPrefix(name + ":") }
        var unexplained: [JSONPointer: String] = [:]
        for (place, text) in breaks {
            let explaining =
                candidates.nearest(to: place) + (place == message.declaration.discriminator?.value ? events : [])
            for index in explaining { changes[index].affected.insert(.source) }
            if explaining.isEmpty { unexplained[place] = text }
        }
        guard let (place, text) = unexplained.min(by: { $0.key.description < $1.key.description }) else { return }
        let site = place.tokens.isEmpty ? "" : " at '\(place)'"
        var change = Change(
            .swiftInterface, at: message.declaration.name.location,
            "the generated Swift of '\(name)' changed\(site): \(text)", affected: [.source])
        change.place = name
        changes.append(change)
    }
}

/// The changes of one message that may break source, by their places.
private struct CandidateChanges {
    /// The positions of the changes at each place.
    private var places: [String: [Int]] = [:]
    /// The places in their order, in which those below a place follow it.
    private let sorted: [String]
    /// The changes of the message as a whole.
    private var whole: [Int] = []

    init(_ indices: [Int], of changes: [Change], message: String) {
        for index in indices {
            if changes[index].rule.isAboutSchemas || changes[index].place != message {
                places[String(changes[index].place.dropFirst(message.count)), default: []].append(index)
            } else {
                whole.append(index)
            }
        }
        sorted = places.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Returns the changes at a place; without any, those at the nearest place above it, then below it, then those of the
    /// message as a whole.
    func nearest(to place: JSONPointer) -> [Int] {
        let path = place.tokens.isEmpty ? "" : place.description
        var above = path[...]
        while true {
            if let found = places[String(above)] { return found }
            guard let end = above.utf8.lastIndex(of: UInt8(ascii: "/")) else { break }
            above = above[..<end]
        }
        let below = sorted(below: path + "/")
        guard let shortest = below.map(\.utf8.count).min() else { return whole }
        return below.filter { $0.utf8.count == shortest }.flatMap { places[$0] ?? [] }
    }

    /// Returns the places that begin with a text.
    private func sorted(below start: String) -> ArraySlice<String> {
        var (low, high) = (sorted.startIndex, sorted.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].utf8.lexicographicallyPrecedes(start.utf8) { low = middle + 1 } else { high = middle }
        }
        return sorted[low...].prefix { $0.utf8.starts(with: start.utf8) }
    }
}

extension Change {
    fileprivate var isEventList: Bool { rule == .eventAdded || rule == .eventRemoved }
}
