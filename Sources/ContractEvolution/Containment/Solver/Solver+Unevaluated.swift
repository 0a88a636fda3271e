import ContractModel
import JSONSchema
import JSONTape

/// One combination of the branches of a schema, and the members and items that it evaluates.
private struct EvaluationCase {
    var literals: [Literal] = []
    var properties: [Assertion.Property] = []
    var patterns: [Assertion.PatternProperty] = []
    var evaluatesAllMembers = false
    var prefixCount = 0
    var evaluatesAllItems = false
    /// Whether `contains` evaluates items by their values.
    var isByContent = false
}

extension Solver {
    /// The most combinations of branches beside an `unevaluated` keyword.
    private static let mostCases = 256

    /// Adds a node with an `unevaluated` keyword: each combination of its branches is a choice, in which the keyword is a
    /// division of members or items.
    mutating func assumeEvaluating(
        _ id: NodeID, _ holds: Bool, isWritten: Bool, in branch: inout Branch
    ) -> Bool {
        var alternatives: [[Literal]] = []
        if !holds {
            for condition in ownConditions(of: id) { alternatives.append([.condition(condition, holds: false)]) }
        }
        let written = isWritten && holds
        guard let cases = evaluationCases(of: id, appliesKeyword: false)?.map({ written ? $0.asWritten : $0 }) else {
            return givesUp(alternatives, holds, in: &branch)
        }
        for evaluation in cases {
            for kind in schemas.model[id].assertions.map(\.kind) where kind.isUnevaluatedKeyword {
                // Both keywords of one schema are about different types.
                let isMembers = if case .unevaluatedProperties = kind { true } else { false }
                guard (branch.kind == .object && isMembers) || (branch.kind == .array && !isMembers) else { continue }
                if !holds, evaluation.isByContent, !isMembers {
                    return givesUp(alternatives, holds, in: &branch)
                }
                guard let rest = rest(kind, evaluation, holds) else { continue }
                alternatives.append(evaluation.literals + rest)
            }
        }
        if holds, branch.kind != .object && branch.kind != .array || alternatives.isEmpty {
            alternatives += cases.map(\.literals)
        }
        let possible = alternatives.filter { !$0.contains { isNever($0) } }
        return choose(possible, in: &branch)
    }

    private func isNever(_ literal: Literal) -> Bool {
        if case .condition(let id, true, _) = literal, case .never = schemas.conditions[id] { true } else { false }
    }

    /// Leaves a keyword out: more values may be found then, or fewer that break it.
    private func givesUp(_ alternatives: [[Literal]], _ holds: Bool, in branch: inout Branch) -> Bool {
        let reason = "an 'unevaluated' keyword depends on more branches, or on values, than are combined"
        branch.omission = branch.omission ?? reason
        return holds || choose(alternatives + [[.undecided(reason)]], in: &branch)
    }

    private func ownConditions(of id: NodeID) -> [JoinedSchemas.ConditionID] {
        schemas.conditions(of: id).filter { !schemas.conditions[$0].isUnevaluatedKeyword }
    }

    /// Returns the literals by which an `unevaluated` keyword holds, or does not, in a case; `nil` where that is
    /// impossible.
    private func rest(_ kind: Assertion.Kind, _ evaluation: EvaluationCase, _ holds: Bool) -> [Literal]? {
        switch kind {
        case .unevaluatedProperties(let node):
            if evaluation.evaluatesAllMembers { return holds ? [] : nil }
            let members = Assertion.Members(
                properties: evaluation.properties.map {
                    Assertion.Property(name: $0.name, node: schemas.accepting)
                },
                patterns: evaluation.patterns.map {
                    Assertion.PatternProperty(pattern: $0.pattern, node: schemas.accepting)
                }, additional: node)
            return holds
                ? [.division(members)]
                : [.someMember(Self.otherMember(members, SignedNode(node: node, holds: false)))]
        case .unevaluatedItems(let node):
            if evaluation.evaluatesAllItems { return holds ? [] : nil }
            if evaluation.isByContent { return [.undecided("'contains' evaluates items by their values")] }
            let prefix = Array(repeating: schemas.accepting, count: evaluation.prefixCount)
            if holds { return [.elements(Assertion.Items(prefix: prefix, rest: node))] }
            let demand = ElementDemand(
                places: prefix.count...(Int.max - 1), value: SignedNode(node: node, holds: false))
            return [.element(demand)]
        default: return []
        }
    }

    // MARK: Cases

    /// Returns the combinations of a node's branches in which it is valid; `nil` where they are too many.
    ///
    /// - Parameter appliesKeyword: Whether the node's own `unevaluated` keywords are part of the cases.
    private mutating func evaluationCases(of id: NodeID, appliesKeyword: Bool) -> [EvaluationCase]? {
        let id = schemas.model.resolve(id)
        var cases = [EvaluationCase()]
        let assertions = schemas.model[id].assertions
        let numbers = schemas.conditions(of: id)
        for (kind, number) in zip(assertions.map(\.kind), numbers) where !kind.isUnevaluatedKeyword {
            guard let own = evaluationCases(of: kind, number) else { return nil }
            guard cases.count * own.count <= Self.mostCases else { return nil }
            cases = cases.flatMap { left in own.map { left.joined(with: $0) } }
        }
        guard appliesKeyword else { return cases }
        for kind in assertions.map(\.kind) where kind.isUnevaluatedKeyword {
            cases = cases.map { evaluation in
                var applied = evaluation
                applied.literals += rest(kind, evaluation, true) ?? []
                if case .unevaluatedProperties = kind { applied.evaluatesAllMembers = true }
                if case .unevaluatedItems = kind {
                    applied.evaluatesAllItems = true
                    applied.isByContent = false
                }
                return applied
            }
        }
        return cases
    }

    private mutating func evaluationCases(
        of kind: Assertion.Kind, _ number: JoinedSchemas.ConditionID
    ) -> [EvaluationCase]? {
        var single = EvaluationCase(literals: [.condition(number, holds: true)])
        switch kind {
        case .members(let members):
            single.properties = members.properties
            single.patterns = members.patterns
            single.evaluatesAllMembers = members.additional != nil
        case .items(let items):
            single.prefixCount = items.prefix.count
            single.evaluatesAllItems = items.rest != nil
        case .contains(let contains): single.isByContent = contains.marksEvaluated
        case .refer(let node): return evaluationCases(of: node, appliesKeyword: true)
        case .all(let nodes): return product(nodes.map { evaluationCases(of: $0, appliesKeyword: true) })
        case .any(let nodes):
            guard areExclusive(nodes) else { return evaluationCases(of: nodes) { !$0.isEmpty } }
            return union(nodes)
        case .one(let nodes):
            // Where at most one branch is valid anyway, the others need not be mentioned.
            guard areExclusive(nodes) else { return evaluationCases(of: nodes) { $0.count == 1 } }
            return union(nodes)
        case .ifThenElse(let parts): return evaluationCases(of: parts)
        case .dependentSchemas(let properties):
            return product(
                properties.map { property in
                    let name = JSONName(property.name.value)
                    let absent = EvaluationCase(literals: [.absent(name)])
                    return evaluationCases(of: property.node, appliesKeyword: true).map { cases in
                        [absent] + cases.map { EvaluationCase(literals: [.present(name)]).joined(with: $0) }
                    }
                })
        default: break
        }
        return [single]
    }

    private mutating func evaluationCases(of parts: Assertion.Condition) -> [EvaluationCase]? {
        guard let condition = evaluationCases(of: parts.condition, appliesKeyword: true) else { return nil }
        let failed = EvaluationCase(literals: [.node(SignedNode(node: parts.condition, holds: false))])
        guard let then = parts.then.map({ evaluationCases(of: $0, appliesKeyword: true) }) ?? [EvaluationCase()],
            let otherwise = parts.otherwise.map({ evaluationCases(of: $0, appliesKeyword: true) })
                ?? [EvaluationCase()]
        else { return nil }
        return condition.flatMap { left in then.map { left.joined(with: $0) } }
            + otherwise.map { failed.joined(with: $0) }
    }

    /// Returns the cases of branches of which some are valid.
    private mutating func evaluationCases(
        of nodes: [NodeID], where isAllowed: ([Int]) -> Bool
    ) -> [EvaluationCase]? {
        guard nodes.count <= 6 else { return nil }
        var all: [EvaluationCase] = []
        for bits in 0..<(1 << nodes.count) {
            let valid = nodes.indices.filter { bits & (1 << $0) != 0 }
            guard isAllowed(valid) else { continue }
            var cases = [EvaluationCase()]
            for (index, node) in nodes.enumerated() {
                let signed = SignedNode(node: node, holds: valid.contains(index))
                var own = [EvaluationCase(literals: [.node(signed)])]
                if signed.holds {
                    guard let parts = evaluationCases(of: node, appliesKeyword: true) else { return nil }
                    own = parts.map { own[0].joined(with: $0) }
                }
                guard cases.count * own.count <= Self.mostCases else { return nil }
                cases = cases.flatMap { left in own.map { left.joined(with: $0) } }
            }
            all += cases
        }
        return all.count <= Self.mostCases ? all : nil
    }

    /// Returns the cases of branches of which one is valid.
    private mutating func union(_ nodes: [NodeID]) -> [EvaluationCase]? {
        var all: [EvaluationCase] = []
        for node in nodes {
            guard let cases = evaluationCases(of: node, appliesKeyword: true) else { return nil }
            all += cases
        }
        return all.count <= Self.mostCases ? all : nil
    }

    private func product(_ parts: [[EvaluationCase]?]) -> [EvaluationCase]? {
        var cases = [EvaluationCase()]
        for part in parts {
            guard let part, cases.count * part.count <= Self.mostCases else { return nil }
            cases = cases.flatMap { left in part.map { left.joined(with: $0) } }
        }
        return cases
    }
}

extension EvaluationCase {
    /// The case of a value that is written by it.
    var asWritten: EvaluationCase {
        var written = self
        written.literals = literals.map { literal in
            switch literal {
            case .condition(let id, true, _): .condition(id, holds: true, isWritten: true)
            case .node(let node) where node.holds:
                .node(SignedNode(node: node.node, holds: true, isWritten: true))
            default: literal
            }
        }
        return written
    }

    func joined(with other: EvaluationCase) -> EvaluationCase {
        EvaluationCase(
            literals: literals + other.literals, properties: properties + other.properties,
            patterns: patterns + other.patterns,
            evaluatesAllMembers: evaluatesAllMembers || other.evaluatesAllMembers,
            prefixCount: max(prefixCount, other.prefixCount),
            evaluatesAllItems: evaluatesAllItems || other.evaluatesAllItems,
            isByContent: isByContent || other.isByContent)
    }
}
