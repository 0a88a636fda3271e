import JSONSchema

/// Unions whose branches objects distinguish by their tags.
///
/// Once the tags of an object are known, at most one branch of each union matters. So the branches of two large unions are
/// matched by their tags, and not each compared with each.
extension Solver {
    /// The number of values of a tag up to which the branches that matter are looked up again and again.
    private static let fewValues = 16

    mutating func assumeUnion(
        _ id: JoinedSchemas.ConditionID, _ holds: Bool, isWritten: Bool, in branch: inout Branch
    ) -> Bool {
        guard branch.kind == .object else { return !holds }
        branch.unions.append(Branch.OpenUnion(condition: id, holds: holds, isWritten: isWritten))
        return true
    }

    /// Decides the unions of which the tags leave at most one branch; returns whether there are any, and `nil` where one
    /// contradicts the branch.
    mutating func narrowUnions(_ branch: inout Branch) -> Bool? {
        var changes = false
        var index = 0
        while index < branch.unions.count {
            let union = branch.unions[index]
            guard let nodes = schemas.unions[union.condition]?.candidates(branch.tags, most: Self.fewValues),
                nodes.count <= 1
            else {
                index += 1
                continue
            }
            branch.unions.remove(at: index)
            guard let node = nodes.first else {
                if union.holds { return nil }
                continue
            }
            guard assume(.node(union.signed(node)), in: &branch) else { return nil }
            changes = true
        }
        return changes
    }

    /// Tries the branches of an open union in turn. Where none is open, those of all others are to be invalid.
    mutating func exploreUnions(_ start: Branch, _ goal: Goal) -> Outcome {
        var branch = start
        let positions = branch.unions.indices.filter { branch.unions[$0].holds }
        let open = positions.map { candidates(of: branch.unions[$0], in: branch) }
        guard let least = open.indices.min(by: { open[$0].count < open[$1].count }) else {
            let refused = branch.unions
            branch.unions = []
            for union in refused {
                for node in candidates(of: union, in: branch) {
                    guard assume(.node(union.signed(node)), in: &branch) else { return .empty }
                }
            }
            return explore(branch, goal)
        }
        let union = branch.unions.remove(at: positions[least])
        var alternatives = Alternatives()
        for node in open[least] {
            guard spend(on: 1) else { return .undecided("the proof needs too many steps") }
            var next = branch
            guard assume(.node(union.signed(node)), in: &next), settle(&next) else { continue }
            if let value = alternatives.note(exploreSettled(next, goal)) { return .found(value) }
        }
        return alternatives.outcome
    }

    private func candidates(of union: Branch.OpenUnion, in branch: Branch) -> [NodeID] {
        guard let known = schemas.unions[union.condition] else { return [] }
        return known.candidates(branch.tags) ?? known.nodes
    }
}

extension Branch.OpenUnion {
    fileprivate func signed(_ node: SchemaModel.NodeID) -> SignedNode {
        SignedNode(node: node, holds: holds, isWritten: isWritten && holds)
    }
}
