/// A nondeterministic automaton over the places of a pattern: each place reads one character of its set.
///
/// Anchors and word boundaries are decided already: a place's characters are all of words or all of none where that matters,
/// so that both sides of each step are known. The rest are the conditions of lookarounds.
struct PlaceAutomaton {
    /// The conditions of a step, as indices of ``lookaheads`` and ``lookbehinds``.
    struct Condition: Hashable {
        var lookaheads: [Int] = []
        var lookbehinds: [Int] = []

        var isEmpty: Bool { lookaheads.isEmpty && lookbehinds.isEmpty }
    }

    struct Edge: Hashable {
        var target: Int
        var condition: Condition
    }

    /// A lookaround and the automaton of its pattern.
    struct Look {
        var automaton: PlaceAutomaton
        var isNegated: Bool
    }

    /// The places before the first character. Each is a place without characters, by its raw value.
    enum Context: Int, CaseIterable {
        case textStart, word, other
    }

    var sets: [ScalarSet]
    var edges: [[Edge]]
    /// The conditions under which the text may end after a place.
    var endings: [[Condition]]
    var lookaheads: [Look] = []
    var lookbehinds: [Look] = []
    /// The place that reads the rest of the text, whatever it is.
    var tail: Int?

    /// The sets of the automaton and of its lookarounds.
    var allSets: Set<ScalarSet> {
        (lookaheads + lookbehinds).reduce(into: Set(sets)) { $0.formUnion($1.automaton.allSets) }
    }

    /// Removes the steps to places from which no end is reached.
    mutating func removeDeadEnds() {
        var sources = [[Int]](repeating: [], count: sets.count)
        for (place, edges) in edges.enumerated() {
            for edge in edges { sources[edge.target].append(place) }
        }
        var isLive = endings.map { !$0.isEmpty }
        var pending = isLive.indices.filter { isLive[$0] }
        while let place = pending.popLast() {
            for source in sources[place] where !isLive[source] {
                isLive[source] = true
                pending.append(source)
            }
        }
        for place in edges.indices { edges[place].removeAll { !isLive[$0.target] } }
    }
}
