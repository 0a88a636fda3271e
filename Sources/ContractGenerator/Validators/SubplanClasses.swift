import JSONTape
import SchemaPlan

/// Groups of subplans that give the same answer by their structure, wherever they are in a schema: one function
/// represents a group.
///
/// Subplans start in one group for each list of instructions without its parts, and groups are split until the parts of
/// all members of a group are in the same groups. So subplans with cycles are shared, too.
struct SubplanClasses: Sendable {
    /// The group of each subplan, as the number of its first member.
    private var representatives: [Int32]
    /// The parts that each subplan applies, by the number of the subplan.
    private var parts: [[Plan.SubplanID]]

    init(_ plan: Plan) {
        let shapes = plan.subplans.map { SubplanShape($0, of: plan) }
        var classes = Self.numbered(shapes.map(\.text))
        var count = Set(classes).count
        while true {
            let refined = Self.numbered(
                shapes.enumerated().map { index, shape in
                    [classes[index]] + shape.parts.map { classes[Int($0.index)] }
                })
            let refinedCount = Set(refined).count
            classes = refined
            guard refinedCount > count else { break }
            count = refinedCount
        }
        var first: [Int: Int32] = [:]
        representatives = []
        for (index, number) in classes.enumerated() {
            if first[number] == nil { first[number] = Int32(index) }
            representatives.append(first[number] ?? Int32(index))
        }
        parts = shapes.map(\.parts)
    }

    /// Returns a number for each key, the same for equal ones.
    private static func numbered<Key: Hashable>(_ keys: [Key]) -> [Int] {
        var numbers: [Key: Int] = [:]
        return keys.map { key in
            if let known = numbers[key] { return known }
            numbers[key] = numbers.count
            return numbers.count - 1
        }
    }

    /// Returns the subplan that represents a subplan's group.
    subscript(id: Plan.SubplanID) -> Plan.SubplanID {
        Plan.SubplanID(Int(representatives[Int(id.index)]))
    }

    /// The groups, each as the subplan that represents it.
    var groups: [Plan.SubplanID] {
        representatives.enumerated().filter { $0.offset == Int($0.element) }.map { Plan.SubplanID($0.offset) }
    }

    /// Returns the groups of the parts that a group applies.
    func parts(of group: Plan.SubplanID) -> [Plan.SubplanID] { parts[Int(group.index)].map { self[$0] } }
}

/// A subplan's instructions as a string without their parts, and the parts in order.
private struct SubplanShape {
    var text = ""
    var parts: [Plan.SubplanID] = []

    init(_ subplan: Plan.Subplan, of plan: Plan) {
        text += subplan.marksEvaluated ? "m" : ""
        text += subplan.opensEvaluation ? "o" : ""
        for index in subplan.steps { add(plan.steps[Int(index)].instruction, of: plan) }
    }

    private mutating func add(_ part: Plan.Part?) {
        text += part == nil ? "-" : "p"
        if let part { parts.append(part.subplan) }
    }

    private mutating func add(_ name: String) { text += "\(name.utf8.count):\(name)" }

    private mutating func add(_ instruction: Plan.Instruction, of plan: Plan) {
        text += ";"
        switch instruction {
        case .values(let index):
            text += "values \(plan.values[Int(index)].isOpen) \(plan.values[Int(index)].values)"
        case .pattern(let index): text += "pattern " + plan.patterns[Int(index)].source
        case .bound(let index): text += "bound \(plan.bounds[Int(index)].bound)"
        case .multipleOf(let index): text += "multiple \(plan.divisors[Int(index)])"
        case .items(let index):
            let check = plan.items[Int(index)]
            text += "items \(check.evaluatesRest)"
            for part in check.prefix { add(part) }
            text += "/"
            add(check.rest)
        case .contains(let index):
            let check = plan.contains[Int(index)]
            text += "contains \(check.minimum) \(check.maximum) \(check.marksEvaluated)"
            add(check.part)
        case .members(let index): add(plan.members[Int(index)], of: plan)
        case .dependents(let index):
            let check = plan.dependents[Int(index)]
            text += "dependents"
            for name in [check.name] + check.required { add(name) }
            add(check.part)
        case .call(let part):
            text += "call"
            parts.append(part.subplan)
        case .any(let branches), .one(let branches):
            if case .any = instruction { text += "any" } else { text += "one" }
            text += "\(branches.count)"
            parts += branches.map { plan.branches[Int($0)].subplan }
        case .select(let index):
            // The same as `any`, because the value of a member allows at most one branch.
            let branches = plan.selections[Int(index)].parts
            text += "any\(branches.count)"
            parts += branches.map { plan.branches[Int($0)].subplan }
        case .not(let part):
            text += "not"
            parts.append(part.subplan)
        case .ifThenElse(let index):
            let condition = plan.conditions[Int(index)]
            text += "if"
            parts.append(condition.condition.subplan)
            add(condition.then)
            add(condition.otherwise)
        case .unevaluatedItems(let part):
            text += "unevaluatedItems"
            add(part)
        case .unevaluatedProperties(let part):
            text += "unevaluatedProperties"
            add(part)
        case .never, .types, .skipUnless, .minimumLength, .maximumLength, .format, .minimumItems, .maximumItems,
            .uniqueItems, .minimumProperties, .maximumProperties:
            text += "\(instruction)"
        }
    }

    private mutating func add(_ check: Plan.MembersCheck, of plan: Plan) {
        text += "members"
        for (name, entry) in zip(check.names.names, check.entries) {
            add(name)
            text += "\(entry.isProperty)\(entry.isRequired)"
            add(entry.part)
        }
        for entry in check.patterns {
            add(plan.patterns[Int(entry.pattern)].source)
            add(entry.part)
        }
        switch check.others {
        case .allowed: text += "allowed"
        case .evaluated: text += "evaluated"
        case .refused: text += "refused"
        case .checked(let part):
            text += "checked"
            parts.append(part.subplan)
        }
        add(check.propertyNames)
    }
}
