package import JSONTape
package import StringFormats

/// A regular expression of a schema, compiled: it matches in time linear in the text.
///
/// The syntax is that of ECMA-262 with the flag `u`, and a pattern without anchors may match anywhere in the text.
package struct CompiledPattern: Sendable {
    /// The pattern as it was written.
    package let source: String
    /// The smallest form that decides whether a string matches.
    package let form: StringPattern
    /// The text from which generated code reads the form's table; `nil` where it has none.
    package let packed: String?
    /// Deviations from the syntax that have one meaning nevertheless.
    package let notes: [PatternTree.Note]

    /// Compiles a pattern.
    package static func compile(_ source: String) throws(PatternError) -> CompiledPattern {
        let tree = try tree(of: source)
        let (form, packed) = try form(of: tree)
        return CompiledPattern(source: source, form: form, packed: packed, notes: tree.notes)
    }

    static func tree(of source: String) throws(PatternError) -> PatternTree {
        do throws(PatternSyntaxError) {
            return try PatternParser.parse(source)
        } catch {
            throw .syntax(error)
        }
    }

    /// Returns whether a string of well-formed UTF-8 matches.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { form.matches(text) }

    /// Returns whether a string matches.
    package func matches(_ text: String) -> Bool { form.matches(text) }

    // MARK: Forms

    /// Above this many repetitions a set's characters are counted, not distinguished by states.
    private static let mostCountedByStates = 8

    private static func form(of tree: PatternTree) throws(PatternError) -> (StringPattern, String?) {
        let outline = PatternOutline(tree)
        if let form = try outline.form() { return (form, nil) }
        if let (set, least, most) = try outline.repetition(), max(least, most ?? 0) > mostCountedByStates {
            let parts = try table(of: PlaceAutomaton(anyNumberOf: set))
            if let parts { return (.counted(parts.table, least: least, most: most), parts.packed) }
        }
        let automaton = try AutomatonBuilder.build(tree, node: tree.root, extent: .search)
        let alphabet = Alphabet(automaton.allSets)
        let table = Determinizer.table(of: automaton, alphabet)
        if let table {
            if let form = TableOutline(table, alphabet).form { return (form, nil) }
            if let bytes = ByteTable.make(table, alphabet) {
                if let shape = bytes.shape {
                    var writer = PackedNumbers.Writer()
                    writer.append(shape.places.count)
                    writer.append(shape.members)
                    writer.append(shape.places)
                    return (.shape(PatternShape(members: shape.members, places: shape.places)), writer.text)
                }
                if let parts = bytes.parts { return (.table(parts.table), parts.packed) }
            }
        }
        guard let parts = automaton.simulationParts(alphabet) ?? table?.simulationParts(alphabet) else {
            throw .tooLarge
        }
        return (.simulation(PatternSimulation(parts)), parts.packed)
    }

    private static func table(of automaton: PlaceAutomaton) throws(PatternError) -> ByteTable.Parts? {
        let alphabet = Alphabet(automaton.allSets)
        return Determinizer.table(of: automaton, alphabet).flatMap { ByteTable.make($0, alphabet)?.parts }
    }
}

extension PlaceAutomaton {
    /// Reads any number of a set's characters, and nothing else.
    fileprivate init(anyNumberOf set: ScalarSet) {
        let start = Context.allCases.count
        sets = Context.allCases.map { _ in ScalarSet.empty } + [set]
        edges = [[Edge]](repeating: [Edge(target: start, condition: Condition())], count: start + 1)
        endings = [[Condition]](repeating: [Condition()], count: start + 1)
    }

    /// Returns the automaton as a simulation; `nil` where it has lookarounds.
    fileprivate func simulationParts(_ alphabet: Alphabet) -> PatternSimulation.Parts? {
        guard lookaheads.isEmpty, lookbehinds.isEmpty, var parts = alphabet.simulationParts else { return nil }
        parts.placeClasses = sets.map { alphabet.classes(of: $0) }
        parts.successors = edges.map { $0.map(\.target) }
        parts.accepting = endings.indices.filter { !endings[$0].isEmpty }
        return parts
    }
}

extension StateTable {
    /// The most steps of a simulation that is made of a table.
    private static let mostSteps = 200_000

    /// Returns the table as a simulation, with a place for each state and class by which it is reached; `nil` where it has too
    /// many steps for one.
    fileprivate func simulationParts(_ alphabet: Alphabet) -> PatternSimulation.Parts? {
        guard count * width * width <= Self.mostSteps, var parts = alphabet.simulationParts else { return nil }
        func successors(_ state: Int) -> [Int] {
            (0..<width).filter { next(state, $0) != 0 }.map { 1 + next(state, $0) * width + $0 }
        }
        let states = [starts[0]] + (0..<count).flatMap { repeatElement($0, count: width) }
        parts.placeClasses = [[]] + (0..<count).flatMap { _ in (0..<width).map { [$0] } }
        parts.successors = states.map(successors)
        parts.accepting = states.indices.filter { accepting[states[$0]] }
        return parts
    }
}

extension Alphabet {
    /// The classes of characters of a simulation; `nil` where they are too many.
    fileprivate var simulationParts: PatternSimulation.Parts? {
        guard classCount <= UInt16.max else { return nil }
        var parts = PatternSimulation.Parts()
        parts.classCount = classCount
        parts.classes = (0..<128).map { value in classes[starts.lastIndex { $0 <= UInt32(value) } ?? 0] }
        for (index, itsClass) in classes.enumerated() where range(at: index).upperBound >= 0x80 {
            parts.rangeStarts.append(Int(starts[index]))
            parts.rangeClasses.append(itsClass)
        }
        return parts
    }
}
