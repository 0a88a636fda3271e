import ContractModel
import JSONSchema
import JSONTape

extension Solver {
    /// The most patterns of names of which all combinations are tried.
    private static let mostPatterns = 6
    /// The most members that are added to reach a minimum.
    private static let mostAdded = 64

    mutating func assumeObject(_ condition: Assertion.Kind, _ holds: Bool, in branch: inout Branch) -> Bool {
        switch condition {
        case .minimumProperties(let count):
            if holds {
                branch.objects.minimum = max(branch.objects.minimum, count)
            } else {
                branch.objects.maximum = min(branch.objects.maximum, count - 1)
            }
        case .maximumProperties(let count):
            if holds {
                branch.objects.maximum = min(branch.objects.maximum, count)
            } else {
                guard count < Int.max else { return false }
                branch.objects.minimum = max(branch.objects.minimum, count + 1)
            }
        case .required(let names):
            guard holds else { return choose(names.map { [.absent(JSONName($0))] }, in: &branch) }
            return names.allSatisfy { branch.objects.require(JSONName($0)) }
        case .members(let members):
            // A division that holds is a fact of the branch already.
            if !holds { return choose(violations(of: members), in: &branch) }
        case .propertyNames(let node):
            if holds {
                branch.objects.names.append(SignedNode(node: node, holds: true))
            } else {
                branch.objects.demands.append(MemberDemand(names: [SignedNode(node: node, holds: false)]))
            }
        case .dependentRequired(let dependents): return assume(dependents, holds, in: &branch)
        case .dependentSchemas(let properties):
            if !holds {
                return choose(
                    properties.map {
                        [.present(JSONName($0.name.value)), .node(SignedNode(node: $0.node, holds: false))]
                    }, in: &branch)
            }
            return properties.allSatisfy {
                choose(
                    [[.absent(JSONName($0.name.value))], [.node(SignedNode(node: $0.node, holds: true))]],
                    in: &branch)
            }
        default: break
        }
        return branch.objects.minimum <= branch.objects.maximum
            && branch.objects.present.count <= branch.objects.maximum
    }

    private mutating func assume(
        _ dependents: [Assertion.DependentRequired], _ holds: Bool, in branch: inout Branch
    ) -> Bool {
        guard holds else {
            let alternatives = dependents.flatMap { dependent in
                dependent.required.map {
                    [Literal.present(JSONName(dependent.name)), .absent(JSONName($0))]
                }
            }
            return choose(alternatives, in: &branch)
        }
        return dependents.allSatisfy { dependent in
            let required = dependent.required.map { Literal.present(JSONName($0)) }
            return choose([[.absent(JSONName(dependent.name))], required], in: &branch)
        }
    }

    /// Returns the ways in which an object can break a division of members.
    private func violations(of members: Assertion.Members) -> [[Literal]] {
        var alternatives: [[Literal]] = []
        for property in members.properties where !schemas.acceptsEverything(property.node) {
            let value = SignedNode(node: property.node, holds: false)
            alternatives.append([.member(JSONName(property.name.value), value)])
        }
        for pattern in members.patterns where !schemas.acceptsEverything(pattern.node) {
            let demand = MemberDemand(
                patterns: [SignedPattern(source: pattern.pattern.value, matches: true)],
                value: [SignedNode(node: pattern.node, holds: false)])
            alternatives.append([.someMember(demand)])
        }
        if let additional = members.additional, !schemas.acceptsEverything(additional) {
            alternatives.append([
                .someMember(Self.otherMember(members, SignedNode(node: additional, holds: false)))
            ])
        }
        return alternatives
    }

    /// Returns the demand for a member that a division neither names nor matches.
    static func otherMember(_ members: Assertion.Members, _ value: SignedNode) -> MemberDemand {
        MemberDemand(
            patterns: members.patterns.map { SignedPattern(source: $0.pattern.value, matches: false) },
            excludedNames: members.properties.map { JSONName($0.name.value) }, value: [value])
    }

    // MARK: Search

    /// Finds an object that satisfies a branch's conditions.
    mutating func solveObject(_ branch: Branch) -> Outcome {
        var facts = branch.objects
        if let closing = closing(facts.writtenDivisions) { facts.divisions.append(closing) }
        var builder = ObjectBuilder(facts, excluded: branch.excluded)
        for name in builder.facts.present.map(\.name) {
            guard isValid(name: name, builder.facts.names), !solvePart(memberGoal(name, builder)).isEmpty else {
                return .empty
            }
        }
        builder.findNames()
        return place(builder.facts.demands[...], &builder)
    }

    /// Returns whether no open choice adds members that generated code writes to those which the branch names.
    func isClosed(_ branch: Branch) -> Bool {
        Self.areClosed(branch.objects.writtenDivisions) && !branch.unions.contains(where: \.isWritten)
            && !branch.choices.contains(where: \.isWritten)
    }

    /// Returns whether a literal demands a member that the branch evidently excludes. Otherwise each of many alternatives beside
    /// it would be tried before that is found.
    ///
    /// - Parameter isClosed: Whether the branch names all members that generated code writes.
    func isImpossibleMember(_ literal: Literal, in branch: Branch, isClosed: Bool) -> Bool {
        switch literal {
        case .member(let name, let value):
            isClosed && isUnwritten(name, in: branch) || isRefused(value, ofMember: name, in: branch)
        case .present(let name): isClosed && isUnwritten(name, in: branch)
        case .node, .only, .condition, .absent, .someMember, .element, .limit, .division, .elements, .undecided: false
        }
    }

    private func isUnwritten(_ name: JSONName, in branch: Branch) -> Bool {
        branch.objects.writtenDivisions.allSatisfy { division in
            division.nodes(of: name).isEmpty
                && !division.members.patterns.contains { matches(name.text, $0.pattern.value) }
        }
    }

    /// Returns whether a condition of a member's value is the negation of one that names the member.
    private func isRefused(_ value: SignedNode, ofMember name: JSONName, in branch: Branch) -> Bool {
        guard !value.holds else { return false }
        let number = schemas.classNumber(of: value.node)
        return branch.objects.divisions.contains { division in
            division.nodes(of: name).contains { schemas.classNumber(of: $0) == number }
        }
    }

    /// Returns whether the members are those that generated code writes by some divisions, and no others.
    private static func areClosed(_ divisions: [MemberDivision]) -> Bool {
        divisions.contains { !$0.members.properties.isEmpty } && divisions.allSatisfy { $0.members.additional == nil }
    }

    /// Returns the division that excludes the members which generated code does not write; `nil` where it writes any.
    private func closing(_ written: [MemberDivision]) -> MemberDivision? {
        guard Self.areClosed(written) else { return nil }
        var closing = Assertion.Members(properties: [], patterns: [], additional: schemas.rejecting)
        for division in written.map(\.members) {
            closing.properties += division.properties.map { .init(name: $0.name, node: schemas.accepting) }
            closing.patterns += division.patterns.map { .init(pattern: $0.pattern, node: schemas.accepting) }
        }
        return MemberDivision(closing)
    }

    /// Returns whether a name satisfies some nodes.
    private mutating func isValid(name: JSONName, _ nodes: [SignedNode]) -> Bool {
        nodes.allSatisfy { schemas.accepts(.string(name.text), by: $0.node) == $0.holds }
    }

    /// Returns the conditions of a member's value.
    private func memberGoal(_ name: JSONName, _ builder: ObjectBuilder) -> Goal {
        var nodes = builder.facts.conditions(of: name)
        nodes += memberNodes(name, builder.facts.divisions, isWritten: false)
        nodes += memberNodes(name, builder.facts.writtenDivisions, isWritten: true)
        return Goal(nodes)
    }

    private func memberNodes(
        _ name: JSONName, _ divisions: [MemberDivision], isWritten: Bool
    ) -> [SignedNode] {
        var nodes: [SignedNode] = []
        func add(_ node: NodeID) { nodes.append(SignedNode(node: node, holds: true, isWritten: isWritten)) }
        for division in divisions {
            let named = division.nodes(of: name)
            named.forEach(add)
            var isNamed = !named.isEmpty
            for pattern in division.members.patterns where matches(name.text, pattern.pattern.value) {
                isNamed = true
                add(pattern.node)
            }
            if !isNamed, let additional = division.members.additional {
                add(additional)
            }
        }
        return nodes
    }

    /// Finds a member for each demand, and then the values.
    private mutating func place(_ demands: ArraySlice<MemberDemand>, _ builder: inout ObjectBuilder) -> Outcome {
        budget -= 1
        guard budget > 0 else { return .undecided("the proof needs too many steps") }
        guard let demand = demands.first else { return finish(&builder) }
        guard hasRoom() else { return .undecided(Self.tooDeep) }
        calls += 1
        defer { calls -= 1 }
        var alternatives = Alternatives()
        let excluded = Set(demand.excludedNames)
        for name in builder.names(presentFirst: true) {
            guard !excluded.contains(name), !builder.facts.absent.contains(name),
                demand.patterns.allSatisfy({ matches(name.text, $0.source) == $0.matches }),
                isValid(name: name, demand.names),
                builder.facts.isPresent(name) || isValid(name: name, builder.facts.names)
            else { continue }
            var next = builder
            guard next.facts.require(name, demand.value) else { continue }
            let outcome = solvePart(memberGoal(name, next))
            if outcome.value == nil {
                _ = alternatives.note(outcome)
                continue
            }
            if let value = alternatives.note(place(demands.dropFirst(), &next)) { return .found(value) }
        }
        if builder.facts.present.count < builder.facts.maximum {
            let others = demands.dropFirst()
            for combination in combinations(demand, beside: others, builder, &alternatives) {
                switch newName(demand, combination, builder) {
                case .empty: continue
                case .undecided(let reason): alternatives.note(undecided: reason)
                case .found(let value):
                    guard case .string(let text) = value else { continue }
                    var next = builder
                    next.add(JSONName(text))
                    guard next.facts.require(JSONName(text), demand.value) else { continue }
                    if let value = alternatives.note(place(demands.dropFirst(), &next)) { return .found(value) }
                }
            }
        }
        return alternatives.outcome
    }

    /// Returns the kinds of new names for which a value exists.
    ///
    /// A kind decides each condition on names: those of the divisions, and those of other demands, which the member may
    /// satisfy as well. So it makes no difference which name of a kind is taken.
    private mutating func combinations(
        _ demand: MemberDemand, beside others: ArraySlice<MemberDemand>, _ builder: ObjectBuilder,
        _ alternatives: inout Alternatives
    ) -> [NameKind] {
        var fixed: [String: Bool] = [:]
        for pattern in demand.patterns {
            if let other = fixed[pattern.source], other != pattern.matches { return [] }
            fixed[pattern.source] = pattern.matches
        }
        let sources = Set(builder.facts.divisions.flatMap { $0.members.patterns.map(\.pattern.value) }).sorted()
        let further = Set(others.flatMap { $0.patterns.map(\.source) }).subtracting(sources).sorted()
        let open = (sources + further).filter { fixed[$0] == nil }
        let nodes = Set(others.flatMap { $0.names.map(\.node) }).sorted { $0.index < $1.index }
        let count = min(open.count + nodes.count, Self.mostPatterns)
        if open.count + nodes.count > count {
            alternatives.note(undecided: "member names match more patterns than are combined")
        }
        var found: [NameKind] = []
        for bits in 0..<(1 << count) {
            func isSet(_ index: Int) -> Bool { index < count && bits & (1 << index) != 0 }
            var matches = fixed
            for (index, source) in open.enumerated() { matches[source] = isSet(index) }
            switch solvePart(Goal(valueNodes(matches, demand, builder))) {
            case .empty: continue
            case .undecided(let reason): alternatives.note(undecided: reason)
            case .found:
                found.append(
                    NameKind(
                        patterns: matches.sorted { $0.key < $1.key }.map { SignedPattern(source: $0, matches: $1) },
                        names: nodes.enumerated().map { SignedNode(node: $1, holds: isSet(open.count + $0)) }))
            }
        }
        return found
    }

    /// Returns the conditions of the value of a member whose name is not stated.
    private func valueNodes(
        _ matches: [String: Bool], _ demand: MemberDemand, _ builder: ObjectBuilder
    ) -> [SignedNode] {
        var nodes = demand.value
        let facts = builder.facts
        for (division, isWritten) in facts.divisions.map({ ($0, false) }) + facts.writtenDivisions.map({ ($0, true) }) {
            let members = division.members
            let own = members.patterns.filter { matches[$0.pattern.value] == true }.map(\.node)
            let applied = own.isEmpty ? [members.additional].compactMap(\.self) : own
            nodes += applied.map { SignedNode(node: $0, holds: true, isWritten: isWritten) }
        }
        return nodes
    }

    /// Finds a name that the object's conditions do not state.
    private mutating func newName(_ demand: MemberDemand, _ kind: NameKind, _ builder: ObjectBuilder) -> Outcome {
        var goal = Goal(builder.facts.names + demand.names + kind.names)
        goal.isString = true
        goal.patterns = kind.patterns
        let taken = builder.names(presentFirst: false) + demand.excludedNames + Array(builder.facts.absent)
        goal.excluded = taken.map(\.text).sorted().map { .string($0) }
        return solvePart(goal)
    }

    /// Adds members up to the minimum, and finds the values of all.
    private mutating func finish(_ builder: inout ObjectBuilder) -> Outcome {
        guard builder.facts.present.count <= builder.facts.maximum else { return .empty }
        var alternatives = Alternatives()
        while builder.facts.present.count < builder.facts.minimum {
            guard builder.facts.present.count < Self.mostAdded else {
                return .undecided("an object needs more members than are tried")
            }
            // Each name is compared with all others.
            guard spend(on: builder.facts.present.count) else { return .undecided("the proof needs too many steps") }
            guard addMember(to: &builder, &alternatives) else { return alternatives.outcome }
        }
        var object = JSONObject()
        for (name, _) in builder.facts.present {
            switch solvePart(memberGoal(name, builder)) {
            case .empty: return .empty
            case .undecided(let reason): return .undecided(reason)
            case .found(let value): object[name.text] = value
            }
        }
        guard builder.excluded.contains(.object(object)) else { return .found(.object(object)) }
        return variation(of: object, builder)
    }

    /// Adds a member that no condition requires; returns whether one has been found.
    private mutating func addMember(to builder: inout ObjectBuilder, _ alternatives: inout Alternatives) -> Bool {
        for name in builder.names(presentFirst: false)
        where !builder.facts.isPresent(name) && !builder.facts.absent.contains(name)
            && isValid(name: name, builder.facts.names)
        {
            if alternatives.note(solvePart(memberGoal(name, builder))) != nil { return builder.facts.require(name) }
        }
        for combination in combinations(MemberDemand(), beside: [], builder, &alternatives) {
            guard case .string(let text)? = alternatives.note(newName(MemberDemand(), combination, builder)) else {
                continue
            }
            builder.add(JSONName(text))
            return builder.facts.require(JSONName(text))
        }
        return false
    }

    /// Returns an object that differs from one that is excluded.
    private mutating func variation(of object: JSONObject, _ builder: ObjectBuilder) -> Outcome {
        for (name, value) in object {
            var goal = memberGoal(JSONName(name), builder)
            var tried = [value]
            for _ in 0..<builder.excluded.count + 1 {
                goal.excluded = tried
                guard case .found(let other) = solvePart(goal) else { break }
                var varied = object
                varied[name] = other
                if !builder.excluded.contains(.object(varied)) { return .found(.object(varied)) }
                tried.append(other)
            }
        }
        var next = builder
        var alternatives = Alternatives()
        while next.facts.present.count < min(next.facts.maximum, object.count + builder.excluded.count + 1) {
            guard addMember(to: &next, &alternatives) else { break }
            var varied = object
            for (name, _) in next.facts.present where varied[name.text] == nil {
                if case .found(let value) = solvePart(memberGoal(name, next)) { varied[name.text] = value }
            }
            if !builder.excluded.contains(.object(varied)) { return .found(.object(varied)) }
        }
        return .undecided("no object was found beside the values that 'enum' or 'const' excludes")
    }
}

/// The conditions on a new name, each decided.
private struct NameKind {
    var patterns: [SignedPattern]
    var names: [SignedNode]
}
