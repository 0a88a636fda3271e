import JSONTape
import SchemaPlan

extension PlanEmitter {
    /// Writes the choice among alternatives: those that a value's kind, or a member, rules out are not tried.
    mutating func emit(
        _ range: Range<Int32>, isExclusive: Bool, known: TypeSet, to writer: inout SourceWriter
    ) {
        let branches = range.map { plan.branches[Int($0)] }
        let kinds = branches.map { plan.kinds(of: $0.subplan) }
        let possible = known.possibleKinds
        var groups: [(kinds: [JSONTape.Kind], candidates: [Int])] = []
        for kind in JSONTape.Kind.all where possible.contains(kind) {
            let candidates = branches.indices.filter { kinds[$0].contains(kind) }
            if let index = groups.firstIndex(where: { $0.candidates == candidates && !isChosen(kind, $0.kinds) }) {
                groups[index].kinds.append(kind)
            } else {
                groups.append((kinds: [kind], candidates: candidates))
            }
        }
        guard !groups.allSatisfy(\.candidates.isEmpty) else {
            writer.line("return false")
            return
        }
        guard groups.count > 1 else {
            if let group = groups.first {
                emit(group.candidates, of: branches, isExclusive, group.kinds == [.object], to: &writer)
            }
            return
        }
        writer.line("switch tape.kind(at: node) {")
        for (index, group) in groups.enumerated() {
            let isLast = index == groups.count - 1
            writer.line(isLast ? "default:" : "case \(group.kinds.map { ".\($0)" }.joined(separator: ", ")):")
            writer.statements { writer in
                emit(group.candidates, of: branches, isExclusive, group.kinds == [.object], to: &writer)
            }
        }
        writer.line("}")
    }

    /// Returns whether kinds must not share a group: objects may be distinguished by their members.
    private func isChosen(_ kind: JSONTape.Kind, _ others: [JSONTape.Kind]) -> Bool {
        kind == .object || others.contains(.object)
    }

    /// Writes the choice among the candidates that remain.
    private mutating func emit(
        _ candidates: [Int], of branches: [Plan.Part], _ isExclusive: Bool, _ isObject: Bool,
        to writer: inout SourceWriter
    ) {
        if isObject, candidates.count > 1, let choice = BranchChoice(branches, among: candidates, of: plan) {
            emit(choice, of: branches, isExclusive, to: &writer)
            return
        }
        if candidates.isEmpty {
            writer.line("return false")
            return
        }
        let parts = candidates.map { branches[$0] }
        if parts.count == 1 {
            writer.demand(condition(parts[0], at: "node"))
        } else if isExclusive || parts.contains(where: tracks) {
            emitCounted(parts, isExclusive, to: &writer)
        } else {
            emitAny(parts.map { condition($0, at: "node") }, to: &writer)
        }
    }

    /// Writes the count of the valid parts: all are tried, for what they evaluate, or up to a second valid one.
    private mutating func emitCounted(_ parts: [Plan.Part], _ isExclusive: Bool, to writer: inout SourceWriter) {
        writer.scope(sharesScope) { writer in
            writer.line("var matches = 0")
            for (index, part) in parts.enumerated() {
                emitIf(part, to: &writer) { $0.line("matches &+= 1") }
                if isExclusive, index > 0, index < parts.count - 1 {
                    writer.line("if matches > 1 { return false }")
                }
            }
            writer.demand(isExclusive ? "matches == 1" : "matches > 0")
        }
    }

    /// Writes the check for any of some conditions. Only a few are one expression: the compiler's time grows faster
    /// than its length.
    private func emitAny(_ conditions: [String], to writer: inout SourceWriter) {
        guard !conditions.contains("true") else { return }
        let conditions = conditions.filter { $0 != "false" }
        guard !conditions.isEmpty else {
            writer.demand("false")
            return
        }
        let single = conditions.joined(separator: " || ")
        guard conditions.count > 3 || !writer.fits("guard \(single) else { return false }") else {
            writer.demand(single)
            return
        }
        writer.line("alternatives: do {")
        writer.indented { writer in
            for condition in conditions { writer.line("if \(condition) { break alternatives }") }
            writer.line("return false")
        }
        writer.line("}")
    }

    // MARK: Chosen by a member

    private mutating func emit(
        _ choice: BranchChoice, of branches: [Plan.Part], _ isExclusive: Bool, to writer: inout SourceWriter
    ) {
        // Values with the same alternatives are one case.
        var cases: [(values: [Int], branches: [Int])] = []
        for (position, item) in choice.cases.enumerated() {
            if let index = cases.firstIndex(where: { $0.branches == item.branches }) {
                cases[index].values.append(position)
            } else {
                cases.append(([position], item.branches))
            }
        }
        let values = choice.cases.map(\.value)
        writer.line("if let tag = \(TextWords(choice.name).member(of: "node")) {")
        writer.indented { writer in
            writer.line("switch \(position(of: values, at: "tag")) {")
            for item in cases {
                writer.integerCase(item.values)
                writer.statements { emit(item.branches, of: branches, isExclusive, false, to: &$0) }
            }
            writer.line("default:")
            writer.statements { emit(choice.others, of: branches, isExclusive, false, to: &$0) }
            writer.line("}")
        }
        writer.line("} else {")
        writer.indented { emit(choice.missing, of: branches, isExclusive, false, to: &$0) }
        writer.line("}")
    }

    /// Returns the expression for the position of a value among strings, or another number if it is not one of them.
    private mutating func position(of strings: [String], at node: String) -> String {
        if Width.isWide(strings.count) { return "\(table(of: strings)).index(of: \(node), in: tape)" }
        let name = constant(for: "position \(strings)", named: "position") { writer, name in
            writer.function(name, Self.tapeParameters, returns: "Int") { writer in
                Self.emitSwitch(over: strings, otherwise: -1, to: &writer) { text in
                    strings.firstIndex { JSONName($0) == JSONName(text) } ?? 0
                }
            }
        }
        return "\(name)(tape, \(node))"
    }
}
