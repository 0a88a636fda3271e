import JSONTape
import SchemaPlan

extension SchemaModel {
    /// The most assertions that a schema takes over from one that others refer to as well.
    private static let mostCopied = 16

    /// Moves the assertions of `allOf`, and of a `$ref` beside other keywords, into the schema itself.
    ///
    /// Each assertion is complete in itself, so that the order and the schema in which it is stated do not matter. The
    /// exception is an `unevaluated` keyword, which is about the other keywords of its own schema.
    mutating func mergeConjunctions() {
        let users = conjunctionUsers()
        var isDone = [Bool](repeating: false, count: nodes.count)
        for id in ids { merge(id, users, &isDone) }
    }

    /// Returns the number of schemas that state each schema as a part of a conjunction, or apply it otherwise.
    private func conjunctionUsers() -> [Int] {
        var users = [Int](repeating: 0, count: nodes.count)
        for node in nodes {
            for child in node.assertions.flatMap(\.kind.children) { users[child.index] += 1 }
        }
        for root in roots.values { users[root.index] += 1 }
        return users
    }

    /// Merges the schemas that apply to the values of a node. In-place references form no cycle, so the recursion ends;
    /// it is as deep as the longest chain of them.
    private mutating func merge(_ id: NodeID, _ users: [Int], _ isDone: inout [Bool]) {
        guard !isDone[id.index] else { return }
        isDone[id.index] = true
        guard soleReference(of: id) == nil else { return }
        var merged: [Assertion] = []
        for assertion in self[id].assertions {
            guard let parts = assertion.kind.conjunction else {
                merged.append(assertion)
                continue
            }
            var rest: [NodeID] = []
            for (index, child) in parts.enumerated() {
                merge(child, users, &isDone)
                let path = assertion.keyword.tokens + (assertion.kind.isList ? [String(index)] : [])
                let (target, via) = followed(child, from: assertion.via.tokens + path)
                merge(target, users, &isDone)
                guard canMove(target, users) else {
                    rest.append(child)
                    // A list's remaining parts keep their positions in their paths.
                    merged.append(assertion.single(child, at: path))
                    continue
                }
                for moved in self[target].assertions { merged.append(moved.moved(from: target, via: via)) }
            }
        }
        self[id].assertions = merged
    }

    private func followed(_ id: NodeID, from path: [String]) -> (NodeID, [String]) {
        var target = id
        var path = path
        while let reference = soleReference(of: target) {
            path += reference.keyword.tokens
            target = reference.target
        }
        return (target, path)
    }

    private func canMove(_ id: NodeID, _ users: [Int]) -> Bool {
        let assertions = self[id].assertions
        guard users[id.index] <= 1 || assertions.count <= Self.mostCopied else { return false }
        return !assertions.contains { assertion in
            switch assertion.kind {
            case .unevaluatedItems, .unevaluatedProperties: true
            default: false
            }
        }
    }
}

extension Assertion.Kind {
    /// The schemas that must all be valid for the same value; `nil` for another assertion.
    fileprivate var conjunction: [SchemaModel.NodeID]? {
        switch self {
        case .all(let nodes): nodes
        case .refer(let node): [node]
        default: nil
        }
    }

    fileprivate var isList: Bool {
        if case .all = self { true } else { false }
    }
}

extension Assertion {
    /// Returns the assertion as another schema states it.
    fileprivate func moved(from id: SchemaModel.NodeID, via path: [String]) -> Assertion {
        var moved = self
        moved.origin = origin ?? id
        moved.via = JSONPointer(tokens: path + via.tokens)
        return moved
    }

    /// Returns one part of a conjunction by itself.
    fileprivate func single(_ id: SchemaModel.NodeID, at path: [String]) -> Assertion {
        var single = self
        single.keyword = JSONPointer(tokens: path)
        single.kind = .refer(id)
        return single
    }
}
