import ContractModel
import JSONTape
import SchemaCompiler

/// Writes a message's validation plan as straight-line Swift.
struct ValidatorEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String
    private let plan: ValidationPlan
    private let rules: EventRules
    private let names: ValidatorNames

    static func emit(_ message: CompiledMessage) -> String {
        let emitter = ValidatorEmitter(message)
        var writer = SourceWriter()
        writer.block("nonisolated extension \(message.structure.qualifiedName)") { writer in
            emitter.emitEntry(to: &writer)
            for id in emitter.plan.subplanIDs {
                guard let names = emitter.names[id] else { continue }
                writer.line()
                emitter.emit(id, named: names, to: &writer)
            }
            if !emitter.rules.rules.isEmpty {
                writer.line()
                EventRuleEmitter(rules: emitter.rules).emit(to: &writer)
            }
        }
        return writer.text
    }

    private init(_ message: CompiledMessage) {
        access = message.access.modifier
        plan = message.plan
        rules = message.rules
        names = ValidatorNames(message.plan, rules: message.rules)
    }

    private func emitEntry(to writer: inout SourceWriter) {
        writer.line("\(access)static func isValid(")
        writer.indented {
            $0.line("_ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool")
        }
        writer.block(") -> Bool") { writer in
            writer.line("var report = FirstFailure(allowsUnknownValues: allowsUnknownValues)")
            writer.line("return check(tape, at: node, &report)")
        }
        writer.line()
        writer.line("\(access)static func check<Report: ValidationReport>(")
        writer.indented { $0.line("_ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report") }
        writer.block(") -> Bool") { writer in
            writer.line(
                "checkMessage(tape, at: node, &report)"
                    + (rules.rules.isEmpty ? "" : " && checkEvent(tape, at: node, &report)"))
        }
    }

    // MARK: One schema

    private func emit(_ id: ValidationPlan.SubplanID, named names: ValidatorNames.Names, to writer: inout SourceWriter)
    {
        let subplan = plan[id]
        writer.line("private static func \(names.function)<Report: ValidationReport>(")
        writer.indented { $0.line("_ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report") }
        writer.block(") -> Bool") { writer in
            if usesLocation(subplan) { writer.constant("let schema = ", "\(subplan.file)#\(subplan.pointer)") }
            var known: JSONType?
            for instruction in subplan.instructions {
                known = instruction.demandedType ?? known
                emit(instruction, of: id, known: known, to: &writer)
            }
            writer.line("return true")
        }
        if let members = membersEmitter(id) {
            members.emitFunctions(to: &writer)
        }
        for case .enumeration(let values, _, _) in subplan.instructions where Width.isWide(values.count) {
            writer.line()
            writer.array(
                "private static let \(names.table) = NameTable(", values.map(SwiftLiteral.string), tail: ")")
        }
    }

    private func membersEmitter(_ id: ValidationPlan.SubplanID) -> WideMembersEmitter? {
        WideMembersEmitter(plan: plan, names: names, id: id)
    }

    /// Whether a schema's function names a place in the schema itself, and not only in those that it refers to.
    private func usesLocation(_ subplan: ValidationPlan.Subplan) -> Bool {
        func isBelow(_ id: ValidationPlan.SubplanID) -> Bool {
            names[id] == nil && plan.simpleType(of: id) != nil && plan[id].pointer.isAtOrBelow(subplan.pointer)
        }
        return subplan.instructions.contains { instruction in
            switch instruction {
            case .items(let items): return isBelow(items)
            case .members(let members):
                switch members.others {
                case .refused: return true
                case .allowed: return !members.members.isEmpty
                case .checked(let others): return !members.members.isEmpty || isBelow(others)
                }
            default: return true
            }
        }
    }

    private func emit(
        _ instruction: ValidationPlan.Instruction, of id: ValidationPlan.SubplanID, known: JSONType?,
        to writer: inout SourceWriter
    ) {
        guard let subject = instruction.subject, !subject.covers(known) else {
            emitUnguarded(instruction, of: id, known: known, to: &writer)
            return
        }
        writer.block("if \(subject.condition(at: "node"))") { writer in
            emitUnguarded(instruction, of: id, known: subject, to: &writer)
        }
    }

    private func emitUnguarded(
        _ instruction: ValidationPlan.Instruction, of id: ValidationPlan.SubplanID, known: JSONType?,
        to writer: inout SourceWriter
    ) {
        switch instruction {
        case .type(let type):
            emitType(type.condition(at: "node"), instruction, to: &writer)
        case .integerLiteral:
            emitType("tape.isIntegerLiteral(at: node)", instruction, to: &writer)
        case .enumeration(let values, let isOpen, let keyword):
            if Width.isWide(values.count) {
                emitTable(names[id]?.table ?? "", isOpen: isOpen, instruction, known: known, to: &writer)
            } else {
                emitEnumeration(values, isOpen: isOpen, keyword: keyword, instruction, known: known, to: &writer)
            }
        case .items(let items):
            emitItems(items, of: plan[id], to: &writer)
        case .members(let members):
            if let wide = membersEmitter(id) {
                wide.emitWalk(to: &writer)
            } else {
                MembersEmitter(plan: plan, names: names, members: members, pointer: plan[id].pointer).emit(to: &writer)
            }
        case .minimumLength(let count): emit(instruction, "tape.scalarCount(at: node) >= \(count)", to: &writer)
        case .maximumLength(let count): emit(instruction, "tape.scalarCount(at: node) <= \(count)", to: &writer)
        case .format(let format, _): emit(instruction, "tape.string(at: node, has: .\(format))", to: &writer)
        case .minimum(let bound): emit(instruction, "tape.number(at: node) >= \(bound.source)", to: &writer)
        case .maximum(let bound): emit(instruction, "tape.number(at: node) <= \(bound.source)", to: &writer)
        case .exclusiveMinimum(let bound): emit(instruction, "tape.number(at: node) > \(bound.source)", to: &writer)
        case .exclusiveMaximum(let bound): emit(instruction, "tape.number(at: node) < \(bound.source)", to: &writer)
        case .multipleOf(let divisor):
            emit(
                instruction, "tape.number(at: node).isMultiple(of: \(SwiftLiteral.integer(divisor)) as Int64)",
                to: &writer)
        case .minimumItems(let count), .minimumProperties(let count):
            emit(instruction, "tape.count(at: node) >= \(count)", to: &writer)
        case .maximumItems(let count), .maximumProperties(let count):
            emit(instruction, "tape.count(at: node) <= \(count)", to: &writer)
        }
    }

    private func emit(
        _ instruction: ValidationPlan.Instruction, _ condition: String, to writer: inout SourceWriter
    ) {
        writer.line("guard")
        writer.indented { writer in
            writer.line(condition)
            writer.indented { writer in
                writer.call(
                    "|| report.expected",
                    [SwiftLiteral.string(instruction.expectation), "at: node", "of: tape"],
                    last: "by: schema + \"/\(instruction.keyword)\"")
            }
        }
        writer.line("else { return false }")
    }

    /// Where the type is another, nothing else is validated.
    private func emitType(
        _ condition: String, _ instruction: ValidationPlan.Instruction, to writer: inout SourceWriter
    ) {
        writer.block("guard \(condition) else") { writer in
            writer.line(
                "return report.expected(\"\(instruction.expectation)\", at: node, of: tape, by: schema + \"/type\")")
        }
    }

    private func emitTable(
        _ table: String, isOpen: Bool, _ instruction: ValidationPlan.Instruction, known: JSONType?,
        to writer: inout SourceWriter
    ) {
        let isString = known == .string ? "" : " && tape.kind(at: node) == .string"
        let isUnknown = isOpen ? "\n    || report.allowsUnknownValues" + isString : ""
        emit(instruction, "\(table).position(of: node, in: tape) != nil\(isUnknown)", to: &writer)
    }

    private func emitEnumeration(
        _ values: [String], isOpen: Bool, keyword: String, _ instruction: ValidationPlan.Instruction, known: JSONType?,
        to writer: inout SourceWriter
    ) {
        writer.line("switch tape.count(at: node) {")
        for value in values {
            writer.line("case \(value.utf8.count) where tape.string(at: node, is: \(SwiftLiteral.string(value))):")
            writer.indented { $0.line("break") }
        }
        writer.line("default:")
        writer.indented { writer in
            let arguments = [SwiftLiteral.string(instruction.expectation), "at: node", "of: tape"]
            let location = "by: schema + \"/\(keyword)\""
            writer.line("guard")
            writer.indented { writer in
                guard isOpen else {
                    writer.call("report.expected", arguments, last: location)
                    return
                }
                let isString = known == .string ? "" : " && tape.kind(at: node) == .string"
                writer.line("report.allowsUnknownValues" + isString)
                writer.indented { $0.call("|| report.expected", arguments, last: location) }
            }
            writer.line("else { return false }")
        }
        writer.line("}")
    }

    private func emitItems(
        _ items: ValidationPlan.SubplanID, of subplan: ValidationPlan.Subplan, to writer: inout SourceWriter
    ) {
        writer.line("var item = tape.first(in: node)")
        writer.line("let end = tape.end(of: node)")
        writer.block("while item != end") { writer in
            let call = plan.call(items, names: names, node: "item", from: subplan.pointer)
            writer.line("guard \(call) else { return false }")
            writer.line("item = tape.end(of: item)")
        }
    }
}

extension ValidationPlan {
    /// The instruction that asks for a type, where a schema asks for one and for nothing else.
    func simpleType(of id: SubplanID) -> SimpleType? {
        guard self[id].instructions.count == 1 else { return nil }
        switch self[id].instructions[0] {
        case .type(.null): return nil
        case .type(let type): return SimpleType(rawValue: type.rawValue)
        case .integerLiteral: return .integerLiteral
        default: return nil
        }
    }

    /// The condition that a node is valid by a schema; `true` where the schema asks for nothing.
    func call(_ id: SubplanID, names: ValidatorNames, node: String, from pointer: JSONPointer) -> String {
        if let names = names[id] { return "\(names.function)(tape, at: \(node), &report)" }
        guard let type = simpleType(of: id) else { return "true" }
        let place = self[id].pointer
        // A schema that is referred to is elsewhere than below the one that uses it.
        let schema =
            place.isAtOrBelow(pointer)
            ? "schema + "
                + SwiftLiteral.string(
                    JSONPointer(tokens: Array(place.tokens.dropFirst(pointer.tokens.count))).description)
            : SwiftLiteral.string("\(file)#\(place)")
        return "report.\(type.rawValue)(\(node), of: tape, by: \(schema))"
    }
}

/// A type for which reports have a function of its name, and ``MemberTable`` a list of positions.
enum SimpleType: String, CaseIterable {
    case string, integer, integerLiteral, number, boolean, array, object

    /// The label of the list in `MemberTable.init`.
    var listLabel: String { rawValue + "s" }
}

extension ValidationPlan.Instruction {
    /// The type that the instruction asks for; `nil` where it asks for something else.
    fileprivate var demandedType: JSONType? {
        switch self {
        case .type(let type): type
        case .integerLiteral: .integer
        default: nil
        }
    }
}

extension JSONPointer {
    func isAtOrBelow(_ other: JSONPointer) -> Bool { tokens.starts(with: other.tokens) }
}

extension JSONType {
    /// The condition that a node is of this type.
    func condition(at node: String) -> String {
        switch self {
        case .null: "tape.kind(at: \(node)) == .null"
        case .boolean: "tape.isBoolean(at: \(node))"
        case .integer: "tape.isInteger(at: \(node))"
        case .number: "tape.kind(at: \(node)) == .number"
        case .string: "tape.kind(at: \(node)) == .string"
        case .array: "tape.kind(at: \(node)) == .array"
        case .object: "tape.kind(at: \(node)) == .object"
        }
    }

    /// Whether every value of a known type is one of this.
    fileprivate func covers(_ known: JSONType?) -> Bool {
        known == self || self == .number && known == .integer
    }
}

extension JSONNumber {
    /// The number as Swift writes it.
    fileprivate var source: String {
        if let value = int64Value { return SwiftLiteral.integer(value) }
        if let same = JSONNumber(doubleValue), same == self { return doubleValue.description }
        return "(JSONNumber(literal: \(SwiftLiteral.string(description))) ?? 0)"
    }
}
