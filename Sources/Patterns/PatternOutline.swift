import JSONTape
import StringFormats

/// The patterns that need no automaton, found by their syntax.
struct PatternOutline {
    private let tree: PatternTree
    private(set) var isAnchoredAtStart = false
    private(set) var isAnchoredAtEnd = false
    /// The part between the anchors.
    private(set) var items: [Int] = []

    init(_ tree: PatternTree) {
        self.tree = tree
        guard tree.depth <= AutomatonBuilder.deepestGroup else { return }
        items = flattened(tree.root)
        if case .start? = items.first.map({ tree.nodes[$0] }) {
            isAnchoredAtStart = true
            items.removeFirst()
        }
        if case .end? = items.last.map({ tree.nodes[$0] }) {
            isAnchoredAtEnd = true
            items.removeLast()
        }
        // At an open end a part that may be absent changes nothing.
        while !isAnchoredAtStart, let first = items.first, isOptional(first) { items.removeFirst() }
        while !isAnchoredAtEnd, let last = items.last, isOptional(last) { items.removeLast() }
    }

    private func isOptional(_ node: Int) -> Bool {
        if case .repeated(_, least: 0, _) = tree.nodes[node] { return true }
        return false
    }

    private func flattened(_ node: Int) -> [Int] {
        guard case .sequence(let nodes) = tree.nodes[node] else {
            if case .empty = tree.nodes[node] { return [] }
            return [node]
        }
        return nodes.flatMap(flattened)
    }

    /// Returns the pattern as a test that needs no table; `nil` where it needs one.
    func form() throws(PatternError) -> StringPattern? {
        if tree.depth > AutomatonBuilder.deepestGroup { return nil }
        if let text = try literal() {
            switch (isAnchoredAtStart, isAnchoredAtEnd) {
            case (true, true): return .literals([text])
            case (true, false): return text.isEmpty ? .always : .prefix(text)
            case (false, true): return text.isEmpty ? .always : .suffix(text)
            case (false, false): return text.isEmpty ? .always : .contains(text)
            }
        }
        guard let (set, least, most) = try repetition() else { return nil }
        if set == .all { return .length(least: least, most: most) }
        guard set.isASCII, !set.isEmpty else { return nil }
        return .repeated(low: set.asciiBits.low, high: set.asciiBits.high, least: least, most: most)
    }

    /// Returns the text that the items match, where they match one. At an open end the fewest repetitions are enough.
    private func literal() throws(PatternError) -> String? {
        var text = ""
        for (index, item) in items.enumerated() {
            let isAtOpenEnd = index == 0 && !isAnchoredAtStart || index == items.count - 1 && !isAnchoredAtEnd
            var node = item
            var count = 1
            if case .repeated(let inner, let least, let most) = tree.nodes[item] {
                guard isAtOpenEnd || least == most, least <= Self.mostLiteralRepetitions else { return nil }
                (node, count) = (inner, least)
            }
            guard case .set(let set) = tree.nodes[node], let scalar = try ScalarSet(set).single else { return nil }
            text.unicodeScalars.append(contentsOf: repeatElement(scalar, count: count))
        }
        return text
    }

    private static let mostLiteralRepetitions = 64

    /// Returns the set and bounds of a pattern that is, between anchors, one set so many times.
    func repetition() throws(PatternError) -> (set: ScalarSet, least: Int, most: Int?)? {
        guard isAnchoredAtStart, isAnchoredAtEnd, items.count == 1 else { return nil }
        switch tree.nodes[items[0]] {
        case .set(let set): return (try ScalarSet(set), 1, 1)
        case .repeated(let inner, let least, let most):
            guard case .set(let set) = tree.nodes[inner] else { return nil }
            return (try ScalarSet(set), least, most)
        default: return nil
        }
    }
}

/// The small forms of a pattern, found in its table.
struct TableOutline {
    private let table: StateTable
    private let alphabet: Alphabet
    private let matched: Int?

    private static let mostLiterals = 8

    init(_ table: StateTable, _ alphabet: Alphabet) {
        self.table = table
        self.alphabet = alphabet
        matched = table.matched
    }

    private var start: Int { table.starts[0] }

    /// A form that needs no table; `nil` where there is none.
    var form: StringPattern? {
        if start == 0 { return .never }
        if start == matched { return .always }
        return length ?? literals
    }

    /// The bounds of the length, where nothing else matters.
    private var length: StringPattern? {
        var least: Int?
        var most: Int?
        var state = start
        var count = 0
        var seen: Set<Int> = []
        while seen.insert(state).inserted {
            if state == 0 { break }
            if table.accepting[state] {
                guard most == nil || most == count - 1 else { return nil }
                least = least ?? count
                most = count
            }
            let next = table.next(state, 0)
            guard table.row(state).allSatisfy({ $0 == next }) else { return nil }
            if next == state { return table.accepting[state] ? least.map { .length(least: $0, most: nil) } : nil }
            state = next
            count += 1
        }
        return state == 0 ? least.map { .length(least: $0, most: most) } : nil
    }

    /// The strings that match, where they are few.
    private var literals: StringPattern? {
        var texts: [String] = []
        // Each text that leads somewhere, by its state.
        var pending: [(state: Int, text: String)] = [(start, "")]
        while let (state, text) = pending.popLast() {
            if table.accepting[state] { texts.append(text) }
            for (index, itsClass) in alphabet.classes.enumerated().reversed() {
                let next = table.next(state, itsClass)
                guard next != 0 else { continue }
                let range = alphabet.range(at: index)
                guard next != state, range.count + pending.count + texts.count <= Self.mostLiterals else { return nil }
                for value in range.reversed() {
                    guard let scalar = Unicode.Scalar(value) else { continue }
                    var longer = text
                    longer.unicodeScalars.append(scalar)
                    // Longer than any way without a cycle.
                    guard longer.unicodeScalars.count <= table.count else { return nil }
                    pending.append((next, longer))
                }
            }
        }
        return .literals(texts)
    }
}
