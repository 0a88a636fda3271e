import ContractModel
import JSONTape
import SchemaPlan

extension PlanBuilder {
    /// A member whose value determines the only branch that can be valid.
    private struct Discriminator {
        var name: String
        /// The values with the positions of their branches.
        var values: [(text: String, branch: Int)]
    }

    /// Returns the instruction that chooses a branch of `anyOf` or `oneOf` by a member's value, where each branch
    /// requires that member with values that no other branch allows; `nil` where there is no such member.
    ///
    /// At most one branch can be valid then, so that both keywords mean the same.
    mutating func selection(
        _ nodes: [NodeID], of assertion: Assertion, in id: NodeID, marks: Bool
    ) -> Plan.Instruction? {
        guard nodes.count > 1, let discriminator = discriminator(of: nodes, in: id) else { return nil }
        plan.selections.append(
            Plan.SelectionCheck(
                member: KeyTable([discriminator.name]), values: KeyTable(discriminator.values.map(\.text)),
                branches: discriminator.values.map { Int32($0.branch) },
                parts: branches(nodes, of: assertion, marks: marks)))
        return .select(Int32(plan.selections.count - 1))
    }

    private func discriminator(of nodes: [NodeID], in id: NodeID) -> Discriminator? {
        let isObject = requiresObject(id)
        guard nodes.allSatisfy({ isObject || requiresObject($0) }) else { return nil }
        let candidates = nodes.map(stringMembers)
        for (name, _) in candidates[0] {
            var values: [(text: String, branch: Int)] = []
            var seen: Set<JSONName> = []
            let isDistinct = candidates.enumerated().allSatisfy { branch, members in
                guard let texts = members.first(where: { JSONName($0.name) == JSONName(name) })?.values else {
                    return false
                }
                values += texts.map { ($0, branch) }
                return texts.allSatisfy { seen.insert(JSONName($0)).inserted }
            }
            if isDistinct { return Discriminator(name: name, values: values) }
        }
        return nil
    }

    private func requiresObject(_ id: NodeID) -> Bool {
        model[model.resolve(id)].assertions.contains { assertion in
            if case .types(let set) = assertion.kind { set == .object } else { false }
        }
    }

    /// Returns the required members of a schema whose values are a few strings.
    private func stringMembers(of id: NodeID) -> [(name: String, values: [String])] {
        let assertions = model[model.resolve(id)].assertions
        var required: Set<JSONName> = []
        for case .required(let names) in assertions.map(\.kind) { required.formUnion(names.map(JSONName.init)) }
        var members: [(name: String, values: [String])] = []
        for case .members(let division) in assertions.map(\.kind) {
            for property in division.properties where required.contains(JSONName(property.name.value)) {
                guard let values = strings(of: property.node) else { continue }
                members.append((property.name.value, values))
            }
        }
        return members
    }

    /// Returns the strings that an `enum` or `const` allows; `nil` where a schema has none, or allows other values.
    private func strings(of id: NodeID) -> [String]? {
        for case .values(let values) in model[model.resolve(id)].assertions.map(\.kind) {
            let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
            guard texts.count == values.count, Set(texts.map(JSONName.init)).count == texts.count else { return nil }
            return texts
        }
        return nil
    }
}
