import JSONTape
import SchemaPlan

extension PlanEmitter {
    /// Writes statements that return false where a value breaks one of some instructions.
    ///
    /// - Returns: Whether a value may fulfil the instructions; otherwise, the last statement returns.
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

extension SourceWriter {
    /// Writes the statements of a case; one without statements has a `break`.
    mutating func statements(_ body: (inout SourceWriter) -> Void) {
        var inner = SourceWriter(depth: depth + 1)
        body(&inner)
        if inner.text.isEmpty { inner.line("break") }
        append(inner)
    }

    /// Writes a statement that returns false where a condition is false.
    mutating func demand(_ condition: String) {
        guard condition != "true" else { return }
        guard condition != "false" else {
            line("return false")
            return
        }
        demand([condition])
    }

    /// Writes a statement that returns false where one of some conditions is false; `true` is left out.
    mutating func demand(_ conditions: [String]) {
        let conditions = conditions.filter { $0 != "true" }
        guard !conditions.isEmpty else { return }
        let single = "guard \(conditions.joined(separator: ", ")) else { return false }"
        guard !fits(single) else {
            line(single)
            return
        }
        let parts = conditions.flatMap(Conjunction.parts)
        guard parts.count > 1 || fits("guard \(parts[0])") else {
            line("guard")
            indented { $0.line(parts[0]) }
            line("else { return false }")
            return
        }
        line("guard \(parts[0])\(parts.count > 1 ? "," : "")")
        indented { writer in
            for (index, part) in parts.enumerated().dropFirst() {
                writer.line(part + (index < parts.count - 1 ? "," : ""))
            }
        }
        line("else { return false }")
    }

    /// Writes `if condition { return value }`.
    mutating func returning(_ value: some CustomStringConvertible, if condition: String) {
        guard !fits("if \(condition) { return \(value) }") else {
            line("if \(condition) { return \(value) }")
            return
        }
        if fits("if \(condition) {") {
            line("if \(condition) {")
        } else {
            let parts = Conjunction.parts(of: condition)
            line("if \(parts[0])")
            indented { writer in for part in parts.dropFirst() { writer.line("&& " + part) } }
            line("{")
        }
        indented { $0.line("return \(value)") }
        line("}")
    }

    /// Writes a function, with its parameters in a line of their own where the head is too long for one line.
    mutating func function(
        _ name: String, _ parameters: String, access: String = "private ", returns type: String = "Bool",
        _ body: (inout SourceWriter) -> Void
    ) {
        let head = "\(access)static func \(name)(\(parameters)) -> \(type)"
        guard !fits(head + " {") else {
            block(head, body)
            return
        }
        line("\(access)static func \(name)(")
        indented { $0.line(parameters) }
        block(") -> \(type)", body)
    }

    /// Writes statements in a scope of their own, where they share a function with others that declare the same names.
    mutating func scope(_ isShared: Bool, _ body: (inout SourceWriter) -> Void) {
        if isShared { block("do", body) } else { body(&self) }
    }
}

/// The conditions that `&&` joins.
enum Conjunction {
    static func parts(of condition: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        var isText = false
        var isEscaped = false
        for character in condition {
            part.append(character)
            if isText {
                if !isEscaped, character == "\"" { isText = false }
                isEscaped = character == "\\" && !isEscaped
                continue
            }
            switch character {
            case "\"": isText = true
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            // An alternative binds weaker than `&&`.
            if depth == 0, part.hasSuffix(" || ") { return [condition] }
            if depth == 0, part.hasSuffix(" && ") {
                parts.append(String(part.dropLast(4)))
                part = ""
            }
        }
        return parts + [part]
    }
}

extension TypeSet {
    /// Returns whether each value of the set belongs to another set.
    func isWithin(_ other: TypeSet) -> Bool {
        var rest = self.normalized.subtracting(other)
        if other.contains(.number) { rest.subtract([.integer, .integerLiteral]) }
        if other.contains(.integer) { rest.remove(.integerLiteral) }
        return rest.isEmpty
    }

    /// The set after an instruction has been fulfilled.
    func narrowed(by instruction: Plan.Instruction, of plan: Plan) -> TypeSet {
        switch instruction {
        case .types(let types): intersected(with: types)
        case .values(let index):
            plan.values[Int(index)].isOpen ? self : intersected(with: plan.values[Int(index)].types)
        default: self
        }
    }

    /// The condition that a value is of the set.
    func condition(at node: String) -> String {
        var kinds: [JSONTape.Kind] = []
        if contains(.null) { kinds.append(.null) }
        if contains(.boolean) { kinds += [.false, .true] }
        if contains(.number) { kinds.append(.number) }
        if contains(.string) { kinds.append(.string) }
        if contains(.array) { kinds.append(.array) }
        if contains(.object) { kinds.append(.object) }
        var conditions: [String] = []
        if kinds.count == 1 {
            conditions.append("tape.kind(at: \(node)) == .\(kinds[0])")
        } else if !kinds.isEmpty {
            conditions.append("tape.kind(at: \(node), isIn: \(JSONTape.Kind.mask(kinds)))")
        }
        if contains(.integer), !contains(.number) {
            conditions.append("tape.isInteger(at: \(node))")
        } else if contains(.integerLiteral), !contains(.number) {
            conditions.append("tape.isIntegerLiteral(at: \(node))")
        }
        if conditions.isEmpty { return "false" }
        return conditions.count == 1 ? conditions[0] : "(\(conditions.joined(separator: " || ")))"
    }
}

extension JSONTape.Kind {
    /// The literal of a set of kinds, one bit for each.
    static func mask(_ kinds: some Sequence<JSONTape.Kind>) -> String {
        let bits = kinds.reduce(UInt8(0)) { $0 | 1 << $1.rawValue }
        return "0b" + String(bits, radix: 2)
    }
}
