import JSONTape
import SchemaPlan

/// The alternatives of an object, chosen by the string of a member.
struct BranchChoice {
    /// The member's name.
    let name: String
    /// The alternatives for each string, in the order of the schema.
    let cases: [(value: String, branches: [Int])]
    /// The alternatives for all other values.
    let others: [Int]
    /// The alternatives for an object without the member.
    let missing: [Int]

    /// Finds the member that distinguishes the alternatives; `nil` if there is none.
    init?(_ branches: [Plan.Part], among candidates: [Int], of plan: Plan) {
        let demands = candidates.map { MemberStrings(branches[$0].subplan, of: plan) }
        var names: [String] = []
        for demand in demands { for name in demand.order where !names.contains(name) { names.append(name) } }
        var best: (size: Int, choice: BranchChoice)?
        for name in names {
            let choice = BranchChoice(name, candidates, demands)
            let size = ([choice.others.count] + choice.cases.map(\.branches.count)).max() ?? 0
            if size < best?.size ?? candidates.count { best = (size, choice) }
        }
        guard let best else { return nil }
        self = best.choice
    }

    private init(_ name: String, _ candidates: [Int], _ demands: [MemberStrings]) {
        self.name = name
        var order: [String] = []
        var values: [String: [Int]] = [:]
        var others: [Int] = []
        var missing: [Int] = []
        for (candidate, demand) in zip(candidates, demands) {
            if let member = demand.members[name] {
                for value in member.strings where values[value] == nil {
                    values[value] = []
                    order.append(value)
                }
                if !member.isRequired { missing.append(candidate) }
            } else {
                others.append(candidate)
                missing.append(candidate)
            }
        }
        for (candidate, demand) in zip(candidates, demands) {
            for value in order where demand.members[name].map({ $0.strings.contains(value) }) ?? true {
                values[value]?.append(candidate)
            }
        }
        cases = order.map { ($0, values[$0] ?? []) }
        self.others = others
        self.missing = missing
    }
}

/// The members of a schema's objects that are one of some strings.
private struct MemberStrings {
    var members: [String: (strings: Set<String>, isRequired: Bool)] = [:]
    var order: [String] = []

    /// - Parameter id: A subplan, whose own conditions on the object are examined, including those of the parts that it calls.
    init(_ id: Plan.SubplanID, of plan: Plan) {
        add(id, of: plan)
    }

    private mutating func add(_ id: Plan.SubplanID, of plan: Plan) {
        var position = plan.subplans[Int(id.index)].steps.lowerBound
        let end = plan.subplans[Int(id.index)].steps.upperBound
        while position < end {
            let instruction = plan.steps[Int(position)].instruction
            position += 1
            switch instruction {
            case .skipUnless(let types, let count): if !types.contains(.object) { position += count }
            case .members(let index): add(plan.members[Int(index)], of: plan)
            // The reader has cut references that lead back to their own schema for the same value.
            case .call(let part): add(part.subplan, of: plan)
            default: break
            }
        }
    }

    private mutating func add(_ check: Plan.MembersCheck, of plan: Plan) {
        for (name, entry) in zip(check.names.names, check.entries) {
            guard let part = entry.part, members[name] == nil, let strings = plan.strings(of: part.subplan) else {
                continue
            }
            members[name] = (strings, entry.isRequired)
            order.append(name)
        }
    }
}
