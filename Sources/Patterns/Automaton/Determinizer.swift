/// A determinizer of an automaton: a state is the set of the places that the text can have reached.
///
/// A lookahead is an obligation of the place that passed it: a state of the lookahead's own table, which goes along with the
/// text. A lookbehind's table goes along from the beginning, and answers at each place.
struct Determinizer {
    /// The most states of one table.
    static let mostStates = 2_000
    /// The most steps that are tried, which bounds the time.
    static let mostSteps = 1_000_000

    private let automaton: PlaceAutomaton
    private let width: Int
    private let placeClasses: [[Int]]
    private let lookaheads: [StateTable]
    private let lookbehinds: [StateTable]
    private let matchedLookaheads: [Int?]

    private var obligations: [[Obligation]] = [[]]
    private var obligationNumbers: [[Obligation]: Int] = [[]: 0]
    private var keys: [Key] = []
    private var numbers: [Key: Int] = [:]
    private var stepCount = 0

    private struct Obligation: Hashable, Comparable {
        var look: Int
        var state: Int

        static func < (lhs: Obligation, rhs: Obligation) -> Bool { (lhs.look, lhs.state) < (rhs.look, rhs.state) }
    }

    /// A place and the number of its obligations.
    private struct Thread: Hashable, Comparable {
        var place: Int
        var obligation: Int

        static func < (lhs: Thread, rhs: Thread) -> Bool {
            (lhs.place, lhs.obligation) < (rhs.place, rhs.obligation)
        }
    }

    private struct Key: Hashable {
        var threads: [Thread]
        var lookbehinds: [Int]
    }

    /// Returns the smallest table of an automaton; `nil` where it or that of a lookaround would be too large.
    ///
    /// - Parameter contexts: The possible characters before the matched text.
    static func table(
        of automaton: PlaceAutomaton, _ alphabet: Alphabet, contexts: [PlaceAutomaton.Context] = [.textStart]
    ) -> StateTable? {
        guard var determinizer = Determinizer(automaton, alphabet) else { return nil }
        return determinizer.run(contexts)?.minimized()
    }

    private init?(_ automaton: PlaceAutomaton, _ alphabet: Alphabet) {
        self.automaton = automaton
        width = alphabet.classCount
        placeClasses = automaton.sets.map { alphabet.classes(of: $0) }
        func tables(_ looks: [PlaceAutomaton.Look], _ contexts: [PlaceAutomaton.Context]) -> [StateTable]? {
            var tables: [StateTable] = []
            for look in looks {
                guard let table = Self.table(of: look.automaton, alphabet, contexts: contexts) else { return nil }
                tables.append(look.isNegated ? table.complement.minimized() : table)
            }
            return tables
        }
        guard let lookaheads = tables(automaton.lookaheads, PlaceAutomaton.Context.allCases),
            let lookbehinds = tables(automaton.lookbehinds, [.textStart])
        else {
            return nil
        }
        self.lookaheads = lookaheads
        self.lookbehinds = lookbehinds
        matchedLookaheads = lookaheads.map(\.matched)
    }

    private mutating func run(_ contexts: [PlaceAutomaton.Context]) -> StateTable? {
        var table = StateTable(width: width, cells: [], accepting: [], starts: [])
        // State 0: no place is reached.
        _ = number(Key(threads: [], lookbehinds: resetLookbehinds))
        for context in contexts {
            let threads = [Thread(place: context.rawValue, obligation: 0)]
            table.starts.append(number(Key(threads: threads, lookbehinds: resetLookbehinds)))
        }
        var index = 0
        while index < keys.count {
            guard keys.count <= Self.mostStates, stepCount <= Self.mostSteps else { return nil }
            let key = keys[index]
            table.accepting.append(accepts(key))
            for next in successors(of: key) { table.cells.append(number(next)) }
            index += 1
        }
        return table
    }

    /// The states of the lookbehinds at the beginning of the text.
    private var resetLookbehinds: [Int] { lookbehinds.map { $0.starts[PlaceAutomaton.Context.textStart.rawValue] } }

    private mutating func number(_ key: Key) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }

    // MARK: Steps

    private mutating func successors(of key: Key) -> [Key] {
        var targets = [[Thread]](repeating: [], count: width)
        for thread in key.threads {
            for edge in automaton.edges[thread.place] {
                guard holds(edge.condition.lookbehinds, key.lookbehinds) else { continue }
                for itsClass in placeClasses[edge.target] {
                    stepCount += 1
                    guard let obligation = advance(thread, edge.condition.lookaheads, by: itsClass) else { continue }
                    targets[itsClass].append(Thread(place: edge.target, obligation: obligation))
                }
            }
        }
        return targets.enumerated().map { itsClass, threads in
            let threads = simplified(threads)
            // Where nothing can change any more, the lookbehinds are forgotten.
            let isSettled = threads.isEmpty || threads.first.map(isTail) == true
            let states =
                isSettled
                ? resetLookbehinds
                : zip(lookbehinds, key.lookbehinds).map { $0.next($1, itsClass) }
            return Key(threads: threads, lookbehinds: states)
        }
    }

    private func holds(_ looks: [Int], _ states: [Int]) -> Bool {
        looks.allSatisfy { lookbehinds[$0].accepting[states[$0]] }
    }

    /// Returns the obligations of a thread after a character, with those of the lookaheads that it passed before; `nil` where one
    /// can't be met.
    private mutating func advance(_ thread: Thread, _ looks: [Int], by itsClass: Int) -> Int? {
        if looks.isEmpty, thread.obligation == 0 { return 0 }
        var next: Set<Obligation> = []
        let passed = looks.map { Obligation(look: $0, state: start(of: $0, at: thread.place)) }
        for obligation in obligations[thread.obligation] + passed {
            let state = lookaheads[obligation.look].next(obligation.state, itsClass)
            if state == 0 { return nil }
            if state != matchedLookaheads[obligation.look] {
                next.insert(Obligation(look: obligation.look, state: state))
            }
        }
        let list = next.sorted()
        if let number = obligationNumbers[list] { return number }
        obligationNumbers[list] = obligations.count
        obligations.append(list)
        return obligations.count - 1
    }

    /// Returns the state in which a lookahead begins after a place.
    private func start(of look: Int, at place: Int) -> Int {
        let context =
            PlaceAutomaton.Context(rawValue: place)
            ?? (automaton.sets[place].ranges.first.map { ScalarSet.word.contains($0.lowerBound) } == true
                ? .word : .other)
        return lookaheads[look].starts[context.rawValue]
    }

    /// Threads in order, each once, without those whose obligations are more than another's of the same place. Where one has
    /// passed the whole pattern, the others do not matter.
    private func simplified(_ threads: [Thread]) -> [Thread] {
        if let tail = threads.first(where: isTail) { return [tail] }
        let sorted = threads.count < 2 ? threads : Set(threads).sorted()
        guard obligations.count > 1 else { return sorted }
        return sorted.filter { thread in
            !sorted.contains { other in
                other.place == thread.place && other.obligation != thread.obligation
                    && Set(obligations[other.obligation]).isSubset(of: obligations[thread.obligation])
            }
        }
    }

    private func isTail(_ thread: Thread) -> Bool { thread.place == automaton.tail && thread.obligation == 0 }

    private func accepts(_ key: Key) -> Bool {
        key.threads.contains { thread in
            automaton.endings[thread.place].contains { condition in
                holds(condition.lookbehinds, key.lookbehinds)
                    && condition.lookaheads.allSatisfy { lookaheads[$0].accepting[start(of: $0, at: thread.place)] }
                    && obligations[thread.obligation].allSatisfy { lookaheads[$0.look].accepting[$0.state] }
            }
        }
    }
}
