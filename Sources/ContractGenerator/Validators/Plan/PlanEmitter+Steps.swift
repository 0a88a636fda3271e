import JSONTape
import SchemaPlan

extension PlanEmitter {
    /// Writes statements that return false where a value breaks one of some instructions.
    ///
    /// - Returns: Whether a value may satisfy the instructions; otherwise, the last statement returns.
    @discardableResult
    mutating func emitSteps(_ steps: [Plan.Step], known: TypeSet, to writer: inout SourceWriter) -> Bool {
        var known = known
        var position = 0
        while position < steps.count {
            let step = steps[position]
            position += 1
            if case .skipUnless(let types, let count) = step.instruction {
                let group = Array(steps[position..<position + Int(count)])
                position += Int(count)
                if known.isWithin(types) {
                    guard emitSteps(group, known: known, to: &writer) else { return false }
                } else {
                    writer.block("if \(types.condition(at: "node"))") { _ = emitSteps(group, known: types, to: &$0) }
                }
                continue
            }
            if isImplied(step, in: steps, at: position) { continue }
            if scalar(step.instruction, at: "node", known: known) == "false" {
                writer.line("return false")
                return false
            }
            emit(step.instruction, known: known, to: &writer)
            known = known.narrowed(by: step.instruction, of: plan)
        }
        return true
    }

    private mutating func emit(_ instruction: Plan.Instruction, known: TypeSet, to writer: inout SourceWriter) {
        if let condition = scalar(instruction, at: "node", known: known) {
            writer.demand(condition)
            return
        }
        switch instruction {
        case .items(let index): emit(plan.items[Int(index)], to: &writer)
        case .contains(let index): emit(plan.contains[Int(index)], to: &writer)
        case .members(let index): emit(plan.members[Int(index)], to: &writer)
        case .dependents(let index): emit(plan.dependents[Int(index)], to: &writer)
        case .call(let part): writer.demand(condition(part, at: "node"))
        case .any(let branches): emit(branches, isExclusive: false, known: known, to: &writer)
        case .one(let branches): emit(branches, isExclusive: true, known: known, to: &writer)
        case .select(let index):
            // The value of a member allows at most one branch.
            emit(plan.selections[Int(index)].parts, isExclusive: false, known: known, to: &writer)
        case .not(let part):
            switch condition(part, at: "node") {
            case "true": writer.demand("false")
            case "false": break
            case let condition: writer.demand("!(\(condition))")
            }
        case .ifThenElse(let index): emit(plan.conditions[Int(index)], to: &writer)
        case .unevaluatedItems(let part): emitUnevaluated(part, isObject: false, to: &writer)
        case .unevaluatedProperties(let part): emitUnevaluated(part, isObject: true, to: &writer)
        case .never, .types, .skipUnless, .values, .minimumLength, .maximumLength, .pattern, .format, .bound,
            .multipleOf, .minimumItems, .maximumItems, .uniqueItems, .minimumProperties, .maximumProperties:
            break
        }
    }

    private mutating func emit(_ condition: Plan.Condition, to writer: inout SourceWriter) {
        let then = condition.then.map { self.condition($0, at: "node") } ?? "true"
        let otherwise = condition.otherwise.map { self.condition($0, at: "node") } ?? "true"
        let test = self.condition(condition.condition, at: "node")
        guard then != "true" || otherwise != "true" || tracks(condition.condition) else { return }
        if test == "true" || test == "false" {
            writer.demand(test == "true" ? then : otherwise)
            return
        }
        writer.scope(sharesScope) { writer in
            if tracks(condition.condition) { writer.line("let before = evaluated") }
            writer.line("if \(test) {")
            writer.indented { $0.demand(then) }
            if otherwise != "true" || tracks(condition.condition) {
                writer.line("} else {")
                writer.indented { writer in
                    if tracks(condition.condition) { writer.line("evaluated = before") }
                    writer.demand(otherwise)
                }
            }
            writer.line("}")
        }
    }

    private mutating func emit(_ check: Plan.DependentCheck, to writer: inout SourceWriter) {
        writer.block("if tape.member(named: \(SwiftLiteral.string(check.name)), of: node) != nil") { writer in
            for name in check.required {
                writer.demand("tape.member(named: \(SwiftLiteral.string(name)), of: node) != nil")
            }
            if let part = check.part { writer.demand(condition(part, at: "node")) }
        }
    }

    /// Writes the walk over the members or items that nothing has evaluated.
    private mutating func emitUnevaluated(_ part: Plan.Part?, isObject: Bool, to writer: inout SourceWriter) {
        let condition = part.map { self.condition($0, at: isObject ? "value" : "child") } ?? "false"
        if condition != "true" {
            writer.scope(sharesScope) { writer in
                writer.line("var position = 0")
                writer.line("var child = tape.first(in: node)")
                writer.line("let end = tape.end(of: node)")
                writer.block("while child != end") { writer in
                    if isObject { writer.line("let value = tape.value(ofKey: child)") }
                    writer.demand(
                        condition == "false"
                            ? "evaluated.contains(position)" : "evaluated.contains(position) || \(condition)")
                    writer.line("position &+= 1")
                    writer.line("child = tape.end(of: \(isObject ? "value" : "child"))")
                }
            }
        }
        writer.line("evaluated.insertAll()")
    }
}
