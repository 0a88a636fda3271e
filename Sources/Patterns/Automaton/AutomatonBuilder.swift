import StringFormats

/// A builder of the automaton of a pattern: first with empty steps (Thompson's construction), then without (Glushkov's
/// places).
struct AutomatonBuilder {
    /// The places at which a pattern may match.
    enum Extent {
        /// Anywhere in the text.
        case search
        /// From here on, whatever follows: a lookahead.
        case ahead
        /// Up to here, whatever is before: a lookbehind.
        case behind
    }

    private enum State {
        case character(ScalarSet, next: Int)
        case split([Int])
        case start(next: Int)
        case end(next: Int)
        case wordBoundary(isNegated: Bool, next: Int)
        case lookahead(Int, next: Int)
        case lookbehind(Int, next: Int)
        case accept
    }

    private struct LookKey: Hashable {
        var node: Int
        var isNegated: Bool
        var isAhead: Bool
    }

    static let mostStates = 50_000
    static let mostEdges = 200_000
    /// Below which the nesting of groups needs little of a thread's stack.
    static let deepestGroup = 200

    private let tree: PatternTree
    private let extent: Extent
    private let splitsWords: Bool
    private var states: [State] = []
    private var lookaheads: [PlaceAutomaton.Look] = []
    private var lookbehinds: [PlaceAutomaton.Look] = []
    private var looks: [LookKey: Int] = [:]

    private init(_ tree: PatternTree, _ extent: Extent) {
        self.tree = tree
        self.extent = extent
        splitsWords = tree.nodes.contains {
            if case .wordBoundary = $0 { return true }
            return false
        }
    }

    static func build(
        _ tree: PatternTree, node: Int, extent: Extent
    ) throws(PatternError) -> PlaceAutomaton {
        guard tree.depth <= deepestGroup else { throw .tooLarge }
        var builder = AutomatonBuilder(tree, extent)
        return try builder.run(node)
    }

    private mutating func run(_ node: Int) throws(PatternError) -> PlaceAutomaton {
        var entry = try add(.accept)
        var tailState: Int?
        if extent != .behind { (entry, tailState) = try addTail(before: entry) }
        entry = try build(node, before: entry)
        if extent != .ahead { entry = try addHead(before: entry) }
        return try places(from: entry, tailState: tailState)
    }

    // MARK: States

    private mutating func add(_ state: State) throws(PatternError) -> Int {
        guard states.count < Self.mostStates else { throw .tooLarge }
        states.append(state)
        return states.count - 1
    }

    /// Adds any text before a pattern; returns the state where it begins.
    private mutating func addHead(before next: Int) throws(PatternError) -> Int {
        let loop = try add(.split([]))
        states[loop] = .split([try addCharacter(.all, next: loop), next])
        return loop
    }

    /// Adds any text after a pattern; returns the state where it begins, and that of its characters. The first character is
    /// apart, if the pattern distinguishes words from other characters.
    private mutating func addTail(before next: Int) throws(PatternError) -> (entry: Int, character: Int) {
        let loop = try add(.split([]))
        let character = try add(.character(.all, next: loop))
        states[loop] = .split([character, next])
        guard splitsWords else { return (loop, character) }
        return (try add(.split([try addCharacter(.all, next: loop), next])), character)
    }

    /// Adds the states of a node; returns the one where it begins.
    private mutating func build(_ node: Int, before next: Int) throws(PatternError) -> Int {
        switch tree.nodes[node] {
        case .empty: return next
        case .set(let set): return try addCharacter(try ScalarSet(set), next: next)
        case .sequence(let nodes):
            var entry = next
            for node in nodes.reversed() { entry = try build(node, before: entry) }
            return entry
        case .alternatives(let nodes):
            var entries: [Int] = []
            for node in nodes { entries.append(try build(node, before: next)) }
            return try add(.split(entries))
        case .repeated(let inner, let least, let most):
            return try buildRepetition(inner, least: least, most: most, before: next)
        case .start: return try add(.start(next: next))
        case .end:
            guard extent != .behind else { throw .unsupported("'$' in a lookbehind") }
            return try add(.end(next: next))
        case .wordBoundary(let isNegated):
            return try add(.wordBoundary(isNegated: isNegated, next: next))
        case .lookahead(let inner, let isNegated):
            guard extent != .behind else { throw .unsupported("a lookahead in a lookbehind") }
            return try add(.lookahead(try look(inner, isNegated: isNegated, isAhead: true), next: next))
        case .lookbehind(let inner, let isNegated):
            guard extent == .search else { throw .unsupported("a lookbehind in a lookaround") }
            return try add(.lookbehind(try look(inner, isNegated: isNegated, isAhead: false), next: next))
        case .backreference(let text): throw .unsupported("the backreference '\(text)'")
        }
    }

    private mutating func addCharacter(_ set: ScalarSet, next: Int) throws(PatternError) -> Int {
        guard splitsWords else { return try add(.character(set, next: next)) }
        let parts = [set.intersection(.word), set.intersection(ScalarSet.word.complement)].filter { !$0.isEmpty }
        guard parts.count == 2 else { return try add(.character(set, next: next)) }
        return try add(
            .split([try add(.character(parts[0], next: next)), try add(.character(parts[1], next: next))]))
    }

    private mutating func buildRepetition(
        _ node: Int, least: Int, most: Int?, before next: Int
    ) throws(PatternError) -> Int {
        var entry = next
        var copies = least
        if let most {
            // Each further repetition is inside the one before: `(x(x)?)?`.
            for _ in 0..<(most - least) {
                let before = states.count
                let body = try build(node, before: entry)
                guard states.count > before else { break }
                entry = try add(.split([body, next]))
            }
        } else {
            let loop = try add(.split([]))
            let body = try build(node, before: loop)
            states[loop] = .split([body, next])
            entry = least > 0 ? body : loop
            copies = max(0, least - 1)
        }
        for _ in 0..<copies {
            let before = states.count
            entry = try build(node, before: entry)
            // A pattern of the empty text matches it any number of times.
            guard states.count > before else { break }
        }
        return entry
    }

    private mutating func look(_ node: Int, isNegated: Bool, isAhead: Bool) throws(PatternError) -> Int {
        let key = LookKey(node: node, isNegated: isNegated, isAhead: isAhead)
        if let known = looks[key] { return known }
        let automaton = try Self.build(tree, node: node, extent: isAhead ? .ahead : .behind)
        let look = PlaceAutomaton.Look(automaton: automaton, isNegated: isNegated)
        let index = isAhead ? lookaheads.count : lookbehinds.count
        if isAhead { lookaheads.append(look) } else { lookbehinds.append(look) }
        looks[key] = index
        return index
    }

    // MARK: Places

    private struct Visit: Hashable {
        var state: Int
        /// The required kind of the next character after a word boundary.
        var nextIsWord: Bool?
        var mustEnd = false
        var condition = PlaceAutomaton.Condition()
    }

    private func places(from entry: Int, tailState: Int?) throws(PatternError) -> PlaceAutomaton {
        var placeOfState: [Int: Int] = [:]
        var sets = PlaceAutomaton.Context.allCases.map { _ in ScalarSet.empty }
        var exits = [entry, entry, entry]
        for (index, state) in states.enumerated() {
            guard case .character(let set, let next) = state else { continue }
            placeOfState[index] = sets.count
            sets.append(set)
            exits.append(next)
        }
        var automaton = PlaceAutomaton(
            sets: sets, edges: [], endings: [], lookaheads: lookaheads, lookbehinds: lookbehinds,
            tail: tailState.flatMap { placeOfState[$0] })
        var edgeCount = 0
        for place in sets.indices {
            let isWord = place < 3 ? place == PlaceAutomaton.Context.word.rawValue : sets[place].isWord
            let (edges, endings) = try steps(
                from: exits[place], isTextStart: place == PlaceAutomaton.Context.textStart.rawValue, isWord: isWord,
                placeOfState: placeOfState, sets: sets)
            edgeCount += edges.count
            guard edgeCount <= Self.mostEdges else { throw .tooLarge }
            automaton.edges.append(edges)
            automaton.endings.append(endings)
        }
        automaton.removeDeadEnds()
        return automaton
    }

    /// Returns the places that are reached by empty steps, and the conditions of ending there.
    private func steps(
        from exit: Int, isTextStart: Bool, isWord: Bool, placeOfState: [Int: Int], sets: [ScalarSet]
    ) throws(PatternError) -> (edges: [PlaceAutomaton.Edge], endings: [PlaceAutomaton.Condition]) {
        var edges: Set<PlaceAutomaton.Edge> = []
        var endings: Set<PlaceAutomaton.Condition> = []
        var pending = [Visit(state: exit)]
        var visited: Set<Visit> = [pending[0]]
        func visit(_ next: Int, _ visit: Visit) {
            var visit = visit
            visit.state = next
            if visited.insert(visit).inserted { pending.append(visit) }
        }
        while var current = pending.popLast() {
            switch states[current.state] {
            case .character:
                guard !current.mustEnd, let place = placeOfState[current.state] else { continue }
                if let nextIsWord = current.nextIsWord, sets[place].isWord != nextIsWord { continue }
                edges.insert(PlaceAutomaton.Edge(target: place, condition: current.condition))
            case .accept:
                guard extent != .behind || current.nextIsWord == nil else {
                    throw .unsupported("a word boundary at the end of a lookbehind")
                }
                if current.nextIsWord != true { endings.insert(current.condition) }
            case .split(let nexts):
                for next in nexts { visit(next, current) }
            case .start(let next):
                if isTextStart { visit(next, current) }
            case .end(let next):
                current.mustEnd = true
                visit(next, current)
            case .wordBoundary(let isNegated, let next):
                let nextIsWord = isWord == isNegated
                if let known = current.nextIsWord, known != nextIsWord { continue }
                current.nextIsWord = nextIsWord
                visit(next, current)
            case .lookahead(let look, let next):
                current.condition.lookaheads = Set(current.condition.lookaheads + [look]).sorted()
                visit(next, current)
            case .lookbehind(let look, let next):
                current.condition.lookbehinds = Set(current.condition.lookbehinds + [look]).sorted()
                visit(next, current)
            }
        }
        // In one order, so that the same pattern always gives the same table.
        return (
            edges.sorted { ($0.target, $0.condition.order) < ($1.target, $1.condition.order) },
            endings.sorted { $0.order < $1.order }
        )
    }
}

extension PlaceAutomaton.Condition {
    fileprivate var order: String { "\(lookaheads) \(lookbehinds)" }
}

extension ScalarSet {
    /// Whether the set's characters are of words, where all of them are or none is.
    fileprivate var isWord: Bool { ranges.first.map { ScalarSet.word.contains($0.lowerBound) } ?? false }
}
