import ContractModel
import JSONTape
import SchemaCompiler

/// Writes a message's validation plan as straight-line Swift.
struct ValidatorEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String
    private let plan: ValidationPlan
    private let rules: EventRules
    private let names: [ValidationPlan.SubplanID: String]

    static func emit(_ message: CompiledMessage) -> String {
        let emitter = ValidatorEmitter(message)
        var writer = SourceWriter()
        writer.block("nonisolated extension \(message.structure.qualifiedName)") { writer in
            emitter.emitEntry(to: &writer)
            for id in emitter.plan.subplanIDs {
                guard let name = emitter.names[id] else { continue }
                writer.line()
                emitter.emit(emitter.plan[id], named: name, to: &writer)
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
        var names: [ValidationPlan.SubplanID: String] = [:]
        var taken: Set<String> = ["checkEvent"]
        for id in plan.subplanIDs {
            let subplan = plan[id]
            guard id == plan.root || plan.simpleType(of: id) == nil, !subplan.instructions.isEmpty else { continue }
            let base = "check" + (id == plan.root ? "Message" : subplan.pointer.functionName)
            var name = base
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(base)\(number)"
                number += 1
            }
            names[id] = name
        }
        self.names = names
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

    private func emit(_ subplan: ValidationPlan.Subplan, named name: String, to writer: inout SourceWriter) {
        writer.line("private static func \(name)<Report: ValidationReport>(")
        writer.indented { $0.line("_ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report") }
        writer.block(") -> Bool") { writer in
            writer.constant("let schema = ", "\(plan.file)#\(subplan.pointer)")
            var known: JSONType?
            for instruction in subplan.instructions {
                if case .type(let type) = instruction { known = type }
                emit(instruction, of: subplan, known: known, to: &writer)
            }
            writer.line("return true")
        }
    }

    private func emit(
        _ instruction: ValidationPlan.Instruction, of subplan: ValidationPlan.Subplan, known: JSONType?,
        to writer: inout SourceWriter
    ) {
        guard let subject = instruction.subject, !subject.covers(known) else {
            emitUnguarded(instruction, of: subplan, known: known, to: &writer)
            return
        }
        writer.block("if \(subject.condition(at: "node"))") { writer in
            emitUnguarded(instruction, of: subplan, known: subject, to: &writer)
        }
    }

    private func emitUnguarded(
        _ instruction: ValidationPlan.Instruction, of subplan: ValidationPlan.Subplan, known: JSONType?,
        to writer: inout SourceWriter
    ) {
        switch instruction {
        case .type(let type):
            writer.block("guard \(type.condition(at: "node")) else") { writer in
                writer.line(
                    "return report.expected(\"\(type.expectation)\", at: node, of: tape, by: schema + \"/type\")")
            }
        case .enumeration(let values, let isOpen, let keyword):
            emitEnumeration(values, isOpen: isOpen, keyword: keyword, instruction, known: known, to: &writer)
        case .items(let items):
            emitItems(items, of: subplan, to: &writer)
        case .members(let members):
            MembersEmitter(plan: plan, names: names, members: members, pointer: subplan.pointer).emit(to: &writer)
        case .minimumLength(let count): emit(instruction, "tape.scalarCount(at: node) >= \(count)", to: &writer)
        case .maximumLength(let count): emit(instruction, "tape.scalarCount(at: node) <= \(count)", to: &writer)
        case .format(let format): emit(instruction, "tape.string(at: node, has: .\(format))", to: &writer)
        case .minimum(let bound): emit(instruction, "tape.number(at: node) >= \(bound.source)", to: &writer)
        case .maximum(let bound): emit(instruction, "tape.number(at: node) <= \(bound.source)", to: &writer)
        case .exclusiveMinimum(let bound): emit(instruction, "tape.number(at: node) > \(bound.source)", to: &writer)
        case .exclusiveMaximum(let bound): emit(instruction, "tape.number(at: node) < \(bound.source)", to: &writer)
        case .multipleOf(let divisor):
            emit(instruction, "tape.number(at: node).isMultiple(of: \(SwiftLiteral.integer(divisor)))", to: &writer)
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
    /// The type, where a schema asks for one and for nothing else.
    func simpleType(of id: SubplanID) -> JSONType? {
        guard self[id].instructions.count == 1, case .type(let type) = self[id].instructions[0], type != .null else {
            return nil
        }
        return type
    }

    /// The condition that holds a node against a schema; `true` where the schema asks for nothing.
    func call(_ id: SubplanID, names: [SubplanID: String], node: String, from pointer: JSONPointer) -> String {
        if let name = names[id] { return "\(name)(tape, at: \(node), &report)" }
        guard let type = simpleType(of: id) else { return "true" }
        let place = self[id].pointer
        // A schema that is referred to stands elsewhere than below the one that uses it.
        let schema =
            place.tokens.starts(with: pointer.tokens)
            ? "schema + "
                + SwiftLiteral.string(
                    JSONPointer(tokens: Array(place.tokens.dropFirst(pointer.tokens.count))).description)
            : SwiftLiteral.string("\(file)#\(place)")
        return "report.\(type.demand)(\(node), of: tape, by: \(schema))"
    }
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

    /// The report's function that demands this type.
    fileprivate var demand: String { rawValue }

    /// Whether every value of a known type is one of this.
    fileprivate func covers(_ known: JSONType?) -> Bool {
        known == self || self == .number && known == .integer
    }
}

extension JSONPointer {
    /// A function's name for a schema's place: `/properties/payload/properties/status` becomes `PayloadStatus`.
    fileprivate var functionName: String {
        var name = ""
        var tokens = tokens.makeIterator()
        while let token = tokens.next() {
            switch token {
            case "properties", "$defs", "definitions": name += tokens.next().map(SwiftName.type) ?? ""
            case "items": name += "Item"
            case "additionalProperties": name += "Value"
            default: name += SwiftName.type(token)
            }
        }
        return name
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
