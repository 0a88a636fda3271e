import JSONSchema
import JSONTape
import Patterns

/// A solver that finds a value for which some nodes are valid and others are not, or proves that there is none.
///
/// The search goes by type: for each type, conditions are decided until a choice is open, whose alternatives are tried in
/// turn. Conditions that are not part of the search make it find more, never less, so that a proof stays a proof; each
/// value that is found is checked by the interpreter.
struct Solver {
    typealias NodeID = SchemaModel.NodeID

    /// The steps after which there is no answer.
    static let defaultBudget = 20_000
    /// The nesting at which there is no answer.
    static let mostLevels = 100
    /// The nested calls of the search after which there is no answer. The stack has room for several times as many.
    static let mostCalls = 256
    /// The reason where calls nest too deep.
    static let tooDeep = "the schemas have more open conditions than are combined"
    /// The small work that counts as a step.
    private static let workOfStep = 16

    var schemas: JoinedSchemas
    var budget: Int

    /// The conditions of a goal, however it states them.
    struct Key: Hashable {
        fileprivate var nodes: [Int]
        fileprivate var excluded: [JSONValue]
        fileprivate var patterns: [SignedPattern]
        fileprivate var isString: Bool
    }

    /// Goals that some value satisfies. Solvers for the same schemas may share them.
    var satisfiable: Set<Key> = []
    private var known: [Key: Outcome] = [:]
    /// The goals on the way to the current one, with their levels and the nesting of the values they are about.
    private var open: [Key: (level: Int, depth: Int)] = [:]
    private var depth = 0
    /// The calls on the stack that add to its depth with the size of a schema, in all open goals.
    var calls = 0
    /// The lowest level on whose emptiness the current outcome depends.
    private var lowest = Int.max
    private var compiled: [String: CompiledPattern]
    private var exclusive: [[NodeID]: Bool] = [:]
    /// The small work that has not become a step.
    private var smallWork = 0

    init(_ schemas: JoinedSchemas, patterns: [String: CompiledPattern], budget: Int = Solver.defaultBudget) {
        self.schemas = schemas
        self.budget = budget
        compiled = patterns
    }

    // MARK: Goals

    /// Finds a value that satisfies a goal.
    ///
    /// A goal within itself needs no value of its own: the value of the inner one would be a smaller value of the outer
    /// one, and so the smallest value has no such part.
    mutating func solve(_ goal: Goal) -> Outcome {
        let key = key(of: goal)
        if let outcome = known[key] { return outcome }
        if let outer = open[key] {
            guard outer.depth < depth else { return .undecided("the conditions of a value lead back to themselves") }
            lowest = min(lowest, outer.level)
            return .empty
        }
        guard open.count < Self.mostLevels else { return .undecided("the schemas nest too deep") }
        let level = open.count
        let outer = lowest
        lowest = Int.max
        open[key] = (level, depth)
        let outcome = search(goal)
        open[key] = nil
        // An outcome that depends on an outer goal is known only where that goal is open.
        if lowest >= level || outcome.value != nil { known[key] = outcome }
        lowest = min(outer, lowest >= level ? Int.max : lowest)
        return outcome
    }

    /// Finds a value of a member or an element, or a member's name.
    mutating func solvePart(_ goal: Goal) -> Outcome {
        depth += 1
        defer { depth -= 1 }
        return solve(goal)
    }

    private func key(of goal: Goal) -> Key {
        let nodes = Set(
            goal.nodes.map { schemas.classNumber(of: $0.node) * 4 + ($0.holds ? 2 : 0) + ($0.isWritten ? 1 : 0) })
        return Key(
            nodes: nodes.sorted(), excluded: goal.excluded, patterns: goal.patterns,
            isString: goal.isString)
    }

    private mutating func search(_ goal: Goal) -> Outcome {
        var alternatives = Alternatives()
        for kind in goal.isString ? [ValueKind.string] : ValueKind.allCases {
            var branch = Branch(kind, goal)
            guard goal.nodes.allSatisfy({ assume(.node($0), in: &branch) }) else { continue }
            if let value = alternatives.note(explore(branch, goal)) { return .found(value) }
        }
        return alternatives.outcome
    }

    /// Returns whether a value satisfies a goal, by the interpreter.
    mutating func satisfies(_ value: JSONValue, _ goal: Goal) -> Bool {
        guard !goal.excluded.contains(value) else { return false }
        if goal.isString {
            guard case .string(let text) = value else { return false }
            for pattern in goal.patterns where matches(text, pattern.source) != pattern.matches { return false }
        }
        return schemas.satisfies(value, goal.nodes)
    }

    /// Compiles a pattern that the schemas do not state; returns whether that was possible.
    mutating func prepare(_ source: String) -> Bool {
        if compiled[source] == nil { compiled[source] = try? CompiledPattern.compile(source) }
        return compiled[source] != nil
    }

    /// Returns whether a string matches a pattern, all of which have been compiled before a search.
    func matches(_ text: String, _ source: String) -> Bool { compiled[source]?.matches(text) ?? false }

    // MARK: Choices

    /// Decides the open choices of a branch, and finds a value.
    mutating func explore(_ start: Branch, _ goal: Goal) -> Outcome {
        var branch = start
        guard settle(&branch) else {
            budget -= 1
            return .empty
        }
        return exploreSettled(branch, goal)
    }

    /// Decides the open choices of a branch that is settled, and finds a value.
    mutating func exploreSettled(_ start: Branch, _ goal: Goal) -> Outcome {
        budget -= 1
        guard budget > 0 else { return .undecided("the proof needs too many steps") }
        guard hasRoom() else { return .undecided(Self.tooDeep) }
        calls += 1
        defer { calls -= 1 }
        var branch = start
        if !branch.allowing.isEmpty { return chooseValue(branch, goal) }
        dropNeedless(&branch)
        if !branch.unions.isEmpty { return exploreUnions(branch, goal) }
        func count(_ index: Int) -> Int { branch.choices[index].alternatives.count }
        guard let index = branch.choices.indices.min(by: { count($0) < count($1) }) else { return close(branch, goal) }
        let isClosed = isClosed(branch)
        let choice = branch.choices.remove(at: index)
        var alternatives = Alternatives()
        for literals in choice.alternatives
        where !literals.contains(where: { isImpossibleMember($0, in: branch, isClosed: isClosed) }) {
            var next = branch
            guard literals.allSatisfy({ assume($0, in: &next) }) else { continue }
            if let value = alternatives.note(explore(next, goal)) { return .found(value) }
        }
        return alternatives.outcome
    }

    /// Returns whether the stack has room for another nested call. Otherwise the search ends: it would reach the same depth again
    /// and again.
    mutating func hasRoom() -> Bool {
        guard calls >= Self.mostCalls else { return true }
        budget = 0
        return false
    }

    /// Counts small work, many of which make a step; returns whether steps are left.
    mutating func spend(on count: Int) -> Bool {
        smallWork += count
        if smallWork >= Self.workOfStep {
            budget -= smallWork / Self.workOfStep
            smallWork %= Self.workOfStep
        }
        return budget > 0
    }

    /// Tests the values of an `enum` or `const`, which are the only ones.
    private mutating func chooseValue(_ branch: Branch, _ goal: Goal) -> Outcome {
        let excluded = Set(branch.excluded)
        let refused = branch.refusing.compactMap { schemas.listedValues[$0] }
        for value in ListedValues.common(to: branch.allowing.compactMap { schemas.listedValues[$0] })
        where ValueKind(value) == branch.kind && !excluded.contains(value)
            && !refused.contains(where: { $0.contains(value) })
        {
            guard spend(on: 1) else { return .undecided("the proof needs too many steps") }
            if satisfies(value, goal) { return .found(value) }
        }
        return .empty
    }

    /// Removes alternatives that contradict what is decided, and decides choices with a single alternative; returns
    /// whether one is left of each choice.
    mutating func settle(_ branch: inout Branch) -> Bool {
        var changes = true
        while changes {
            changes = false
            var index = 0
            while index < branch.choices.count {
                if let negated = branch.choices[index].negated, isExcludedByTags(negated, in: branch) {
                    branch.choices.remove(at: index)
                    continue
                }
                guard let rest = openAlternatives(of: branch.choices[index], in: branch) else {
                    branch.choices.remove(at: index)
                    continue
                }
                if rest.isEmpty { return false }
                if rest.count < branch.choices[index].alternatives.count { branch.choices[index].alternatives = rest }
                if rest.count == 1 {
                    branch.choices.remove(at: index)
                    guard rest[0].allSatisfy({ assume($0, in: &branch) }) else { return false }
                    changes = true
                } else {
                    index += 1
                }
            }
            if !changes {
                guard let narrowed = narrowUnions(&branch) else { return false }
                changes = narrowed
            }
        }
        return true
    }

    /// Returns the alternatives of a choice that do not contradict what is decided; `nil` where one follows from it.
    private func openAlternatives(of choice: Branch.Choice, in branch: Branch) -> [[Literal]]? {
        if case .only(_, let nodes, let isWritten)? = choice.alternatives.first?.first {
            return openAlternatives(of: choice, choosing: nodes, isWritten: isWritten, in: branch)
        }
        var open: [[Literal]] = []
        open.reserveCapacity(choice.alternatives.count)
        for alternative in choice.alternatives {
            var follows = true
            var isOpen = true
            for literal in alternative where isOpen {
                let known = isDecided(literal, in: branch)
                if known != true { follows = false }
                if known == false { isOpen = false }
            }
            if follows { return nil }
            if isOpen { open.append(alternative) }
        }
        return open
    }

    /// Returns the open alternatives of a choice of the only valid one of some nodes. Each node is looked at once, and not once for
    /// each alternative.
    private func openAlternatives(
        of choice: Branch.Choice, choosing nodes: [NodeID], isWritten: Bool, in branch: Branch
    ) -> [[Literal]]? {
        let known = nodes.map { isDecided(.node(SignedNode(node: $0, holds: true)), in: branch) }
        let (valid, invalid) = (known.count { $0 == true }, known.count { $0 == false })
        if valid == 1, invalid == nodes.count - 1, let index = known.firstIndex(of: true) {
            let chosen = Literal.node(SignedNode(node: nodes[index], holds: true, isWritten: isWritten))
            if isDecided(chosen, in: branch) == true { return nil }
        }
        return choice.alternatives.filter { alternative in
            guard case .only(let index, _, _)? = alternative.first, known[index] != false else { return false }
            return valid == (known[index] == true ? 1 : 0)
        }
    }

    /// Returns whether a literal follows from what is decided, or contradicts it; `nil` where neither is known.
    private func isDecided(_ literal: Literal, in branch: Branch) -> Bool? {
        switch literal {
        case .node(let node):
            let number = schemas.classNumber(of: node.node)
            guard let known = branch.decidedClasses[number] else {
                return isExcludedByTags(node.node, in: branch) ? !node.holds : nil
            }
            if known != node.holds { return false }
            return node.isWritten && !branch.writtenClasses.contains(number) ? nil : true
        // Decided for all positions at once.
        case .only: return nil
        case .condition(let id, let holds, let isWritten):
            if let known = branch.decided[id] {
                if known != holds { return false }
                return isWritten && !branch.writtenConditions.contains(id) ? nil : true
            }
            if case .refer(let node) = schemas.conditions[id] {
                return isDecided(.node(SignedNode(node: node, holds: holds, isWritten: isWritten)), in: branch)
            }
            return isDecidedByType(id, branch.kind).map { $0 == holds }
        case .present(let name):
            if branch.objects.isPresent(name) { return true }
            return branch.objects.absent.contains(name) ? false : nil
        case .absent(let name):
            if branch.objects.absent.contains(name) { return true }
            return branch.objects.isPresent(name) ? false : nil
        case .member(let name, _): return branch.objects.absent.contains(name) ? false : nil
        case .someMember, .element, .limit, .division, .elements, .undecided: return nil
        }
    }

    /// Removes choices that come from a node which the nodes that are valid exclude anyway.
    ///
    /// The branches of a union usually exclude each other; without this, a proof would try all combinations of the ways
    /// to break each.
    private mutating func dropNeedless(_ branch: inout Branch) {
        guard branch.choices.count > 1 else { return }
        let positives = branch.positives.filter { schemas.isPlain($0) }
        guard !positives.isEmpty else { return }
        var index = 0
        while index < branch.choices.count {
            let choice = branch.choices[index]
            guard let negated = choice.negated, !choice.isNeeded else {
                index += 1
                continue
            }
            let nodes = (positives + [negated]).map { SignedNode(node: $0, holds: true) }
            if isEmpty(Goal(nodes)) {
                branch.choices.remove(at: index)
            } else {
                branch.choices[index].isNeeded = true
                index += 1
            }
        }
    }

    private mutating func isEmpty(_ goal: Goal) -> Bool {
        let key = key(of: goal)
        guard !satisfiable.contains(key) else { return false }
        let outcome = solve(goal)
        if outcome.value != nil { satisfiable.insert(key) }
        return outcome.isEmpty
    }

    /// Returns whether the tags of a branch's object exclude that a node is valid.
    private func isExcludedByTags(_ node: NodeID, in branch: Branch) -> Bool {
        branch.kind == .object && branch.tags.contradict(schemas.tags[node.index])
    }

    /// Returns whether no value is valid by two of some nodes.
    mutating func areExclusive(_ nodes: [NodeID]) -> Bool {
        if let known = exclusive[nodes] { return known }
        if TaggedUnion(nodes, tags: { schemas.tags[$0.index] }) != nil {
            exclusive[nodes] = true
            return true
        }
        var answer = nodes.count <= 40
        for (index, first) in nodes.enumerated() where answer {
            for second in nodes[(index + 1)...] where answer {
                let pair = [first, second].map { SignedNode(node: $0, holds: true) }
                answer = solve(Goal(pair)).isEmpty
            }
        }
        // Within an open goal the answer may depend on it.
        if lowest == Int.max { exclusive[nodes] = answer }
        return answer
    }

    // MARK: Values

    /// Finds a value that satisfies the decided conditions, and tests it.
    private mutating func close(_ start: Branch, _ goal: Goal) -> Outcome {
        var branch = start
        for condition in branch.refusing {
            branch.excluded += schemas.listedValues[condition]?.values.filter { ValueKind($0) == branch.kind } ?? []
        }
        let outcome: Outcome
        switch branch.kind {
        case .null: outcome = branch.excluded.isEmpty ? .found(.null) : .empty
        case .boolean:
            outcome =
                [JSONValue.bool(false), .bool(true)].first { !branch.excluded.contains($0) }
                .map(Outcome.found) ?? .empty
        case .number: outcome = branch.numbers.solve(excluding: branch.excluded)
        case .string: outcome = solveString(branch)
        case .array: outcome = solveArray(branch)
        case .object: outcome = solveObject(branch)
        }
        guard case .found(let value) = outcome else { return outcome }
        if satisfies(value, goal) { return outcome }
        return .undecided(branch.omission ?? "the value that was found does not satisfy all conditions")
    }
}
