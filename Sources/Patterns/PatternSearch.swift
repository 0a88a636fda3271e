import StringFormats

/// A search for strings that match some patterns, do not match others, and have a length.
package struct PatternSearch: Sendable {
    package enum Result: Equatable, Sendable {
        /// Strings that satisfy all conditions, the shortest first; not all of them.
        case texts([String])
        /// No text satisfies all conditions.
        case none
        /// The reason why the search ended without an answer.
        case undecided(String)
    }

    package var matching: [String]
    package var notMatching: [String]
    /// In Unicode scalars.
    package var lengths: ClosedRange<Int>
    package var excluding: [String]

    package init(matching: [String], notMatching: [String], lengths: ClosedRange<Int>, excluding: [String]) {
        self.matching = matching
        self.notMatching = notMatching
        self.lengths = lengths
        self.excluding = excluding
    }

    /// Searches for a number of strings.
    package func run(limit: Int) -> Result {
        do throws(PatternError) {
            guard var walk = try PatternWalk(self) else { return .undecided("a pattern needs too many states") }
            return walk.run(limit: limit)
        } catch {
            return .undecided("\(error)")
        }
    }
}

/// A walk through the tables of all patterns at once, by strings of growing length.
private struct PatternWalk {
    private static let mostSteps = 20_000

    private struct Key: Hashable {
        /// The state in each table.
        var states: [Int]
        /// The length as far as the minimum.
        var length: Int
        /// The length of the common beginning with each excluded text, while the text is its beginning; -1 from then on.
        var excluded: [Int]
    }

    private struct Step {
        var key: Key
        var parent: Int
        var scalar: Unicode.Scalar
        var length: Int
    }

    private let search: PatternSearch
    private let tables: [StateTable]
    /// A state from which no text is found, by table.
    private let dead: [Int?]
    private let excluded: [[Unicode.Scalar]]
    /// A scalar of each class, and those of excluded strings.
    private var letters: [(scalar: Unicode.Scalar, itsClass: Int)] = []
    private var steps: [Step] = []
    private var visits: [Key: Int] = [:]

    init?(_ search: PatternSearch) throws(PatternError) {
        self.search = search
        var automata: [PlaceAutomaton] = []
        for source in search.matching + search.notMatching { automata.append(try Self.automaton(source)) }
        let alphabet = Alphabet(automata.reduce(into: [ScalarSet.all]) { $0.formUnion($1.allSets) })
        var tables: [StateTable] = []
        for automaton in automata {
            guard let table = Determinizer.table(of: automaton, alphabet) else { return nil }
            tables.append(table)
        }
        self.tables = tables
        dead = tables.enumerated().map { $0.offset < search.matching.count ? 0 : $0.element.matched }
        excluded = search.excluding.map { Array($0.unicodeScalars) }
        letters = Self.letters(alphabet, excluded)
    }

    private static func automaton(_ source: String) throws(PatternError) -> PlaceAutomaton {
        let tree = try CompiledPattern.tree(of: source)
        return try AutomatonBuilder.build(tree, node: tree.root, extent: .search)
    }

    /// Returns a readable scalar of each class where it has one, and the scalars by which a string differs from excluded
    /// ones.
    private static func letters(
        _ alphabet: Alphabet, _ excluded: [[Unicode.Scalar]]
    ) -> [(scalar: Unicode.Scalar, itsClass: Int)] {
        var letters: [(scalar: Unicode.Scalar, itsClass: Int)] = []
        var counts = [Int](repeating: 0, count: alphabet.classCount)
        // One more than the excluded strings can use up.
        let enough = excluded.count + 1
        let readable = [0x61...0x7A, 0x30...0x39, 0x41...0x5A, 0x20...0x7E].joined().map(UInt32.init)
        let first = alphabet.starts.indices.flatMap { index in
            alphabet.range(at: index).prefix(enough + 1)
        }
        var seen: Set<Unicode.Scalar> = []
        for value in readable + first {
            guard let scalar = Unicode.Scalar(value), !seen.contains(scalar) else { continue }
            let itsClass = alphabet.classes[alphabet.starts.lastIndex { $0 <= value } ?? 0]
            guard counts[itsClass] < enough else { continue }
            seen.insert(scalar)
            counts[itsClass] += 1
            letters.append((scalar, itsClass))
        }
        return letters
    }

    mutating func run(limit: Int) -> PatternSearch.Result {
        var found: [String] = []
        let start = Key(
            states: tables.map { $0.starts[PlaceAutomaton.Context.textStart.rawValue] }, length: 0,
            excluded: excluded.map { _ in 0 })
        add(Step(key: start, parent: -1, scalar: " ", length: 0), limit: limit)
        var index = 0
        while index < steps.count {
            guard steps.count <= Self.mostSteps else {
                return found.isEmpty ? .undecided("the patterns need too many steps") : .texts(found)
            }
            let step = steps[index]
            if accepts(step) {
                found.append(text(of: index))
                if found.count == limit { return .texts(found) }
            }
            if step.length < search.lengths.upperBound {
                for letter in letters { add(successor(of: step, at: index, letter), limit: limit) }
            }
            index += 1
        }
        return found.isEmpty ? .none : .texts(found)
    }

    private mutating func add(_ step: Step?, limit: Int) {
        guard let step else { return }
        let count = visits[step.key, default: 0]
        // A state that was reached by a shorter text accepts no less.
        guard count < limit else { return }
        visits[step.key] = count + 1
        steps.append(step)
    }

    private func successor(
        of step: Step, at index: Int, _ letter: (scalar: Unicode.Scalar, itsClass: Int)
    ) -> Step? {
        var key = step.key
        for table in tables.indices {
            let next = tables[table].next(key.states[table], letter.itsClass)
            if next == dead[table] { return nil }
            key.states[table] = next
        }
        key.length = min(step.length + 1, search.lengths.lowerBound)
        for text in excluded.indices {
            let place = key.excluded[text]
            let goesOn =
                place >= 0 && place < excluded[text].count && excluded[text][place] == letter.scalar
            key.excluded[text] = goesOn ? place + 1 : -1
        }
        return Step(key: key, parent: index, scalar: letter.scalar, length: step.length + 1)
    }

    private func accepts(_ step: Step) -> Bool {
        search.lengths.contains(step.length)
            && tables.indices.allSatisfy {
                tables[$0].accepting[step.key.states[$0]] == ($0 < search.matching.count)
            }
            && excluded.indices.allSatisfy { step.key.excluded[$0] != excluded[$0].count }
    }

    private func text(of index: Int) -> String {
        var scalars: [Unicode.Scalar] = []
        var current = index
        while steps[current].parent >= 0 {
            scalars.append(steps[current].scalar)
            current = steps[current].parent
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars.reversed())
        return text
    }
}
