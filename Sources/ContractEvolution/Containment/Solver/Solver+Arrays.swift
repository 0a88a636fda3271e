import JSONSchema
import JSONTape

extension Solver {
    /// The most elements of an array that is put together.
    private static let mostElements = 200
    /// The most assignments of demands to places that are tried.
    private static let mostAssignments = 2_000

    mutating func assumeArray(_ condition: Assertion.Kind, _ holds: Bool, in branch: inout Branch) -> Bool {
        switch condition {
        case .minimumItems(let count):
            if holds {
                branch.arrays.minimum = max(branch.arrays.minimum, count)
            } else {
                branch.arrays.maximum = min(branch.arrays.maximum, count - 1)
            }
        case .maximumItems(let count):
            if holds {
                branch.arrays.maximum = min(branch.arrays.maximum, count)
            } else {
                guard count < Int.max else { return false }
                branch.arrays.minimum = max(branch.arrays.minimum, count + 1)
            }
        case .uniqueItems: if holds { branch.arrays.isUnique = true } else { branch.arrays.hasDuplicate = true }
        case .items(let items):
            guard holds else { return choose(violations(of: items), in: &branch) }
            branch.arrays.items.append(items)
        case .contains(let contains):
            let limit = contains.maximum.map { ElementLimit(node: contains.node, count: $0) }
            if holds {
                if contains.minimum > 0 { branch.arrays.demands.append(Self.demand(contains, contains.minimum)) }
                if let limit { branch.arrays.limits.append(limit) }
            } else {
                var alternatives: [[Literal]] = []
                if contains.minimum > 0 {
                    alternatives.append([.limit(ElementLimit(node: contains.node, count: contains.minimum - 1))])
                }
                if let maximum = contains.maximum, maximum < Int.max {
                    alternatives.append([.element(Self.demand(contains, maximum + 1))])
                }
                return choose(alternatives, in: &branch)
            }
        default: break
        }
        return branch.arrays.minimum <= branch.arrays.maximum
            && !(branch.arrays.isUnique && branch.arrays.hasDuplicate)
    }

    private static func demand(_ contains: Assertion.Contains, _ count: Int) -> ElementDemand {
        ElementDemand(
            places: 0...(Int.max - 1), value: SignedNode(node: contains.node, holds: true), count: count)
    }

    private func violations(of items: Assertion.Items) -> [[Literal]] {
        var alternatives: [[Literal]] = []
        for (index, node) in items.prefix.enumerated() where !schemas.acceptsEverything(node) {
            alternatives.append([
                .element(ElementDemand(places: index...index, value: SignedNode(node: node, holds: false)))
            ])
        }
        if let rest = items.rest, !schemas.acceptsEverything(rest) {
            alternatives.append([
                .element(
                    ElementDemand(
                        places: items.prefix.count...(Int.max - 1), value: SignedNode(node: rest, holds: false)))
            ])
        }
        return alternatives
    }

    // MARK: Search

    /// Finds an array that satisfies a branch's conditions.
    ///
    /// An array with more elements than its minimum, its stated places and its demands need is not needed: what is left
    /// without one of the others satisfies the same conditions.
    mutating func solveArray(_ branch: Branch) -> Outcome {
        let facts = branch.arrays
        let demanded = facts.demands.reduce(0) { saturating($0, $1.count) } + (facts.hasDuplicate ? 2 : 0)
        let stated = (facts.items.map(\.prefix.count) + facts.demands.map(\.places.lowerBound)).max() ?? 0
        let most = saturating(max(facts.minimum, stated), saturating(demanded, branch.excluded.count))
        let last = min(facts.maximum, most)
        guard facts.minimum <= last else { return .empty }
        var alternatives = Alternatives()
        if last > Self.mostElements { alternatives.note(undecided: "an array needs more elements than are tried") }
        guard facts.minimum <= Self.mostElements else { return alternatives.outcome }
        let start = facts.hasDuplicate ? max(2, facts.minimum) : facts.minimum
        for count in stride(from: start, through: min(last, Self.mostElements), by: 1) {
            budget -= 1
            guard budget > 0 else { return .undecided("the proof needs too many steps") }
            let outcome = solveArray(facts, count: count, excluded: branch.excluded)
            if let value = alternatives.note(outcome) { return .found(value) }
        }
        return alternatives.outcome
    }

    private func saturating(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? Int.max : sum
    }

    private mutating func solveArray(_ facts: ArrayFacts, count: Int, excluded: [JSONValue]) -> Outcome {
        let goals = (0..<count).map { elementNodes(at: $0, facts) }
        for nodes in goals where solvePart(Goal(nodes)).isEmpty { return .empty }
        var demands: [ElementDemand] = []
        var repeated: Set<Int> = []
        for demand in facts.demands {
            guard demand.count <= count else { return .empty }
            var single = demand
            single.count = 1
            repeated.formUnion(demands.count + 1..<demands.count + max(1, demand.count))
            demands += Array(repeating: single, count: demand.count)
        }
        var search = ArraySearch(
            goals: goals, demands: demands, repeated: repeated, limits: facts.limits.filter { $0.count > 0 },
            isUnique: facts.isUnique,
            hasDuplicate: facts.hasDuplicate, excluded: excluded, assignments: Self.mostAssignments)
        return assign(0, after: -1, &search)
    }

    /// Returns the conditions of the element at a place. A limit of 0 is one of them.
    private func elementNodes(at index: Int, _ facts: ArrayFacts) -> [SignedNode] {
        var nodes: [SignedNode] = []
        for (items, isWritten) in facts.items.map({ ($0, false) }) + facts.writtenItems.map({ ($0, true) }) {
            let node = index < items.prefix.count ? items.prefix[index] : items.rest
            if let node { nodes.append(SignedNode(node: node, holds: true, isWritten: isWritten)) }
        }
        nodes += facts.limits.filter { $0.count <= 0 }.map { SignedNode(node: $0.node, holds: false) }
        return nodes
    }

    /// Assigns a place to each demand; the places of one condition's demands ascend.
    private mutating func assign(_ index: Int, after previous: Int, _ search: inout ArraySearch) -> Outcome {
        guard index < search.demands.count else { return finishArray(search) }
        guard hasRoom() else { return .undecided(Self.tooDeep) }
        calls += 1
        defer { calls -= 1 }
        let demand = search.demands[index]
        let isRepeated = search.repeated.contains(index)
        let lower = max(demand.places.lowerBound, isRepeated ? previous + 1 : 0)
        let upper = min(demand.places.upperBound, search.goals.count - 1)
        guard lower <= upper else { return .empty }
        var alternatives = Alternatives()
        var tried: Set<[SignedNode]> = []
        for place in lower...upper {
            search.assignments -= 1
            guard search.assignments > 0 else {
                alternatives.note(undecided: "an array has more combinations of elements than are tried")
                break
            }
            let before = search.goals[place]
            // If nothing else distinguishes places, the first represents all.
            if !isRepeated, search.demands.count == 1, search.limits.isEmpty, !tried.insert(before).inserted {
                continue
            }
            search.goals[place].append(demand.value)
            defer { search.goals[place] = before }
            let outcome = solvePart(Goal(search.goals[place]))
            if outcome.value == nil {
                _ = alternatives.note(outcome)
                continue
            }
            if let value = alternatives.note(assign(index + 1, after: place, &search)) { return .found(value) }
        }
        return alternatives.outcome
    }

    private mutating func finishArray(_ assigned: ArraySearch) -> Outcome {
        var search = assigned
        var isExact = true
        for limit in search.limits {
            let wanted = SignedNode(node: limit.node, holds: true)
            let number = schemas.classNumber(of: limit.node)
            let chosen = search.goals.indices.filter { place in
                search.goals[place].contains { $0.holds && schemas.classNumber(of: $0.node) == number }
            }
            if chosen.count > limit.count { return .empty }
            isExact = false
            for place in search.goals.indices where !chosen.contains(place) {
                let free = search.goals[place] + [SignedNode(node: wanted.node, holds: false)]
                if solvePart(Goal(free)).value != nil { search.goals[place] = free }
            }
        }
        let outcome = values(of: search)
        if case .empty = outcome, !isExact { return .undecided("'maxContains' was not decided for all elements") }
        return outcome
    }

    private mutating func values(of search: ArraySearch) -> Outcome {
        guard search.hasDuplicate else { return elements(of: search) }
        var alternatives = Alternatives()
        for first in search.goals.indices {
            for second in search.goals.indices.dropFirst(first + 1) {
                let both = search.goals[first] + search.goals[second]
                guard let value = alternatives.note(solvePart(Goal(both))) else { continue }
                var fixed = search
                fixed.fixed = [first: value, second: value]
                if let found = alternatives.note(elements(of: fixed)) { return .found(found) }
            }
        }
        return alternatives.outcome
    }

    private mutating func elements(of search: ArraySearch) -> Outcome {
        var elements: [JSONValue] = []
        // With the same conditions everywhere, taking any value never takes the last chance of a later element.
        let isExact = Set(search.goals.map { Set($0) }).count <= 1 || !search.isUnique
        for (place, nodes) in search.goals.enumerated() {
            if let value = search.fixed[place] {
                elements.append(value)
                continue
            }
            let taken = search.isUnique ? elements : []
            switch solvePart(Goal(nodes, excluded: taken)) {
            case .empty: return isExact ? .empty : .undecided("no distinct elements were found")
            case .undecided(let reason): return .undecided(reason)
            case .found(let value): elements.append(value)
            }
        }
        guard search.excluded.contains(.array(elements)) else { return .found(.array(elements)) }
        return variation(of: elements, search)
    }

    /// Returns an array that differs from one that is excluded.
    private mutating func variation(of elements: [JSONValue], _ search: ArraySearch) -> Outcome {
        for (place, value) in elements.enumerated() where search.fixed[place] == nil {
            var tried = search.isUnique ? elements : [value]
            for _ in 0...search.excluded.count {
                guard case .found(let other) = solvePart(Goal(search.goals[place], excluded: tried)) else { break }
                var varied = elements
                varied[place] = other
                if !search.excluded.contains(.array(varied)) { return .found(.array(varied)) }
                tried.append(other)
            }
        }
        // No element can differ: of this length, and with these demands, there is no other array.
        return elements.isEmpty
            ? .empty : .undecided("no array was found beside the values that 'enum' or 'const' excludes")
    }
}

/// An array of one length that is being put together.
private struct ArraySearch {
    /// The conditions of each element.
    var goals: [[SignedNode]]
    /// Each of one element. An element may satisfy several, but for those of one condition.
    var demands: [ElementDemand]
    /// The positions of demands that come from the same condition as the one before.
    var repeated: Set<Int>
    /// Limits above 0.
    var limits: [ElementLimit]
    var isUnique: Bool
    var hasDuplicate: Bool
    var excluded: [JSONValue]
    var assignments: Int
    /// Values that have been chosen.
    var fixed: [Int: JSONValue] = [:]
}
