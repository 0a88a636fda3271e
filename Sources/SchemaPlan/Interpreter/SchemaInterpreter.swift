package import JSONTape

/// An interpreter of a ``Plan`` over values on a tape.
///
/// The recursion is as deep as the tape nests, times the references that a schema follows for one value, which are
/// finite because the reader refuses cycles of them.
///
/// Its functions call each other and are never inlined: with copies of each in its callers, this module, which a user's
/// release build compiles three times, took twice the time, and ran no faster.
package struct SchemaInterpreter {
    let tables: InterpreterTables
    /// Notes of which members or items have been evaluated: a frame for each open `unevaluated` keyword.
    var marks: [Bool] = []

    /// Whether an enum that is declared open may have strings that it does not state.
    let allowsUnknownValues: Bool

    package init(_ plan: Plan, allowsUnknownValues: Bool = false) {
        self.init(InterpreterTables(plan), allowsUnknownValues: allowsUnknownValues)
    }

    package init(_ tables: InterpreterTables, allowsUnknownValues: Bool) {
        self.tables = tables
        self.allowsUnknownValues = allowsUnknownValues
    }

    package var plan: Plan { tables.plan }

    /// Returns whether a value is valid.
    ///
    /// - Parameter root: The position of the schema among the roots that the plan was made for.
    package mutating func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index = .root, root: Int = 0
    ) -> Bool {
        isValid(tape, at: node, subplan: plan.roots[root])
    }

    package mutating func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, subplan: Plan.SubplanID
    ) -> Bool {
        var verdict = Verdict()
        return check(subplan, tape, node, frame: -1, &verdict)
    }

    /// Adds all violations to a report, and returns whether its limit has not been reached.
    package mutating func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, root: Int = 0, _ report: inout AllFailures
    ) -> Bool {
        var explanation = Explanation(report)
        let goesOn = check(tables.plan.roots[root], tape, node, frame: -1, &explanation)
        report = explanation.report
        return goesOn
    }

    /// Returns all violations of a schema by a value, up to a limit; none where it is valid.
    package mutating func failures(
        _ tape: borrowing JSONTape, at node: JSONTape.Index = .root, root: Int = 0,
        limit: Int = AllFailures.defaultLimit
    ) -> [SchemaFailure] {
        guard !isValid(tape, at: node, root: root) else { return [] }
        var explanation = Explanation(AllFailures(allowsUnknownValues: allowsUnknownValues, limit: limit))
        _ = check(tables.plan.roots[root], tape, node, frame: -1, &explanation)
        return explanation.failures
    }

    // MARK: Subplans

    /// Checks a value by a part of another subplan.
    @inline(never)
    mutating func check<Report: InterpreterReport>(
        _ part: Plan.Part, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        report.enter(part, tables)
        let goesOn = check(part.subplan, tape, node, frame: frame, &report)
        report.leave()
        return goesOn
    }

    /// Checks a value by a subplan.
    ///
    /// - Parameter frame: The place in ``marks`` of the frame that the value's members or items are noted in; -1 for none.
    mutating func check<Report: InterpreterReport>(
        _ id: Plan.SubplanID, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        let subplan = tables.subplans[Int(id.index)]
        guard subplan.opensEvaluation else { return run(subplan.steps, tape, node, frame: frame, &report) }
        let own = marks.count
        let kind = tape.kind(at: node)
        let count = kind == .array || kind == .object ? tape.count(at: node) : 0
        marks.append(contentsOf: repeatElement(false, count: count))
        let goesOn = run(subplan.steps, tape, node, frame: own, &report)
        if frame >= 0 {
            for offset in 0..<count where marks[own + offset] { marks[frame + offset] = true }
        }
        marks.removeLast(count)
        return goesOn
    }

    /// Returns whether a branch is valid. Its notes remain where it is.
    @inline(never)
    mutating func isValid(
        _ part: Plan.Part, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int
    ) -> Bool {
        var verdict = Verdict()
        let kind = tape.kind(at: node)
        guard frame >= 0, kind == .array || kind == .object else {
            return check(part.subplan, tape, node, frame: -1, &verdict)
        }
        let count = tape.count(at: node)
        let copy = marks.count
        marks.append(contentsOf: marks[frame..<frame + count])
        let isValid = check(part.subplan, tape, node, frame: frame, &verdict)
        if !isValid {
            for offset in 0..<count { marks[frame + offset] = marks[copy + offset] }
        }
        marks.removeLast(count)
        return isValid
    }

    @inline(never)
    private mutating func run<Report: InterpreterReport>(
        _ steps: Range<Int32>, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        var position = steps.lowerBound
        while position < steps.upperBound {
            let step = tables.steps[Int(position)]
            position += 1
            switch step.instruction {
            case .skipUnless(let types, let count):
                if !types.contains(TypeSet(tape.kind(at: node))) { position += count }
            case .types(let types):
                guard !types.contains(node, of: tape) else { continue }
                // The other conditions would say the same in other words.
                return report.fail(.expected(types.phrase), by: step.keyword, at: node, of: tape, tables)
            case .items(let index):
                guard checkItems(Int(index), tape, node, frame: frame, &report) else { return false }
            case .contains(let index):
                guard checkContains(Int(index), tape, node, frame: frame, &report) else { return false }
            case .members(let index):
                guard checkMembers(Int(index), step.keyword, tape, node, frame: frame, &report) else { return false }
            case .dependents(let index):
                guard checkDependents(Int(index), step.keyword, tape, node, frame: frame, &report) else { return false }
            case .unevaluatedItems(let part):
                guard checkUnevaluated(part, step.keyword, tape, node, frame: frame, &report) else { return false }
            case .unevaluatedProperties(let part):
                guard checkUnevaluated(part, step.keyword, tape, node, frame: frame, &report) else { return false }
            case .call(let part):
                guard check(part, tape, node, frame: frame, &report) else { return false }
            case .any, .one, .select, .not, .ifThenElse:
                guard checkCombination(step, tape, node, frame: frame, &report) else { return false }
            default:
                guard !tables.holds(step.instruction, tape, node, allowsUnknownValues) else { continue }
                guard
                    report.fail(
                        .expected(tables.plan.expectation(step.instruction)), by: step.keyword, at: node, of: tape,
                        tables)
                else { return false }
            }
        }
        return true
    }

    @inline(never)
    private mutating func checkCombination<Report: InterpreterReport>(
        _ step: Plan.Step, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        switch step.instruction {
        case .any(let branches):
            var valid = 0
            for index in branches where isValid(tables.branches[Int(index)], tape, node, frame: frame) {
                valid += 1
                // The others matter only for what they evaluate.
                if frame < 0 { break }
            }
            return valid > 0 || report.failBranches(branches, valid: 0, by: step.keyword, at: node, of: tape, &self)
        case .one(let branches):
            var valid = 0
            for index in branches where isValid(tables.branches[Int(index)], tape, node, frame: frame) { valid += 1 }
            return valid == 1
                || report.failBranches(branches, valid: valid, by: step.keyword, at: node, of: tape, &self)
        case .select(let index): return checkSelection(Int(index), step.keyword, tape, node, frame: frame, &report)
        case .not(let part):
            return !isValid(part, tape, node, frame: -1)
                || report.fail(
                    .expected("a value for which 'not' is invalid"), by: step.keyword, at: node, of: tape, tables)
        case .ifThenElse(let index):
            let condition = tables.conditions[Int(index)]
            let branch =
                isValid(condition.condition, tape, node, frame: frame) ? condition.then : condition.otherwise
            return branch.map { check($0, tape, node, frame: frame, &report) } ?? true
        default: return true
        }
    }

    @inline(never)
    private mutating func checkSelection<Report: InterpreterReport>(
        _ index: Int, _ keyword: Int32, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int,
        _ report: inout Report
    ) -> Bool {
        let selection = tables.selections[index]
        guard tape.kind(at: node) == .object else {
            return report.fail(.expected("an object"), by: keyword, at: node, of: tape, tables)
        }
        guard let value = selection.member.firstValue(of: node, in: tape) else {
            let name = tables.plan.selections[index].member.names[0]
            return report.fail(.missing(name), by: keyword, at: node, of: tape, tables)
        }
        let position = selection.values.position(of: value, in: tape, near: 0)
        guard position >= 0 else {
            let values = tables.plan.selections[index].values.names
            return report.fail(
                .expected(Plan.ValueSet.phrase(values.map { .string($0) })), by: keyword, at: value, of: tape, tables)
        }
        let part = tables.branches[Int(selection.firstPart) + Int(selection.branches[position])]
        return check(part, tape, node, frame: frame, &report)
    }
}
