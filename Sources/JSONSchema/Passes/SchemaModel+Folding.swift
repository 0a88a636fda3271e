import JSONTape
import SchemaPlan

extension SchemaModel {
    /// Drops types that the values of an `enum` or `const` have anyway, and types that another set of types includes.
    mutating func foldTypesAndValues() {
        for id in ids {
            let assertions = self[id].assertions
            let values = assertions.compactMap { if case .values(let values) = $0.kind { values } else { nil } }
            let types = assertions.compactMap { if case .types(let types) = $0.kind { types } else { nil } }
            guard !types.isEmpty, types.count + values.count > 1 else { continue }
            let narrowest = types.reduce(TypeSet.any) { $0.intersected(with: $1) }
            var hasTypes = false
            self[id].assertions.removeAll { assertion in
                guard case .types(let set) = assertion.kind else { return false }
                if values.contains(where: { $0.allSatisfy(set.surelyContains) }) { return true }
                // Of equal sets, the first stays.
                guard set.normalized == narrowest, !hasTypes else { return types.contains(narrowest) }
                hasTypes = true
                return false
            }
        }
    }

    /// Drops assertions that every value satisfies.
    mutating func dropTautologies() {
        var changes = true
        while changes {
            changes = false
            // A node that becomes a mere reference is resolved in the next round.
            let ends = endsOfReferences()
            for id in ids {
                let evaluates = self[id].assertions.contains { $0.kind.isUnevaluated }
                let kept = self[id].assertions.filter { !isTautology($0.kind, evaluates: evaluates, ends) }
                guard kept.count < self[id].assertions.count else { continue }
                self[id].assertions = kept
                changes = true
            }
        }
    }

    /// Resolves all nodes in one pass, so that long chains of references take time in step with their length.
    private func endsOfReferences() -> [NodeID] {
        var ends = [NodeID?](repeating: nil, count: nodes.count)
        return ids.map { id in
            var passed: [NodeID] = []
            var current = id
            while ends[current.index] == nil, let reference = soleReference(of: current) {
                passed.append(current)
                current = reference.target
            }
            let end = ends[current.index] ?? current
            for node in passed { ends[node.index] = end }
            return end
        }
    }

    /// - Parameters:
    ///   - evaluates: Whether an `unevaluated` keyword beside the assertion needs to know what it applies to.
    ///   - ends: The end of the references of each node.
    private func isTautology(_ kind: Assertion.Kind, evaluates: Bool, _ ends: [NodeID]) -> Bool {
        func isEmpty(_ id: NodeID) -> Bool { self[ends[id.index]].assertions.isEmpty }
        return switch kind {
        case .minimumLength(let count), .minimumItems(let count), .minimumProperties(let count): count == 0
        case .types(let set): set.normalized == .any
        case .required(let names): names.isEmpty
        case .dependentRequired(let dependents): dependents.allSatisfy(\.required.isEmpty)
        case .all(let nodes): nodes.allSatisfy(isEmpty)
        case .refer(let node): isEmpty(node)
        case .propertyNames(let node): isEmpty(node)
        case .any(let nodes): !evaluates && nodes.contains(where: isEmpty)
        case .not(let node): statesNever(ends[node.index])
        default: false
        }
    }

    /// Returns whether a node states that no value is valid. References are not followed.
    package func statesNever(_ id: NodeID) -> Bool {
        self[id].assertions.contains { if case .never = $0.kind { true } else { false } }
    }
}

extension TypeSet {
    /// Returns whether a value belongs to the set however it is written.
    fileprivate func surelyContains(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        // How a message writes a whole number is open: the integers of draft 4 remain to be checked.
        case .number(let number): contains(.number) || contains(.integer) && number.isInteger
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }
}
