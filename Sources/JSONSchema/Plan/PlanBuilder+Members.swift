import ContractModel
import JSONTape
import SchemaPlan

extension PlanBuilder {
    /// The parts of one walk over members.
    private struct Walk {
        /// The division of members by name and pattern, and its assertion.
        var division: (members: Assertion.Members, assertion: Assertion)?
        var required: [(name: String, assertion: Assertion)] = []
        var names: (node: NodeID, assertion: Assertion)?

        var assertion: Assertion? { division?.assertion ?? required.first?.assertion ?? names?.assertion }
    }

    /// Returns the walks for `properties`, `patternProperties`, `additionalProperties`, `required` and `propertyNames`: one,
    /// unless several schemas have been merged.
    mutating func membersSteps(of id: NodeID, marks: Bool) -> [Plan.Step] {
        walks(of: id).compactMap { walk in
            guard let assertion = walk.assertion, let check = membersCheck(walk, of: id, marks: marks) else {
                return nil
            }
            plan.members.append(check)
            return Plan.Step(
                instruction: .members(Int32(plan.members.count - 1)), keyword: keyword(of: assertion, in: id))
        }
    }

    /// Returns the walks; the first one checks all required names.
    private func walks(of id: NodeID) -> [Walk] {
        var divisions: [(members: Assertion.Members, assertion: Assertion)] = []
        var names: [(node: NodeID, assertion: Assertion)] = []
        var first = Walk()
        var seen: Set<JSONName> = []
        for assertion in model[id].assertions {
            switch assertion.kind {
            case .members(let members): divisions.append((members, assertion))
            case .required(let list):
                for name in list where seen.insert(JSONName(name)).inserted {
                    first.required.append((name, assertion))
                }
            case .propertyNames(let node) where !acceptsEverything(node): names.append((node, assertion))
            default: break
            }
        }
        first.division = divisions.first
        first.names = names.first
        let count = max(1, divisions.count, names.count)
        return [first]
            + (1..<count).map { index in
                Walk(
                    division: index < divisions.count ? divisions[index] : nil,
                    names: index < names.count ? names[index] : nil)
            }
    }

    private mutating func membersCheck(_ walk: Walk, of id: NodeID, marks: Bool) -> Plan.MembersCheck? {
        let others = others(of: walk, in: id)
        // Entries that accept every value matter to those who do not accept all others, or who note what is evaluated.
        let needsAll =
            switch others {
            case .allowed, .evaluated: marks
            case .refused, .checked: true
            }
        let entries = entries(of: walk, in: id, needsAll: needsAll)
        var patterns: [Plan.PatternEntry] = []
        if let (members, assertion) = walk.division {
            for entry in members.patterns {
                let path = ["patternProperties", entry.pattern.value]
                let part = restrictingPart(entry.node, at: path, of: assertion)
                guard needsAll || part != nil, let pattern = pattern(entry.pattern.value) else { continue }
                patterns.append(Plan.PatternEntry(pattern: pattern, part: part))
            }
        }
        let names = walk.names.flatMap { restrictingPart($0.node, at: ["propertyNames"], of: $0.assertion) }
        if entries.isEmpty, patterns.isEmpty, names == nil {
            switch others {
            case .allowed: return nil
            case .evaluated: if !marks { return nil }
            case .refused, .checked: break
            }
        }
        var requiredBits: UInt64 = 0
        for (index, entry) in entries.prefix(64).enumerated() where entry.check.isRequired {
            requiredBits |= 1 << UInt64(index)
        }
        return Plan.MembersCheck(
            names: KeyTable(entries.map(\.name)), entries: entries.map(\.check), patterns: patterns, others: others,
            propertyNames: names, requiredBits: requiredBits)
    }

    private mutating func others(of walk: Walk, in id: NodeID) -> Plan.Others {
        guard let (members, assertion) = walk.division, let additional = members.additional else { return .allowed }
        // A pass turns `unevaluatedProperties` into a division.
        let path = [
            assertion.keyword.tokens == ["unevaluatedProperties"] ? "unevaluatedProperties" : "additionalProperties"
        ]
        if refusesEverything(additional) {
            return .refused(keyword(path, of: assertion, in: id))
        }
        return restrictingPart(additional, at: path, of: assertion).map { .checked($0) } ?? .evaluated
    }

    private mutating func entries(
        of walk: Walk, in id: NodeID, needsAll: Bool
    ) -> [(name: String, check: Plan.MemberEntry)] {
        var required: [JSONName: Int32] = [:]
        for (name, assertion) in walk.required { required[JSONName(name)] = keyword(of: assertion, in: id) }
        var entries: [(name: String, check: Plan.MemberEntry)] = []
        var known: Set<JSONName> = []
        if let (members, assertion) = walk.division {
            let ownKeyword = keyword(of: assertion, in: id)
            for property in members.properties where known.insert(JSONName(property.name.value)).inserted {
                let name = property.name.value
                let part = restrictingPart(property.node, at: ["properties", name], of: assertion)
                let requiredBy = required[JSONName(name)]
                guard needsAll || part != nil || requiredBy != nil else { continue }
                let check = Plan.MemberEntry(
                    part: part, isProperty: true, isRequired: requiredBy != nil, keyword: requiredBy ?? ownKeyword)
                entries.append((name, check))
            }
        }
        for (name, _) in walk.required where !known.contains(JSONName(name)) {
            let check = Plan.MemberEntry(
                part: nil, isProperty: false, isRequired: true, keyword: required[JSONName(name)] ?? -1)
            entries.append((name, check))
        }
        return entries
    }
}
