import JSONSchema
import JSONTape
import SchemaPlan

extension Solver {
    /// Adds a literal to a branch; returns `false` where it contradicts the branch.
    mutating func assume(_ literal: Literal, in branch: inout Branch) -> Bool {
        switch literal {
        case .node(let node): return assume(node, in: &branch)
        case .only(let position, let nodes, let isWritten):
            // Before a look at all others.
            let conditions = schemas.conditions(of: nodes[position])
            guard !conditions.contains(where: { isDecidedByType($0, branch.kind) == false }) else { return false }
            for (index, node) in nodes.enumerated() {
                let isChosen = index == position
                let signed = SignedNode(node: node, holds: isChosen, isWritten: isWritten && isChosen)
                guard assume(signed, in: &branch) else { return false }
            }
        case .condition(let id, let holds, let isWritten):
            return assume(id, holds, isWritten: isWritten, in: &branch)
        case .present(let name): return branch.objects.require(name)
        case .absent(let name):
            guard !branch.objects.isPresent(name) else { return false }
            branch.objects.absent.insert(name)
            return true
        case .member(let name, let value): return branch.objects.require(name, [value])
        case .someMember(let demand): branch.objects.demands.append(demand)
        case .element(let demand): branch.arrays.demands.append(demand)
        case .limit(let limit): branch.arrays.limits.append(limit)
        case .division(let members): branch.objects.divisions.append(MemberDivision(members))
        case .elements(let items): branch.arrays.items.append(items)
        case .undecided(let reason): branch.omission = branch.omission ?? reason
        }
        return true
    }

    /// - Parameter hasTags: Whether the tags of the branch include those of the node.
    private mutating func assume(
        _ signed: SignedNode, hasTags: Bool = false, in branch: inout Branch
    ) -> Bool {
        guard calls < Self.mostCalls else {
            // A condition that is left out makes the search find more values.
            branch.omission = branch.omission ?? Self.tooDeep
            return true
        }
        calls += 1
        defer { calls -= 1 }
        let number = schemas.classNumber(of: signed.node)
        if let known = branch.decidedClasses[number] {
            guard known == signed.holds else { return false }
            guard signed.isWritten, !branch.writtenClasses.contains(number) else { return true }
        }
        branch.decidedClasses[number] = signed.holds
        if signed.isWritten { branch.writtenClasses.insert(number) }
        let id = schemas.model.resolve(signed.node)
        if signed.holds {
            branch.positives.append(id)
            if !hasTags {
                guard addTags(of: id, to: &branch) else { return false }
            }
        }
        let isEvaluating = schemas.model[id].assertions.contains { $0.kind.isUnevaluatedKeyword }
        if isEvaluating {
            return assumeEvaluating(id, signed.holds, isWritten: signed.isWritten, in: &branch)
        }
        let conditions = schemas.conditions(of: id)
        guard signed.holds else {
            return choose(conditions.map { [.condition($0, holds: false)] }, negated: id, in: &branch)
        }
        for condition in conditions {
            guard assume(condition, true, isWritten: signed.isWritten, in: &branch) else { return false }
        }
        return true
    }

    /// Adds the tags of a node that is valid, unless its conditions have been added; returns `false` where no object has the
    /// tags of all.
    private func addTags(of id: NodeID, to branch: inout Branch) -> Bool {
        guard branch.kind == .object else { return true }
        let tags = schemas.tags[id.index]
        let isKnown =
            tags.values.keys.allSatisfy { branch.tags.values[$0] != nil }
            && schemas.conditions(of: id).allSatisfy { branch.decided[$0] == true }
        if !isKnown { branch.tags.formIntersection(tags) }
        return !branch.tags.isEmpty
    }

    /// Adds a choice, or what is left of it; returns `false` where nothing is.
    func choose(_ alternatives: [[Literal]], negated: NodeID? = nil, in branch: inout Branch) -> Bool {
        guard !alternatives.isEmpty else { return false }
        if alternatives.contains(where: \.isEmpty) { return true }
        branch.choices.append(Branch.Choice(alternatives, negated: negated))
        return true
    }

    /// Returns whether a condition holds for all values of a type, or for none; `nil` where it depends on the value.
    func isDecidedByType(_ id: JoinedSchemas.ConditionID, _ kind: ValueKind) -> Bool? {
        switch schemas.conditions[id] {
        case .never: return false
        case .types(let set):
            if set.contains(kind.type) { return true }
            let isWhole = kind == .number && !set.isDisjoint(with: [.integer, .integerLiteral])
            return isWhole ? nil : false
        case .values: return schemas.listedValues[id]?.kinds.contains(kind) == false ? false : nil
        case .minimumLength, .maximumLength, .pattern, .format: return kind == .string ? nil : true
        case .bound, .multipleOf: return kind == .number ? nil : true
        case .minimumItems, .maximumItems, .uniqueItems, .items, .contains, .unevaluatedItems:
            return kind == .array ? nil : true
        case .minimumProperties, .maximumProperties, .required, .members, .propertyNames, .dependentRequired,
            .dependentSchemas, .unevaluatedProperties:
            return kind == .object ? nil : true
        case .all, .any, .one, .not, .ifThenElse, .refer: return nil
        }
    }

    private mutating func assume(
        _ id: JoinedSchemas.ConditionID, _ holds: Bool, isWritten: Bool, in branch: inout Branch
    ) -> Bool {
        if let known = branch.decided[id] {
            guard known == holds else { return false }
            guard isWritten, !branch.writtenConditions.contains(id) else { return true }
        }
        branch.decided[id] = holds
        if isWritten { branch.writtenConditions.insert(id) }
        let condition = schemas.conditions[id]
        if let known = isDecidedByType(id, branch.kind) { return known == holds }
        if schemas.unions[id] != nil { return assumeUnion(id, holds, isWritten: isWritten, in: &branch) }
        switch condition {
        case .never: return !holds
        case .types:
            if holds { branch.numbers.divisors.append(1) } else { branch.numbers.nonDivisors.append(1) }
        case .values: if holds { branch.allowing.append(id) } else { branch.refusing.append(id) }
        case .minimumLength, .maximumLength, .pattern, .format, .bound, .multipleOf:
            return assumeScalar(condition, holds, in: &branch)
        case .minimumItems, .maximumItems, .uniqueItems, .items, .contains:
            if isWritten, case .items(let items) = condition { branch.arrays.writtenItems.append(items) }
            return assumeArray(condition, holds, in: &branch)
        case .minimumProperties, .maximumProperties, .required, .members, .propertyNames, .dependentRequired,
            .dependentSchemas:
            if let division = schemas.divisions[id], holds {
                branch.objects.divisions.append(division)
                if isWritten { branch.objects.writtenDivisions.append(division) }
            }
            return assumeObject(condition, holds, in: &branch)
        case .all(let nodes):
            return nodes.count == 1 || holds
                ? assumeAll(nodes, holds, isWritten: isWritten, haveTags: holds, in: &branch)
                : choose(nodes.map { [.node(SignedNode(node: $0, holds: false))] }, in: &branch)
        case .any(let nodes):
            return nodes.count == 1 || !holds
                ? assumeAll(nodes, holds, isWritten: isWritten, in: &branch)
                : choose(
                    nodes.map { [.node(SignedNode(node: $0, holds: true, isWritten: isWritten))] }, in: &branch)
        case .one(let nodes): return assumeOne(nodes, holds, isWritten: isWritten, in: &branch)
        case .not(let node): return assume(SignedNode(node: node, holds: !holds), in: &branch)
        case .refer(let node):
            let signed = SignedNode(node: node, holds: holds, isWritten: isWritten)
            return assume(signed, hasTags: holds, in: &branch)
        case .ifThenElse(let parts): return assume(parts, holds, isWritten: isWritten, in: &branch)
        case .unevaluatedItems, .unevaluatedProperties:
            // A condition of its own only where the node is not known: as part of a node it is divided with the others.
            branch.omission = branch.omission ?? "an 'unevaluated' keyword depends on branches"
        }
        return true
    }

    private mutating func assumeAll(
        _ nodes: [NodeID], _ holds: Bool, isWritten: Bool, haveTags: Bool = false, in branch: inout Branch
    ) -> Bool {
        for node in nodes {
            let signed = SignedNode(node: node, holds: holds, isWritten: isWritten && holds)
            guard assume(signed, hasTags: haveTags, in: &branch) else { return false }
        }
        return true
    }

    /// Assumes that exactly one of some nodes is valid, or none, or two.
    private mutating func assumeOne(
        _ nodes: [NodeID], _ holds: Bool, isWritten: Bool, in branch: inout Branch
    ) -> Bool {
        func signed(_ node: NodeID, _ holds: Bool) -> Literal {
            .node(SignedNode(node: node, holds: holds, isWritten: isWritten && holds))
        }
        let isUnion = areExclusive(nodes)
        if isUnion {
            return holds
                ? choose(nodes.map { [signed($0, true)] }, in: &branch)
                : assumeAll(nodes, false, isWritten: false, in: &branch)
        }
        var alternatives: [[Literal]] = []
        if holds {
            guard !areSeveralValid(nodes, branch.kind) else { return false }
            alternatives = nodes.indices.map { [.only($0, of: nodes, isWritten: isWritten)] }
        } else {
            alternatives.append(nodes.map { signed($0, false) })
            for (index, first) in nodes.enumerated() {
                for second in nodes[(index + 1)...] {
                    alternatives.append([signed(first, true), signed(second, true)])
                }
            }
        }
        return choose(alternatives, in: &branch)
    }

    /// Returns whether more than one of some nodes accepts all values of a type, by conditions that are about other types.
    private func areSeveralValid(_ nodes: [NodeID], _ kind: ValueKind) -> Bool {
        var count = 0
        for node in nodes where count < 2 {
            if schemas.conditions(of: node).allSatisfy({ isDecidedByType($0, kind) == true }) { count += 1 }
        }
        return count > 1
    }

    private func assume(
        _ parts: Assertion.Condition, _ holds: Bool, isWritten: Bool, in branch: inout Branch
    ) -> Bool {
        func signed(_ node: NodeID, _ holds: Bool) -> Literal {
            .node(SignedNode(node: node, holds: holds, isWritten: isWritten && holds))
        }
        var alternatives: [[Literal]] = []
        for (isValid, node) in [(true, parts.then), (false, parts.otherwise)] {
            let condition = signed(parts.condition, isValid)
            if let node {
                alternatives.append([condition, signed(node, holds)])
            } else if holds {
                alternatives.append([condition])
            }
        }
        return choose(alternatives, in: &branch)
    }

    private func assumeScalar(_ condition: Assertion.Kind, _ holds: Bool, in branch: inout Branch) -> Bool {
        switch condition {
        case .minimumLength(let count):
            if holds {
                branch.strings.minimum = max(branch.strings.minimum, count)
            } else {
                branch.strings.maximum = min(branch.strings.maximum, count - 1)
            }
        case .maximumLength(let count):
            if holds {
                branch.strings.maximum = min(branch.strings.maximum, count)
            } else {
                guard count < Int.max else { return false }
                branch.strings.minimum = max(branch.strings.minimum, count + 1)
            }
        case .pattern(let source): branch.strings.patterns.append(SignedPattern(source: source, matches: holds))
        case .format(let format): branch.strings.formats.append((format, holds))
        case .bound(var bound):
            if !holds {
                bound.side = bound.side == .minimum ? .maximum : .minimum
                bound.isExclusive.toggle()
            }
            branch.numbers.add(bound)
        case .multipleOf(let number):
            if holds { branch.numbers.divisors.append(number) } else { branch.numbers.nonDivisors.append(number) }
        default: break
        }
        return branch.strings.minimum <= branch.strings.maximum
    }
}
