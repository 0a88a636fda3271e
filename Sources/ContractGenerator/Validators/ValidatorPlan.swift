import Patterns
import SchemaPlan

/// A plan with the facts that the writers of its functions share.
struct ValidatorPlan: Sendable {
    let plan: Plan
    let classes: SubplanClasses
    /// The patterns of the plan, in the same order; `nil` for one that can't be compiled, which has been reported.
    let patterns: [CompiledPattern?]
    /// The groups that lead to an open enum.
    private let opening: Set<Plan.SubplanID>

    init(_ plan: Plan) {
        self.plan = plan
        classes = SubplanClasses(plan)
        patterns = plan.patterns.map { try? CompiledPattern.compile($0.source) }
        opening = Self.opening(plan, classes)
    }

    /// Returns whether the answer for a subplan depends on whether the reader accepts unknown values.
    func opensValues(_ id: Plan.SubplanID) -> Bool { opening.contains(classes[id]) }

    func steps(of id: Plan.SubplanID) -> [Plan.Step] {
        plan.subplans[Int(id.index)].steps.map { plan.steps[Int($0)] }
    }

    private static func opening(_ plan: Plan, _ classes: SubplanClasses) -> Set<Plan.SubplanID> {
        guard plan.values.contains(where: \.isOpen) else { return [] }
        var users: [Plan.SubplanID: [Plan.SubplanID]] = [:]
        var waiting: [Plan.SubplanID] = []
        for group in classes.groups {
            for part in classes.parts(of: group) { users[part, default: []].append(group) }
            let isOpen = plan.subplans[Int(group.index)].steps.contains { index in
                if case .values(let set) = plan.steps[Int(index)].instruction {
                    plan.values[Int(set)].isOpen
                } else {
                    false
                }
            }
            if isOpen { waiting.append(group) }
        }
        var opening: Set<Plan.SubplanID> = []
        while let group = waiting.popLast() {
            guard opening.insert(group).inserted else { continue }
            waiting += users[group] ?? []
        }
        return opening
    }
}
