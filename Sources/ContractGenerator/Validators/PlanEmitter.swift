import JSONTape
import SchemaPlan

/// Writes a plan as functions that answer whether a value is valid: straight-line Swift over the tape.
///
/// Failures are explained by the interpreter, from the packed plan, so that the functions hold neither texts nor
/// locations: they are quick to compile, and subplans of equal structure are one function.
struct PlanEmitter {
    let plan: Plan
    let classes: SubplanClasses
    /// The parameters and arguments for open enums, where the plan has some.
    let opensValues: Bool
    private(set) var names: EmittedNames
    /// The functions that have been called and are not written yet.
    private var queue: [Plan.SubplanID] = []
    private var functions: [Plan.SubplanID: String] = [:]
    /// The functions and constants that the functions use, by their meaning.
    private var constants: [String: String] = [:]
    /// The declarations of the constants, in order.
    private(set) var declarations: [SourceWriter] = []
    /// Whether the function that is being written notes the members or items that it evaluates.
    private(set) var isTracking = false
    /// Whether several instructions of that function declare variables of the same names.
    private(set) var sharesScope = false

    /// The name of the constant that has the packed plan.
    static let program = "schemaProgram"

    init(_ plan: Plan, taken: Set<String> = []) {
        self.plan = plan
        classes = SubplanClasses(plan)
        opensValues = plan.values.contains(where: \.isOpen)
        names = EmittedNames(taken: taken.union([Self.program]))
    }

    /// Writes the functions for a root, and returns the call that validates a value with them.
    mutating func emit(root: Plan.SubplanID, at node: String, to writer: inout SourceWriter) -> String {
        let call = condition(root, at: node)
        while !queue.isEmpty {
            let id = queue.removeFirst()
            var function = SourceWriter(depth: writer.depth)
            emitFunction(id, to: &function)
            // Of a schema that no value fulfils.
            function.removeUnreachable()
            writer.line()
            writer.append(function)
        }
        emitProgram(to: &writer)
        for declaration in declarations {
            writer.line()
            writer.append(declaration)
        }
        declarations = []
        return call
    }

    /// Writes the constant from which failures are explained.
    private mutating func emitProgram(to writer: inout SourceWriter) {
        let tests = patternTests()
        let packed = plan.packed
        writer.line()
        guard !tests.isEmpty else {
            writer.constant("private static let \(Self.program) = SchemaProgram", label: "packed: ", packed)
            return
        }
        writer.line("private static let \(Self.program) = SchemaProgram(")
        writer.indented { writer in
            writer.constant("packed: ", packed, tail: ",")
            writer.array("patterns: ", tests, tail: ")")
        }
    }

    // MARK: Functions

    static let tapeParameters = "_ tape: borrowing JSONTape, _ node: JSONTape.Index"

    var parameters: String {
        Self.tapeParameters + (opensValues ? ", _ allowsUnknownValues: Bool" : "")
    }

    func arguments(_ node: String, tracks: Bool = false) -> String {
        "(tape, \(node)\(opensValues ? ", allowsUnknownValues" : "")\(tracks ? ", &evaluated" : ""))"
    }

    /// Returns whether a part notes what it evaluates.
    func tracks(_ part: Plan.Part) -> Bool { plan.subplans[Int(part.subplan.index)].marksEvaluated }

    /// The call of a subplan's function, which will be written.
    private mutating func call(_ id: Plan.SubplanID, at node: String) -> String {
        let tracks = plan.subplans[Int(id.index)].marksEvaluated
        if let known = functions[id] { return known + arguments(node, tracks: tracks) }
        let name = names.free("check" + (plan.place(of: id)?.functionName ?? "Value"))
        functions[id] = name
        queue.append(id)
        return name + arguments(node, tracks: tracks)
    }

    private mutating func emitFunction(_ id: Plan.SubplanID, to writer: inout SourceWriter) {
        guard let name = functions[id] else { return }
        let subplan = plan.subplans[Int(id.index)]
        isTracking = subplan.marksEvaluated || subplan.opensEvaluation
        let outer = subplan.opensEvaluation ? "outer" : "evaluated"
        let tracking = subplan.marksEvaluated ? ", _ \(outer): inout EvaluatedChildren" : ""
        writer.function(name, parameters + tracking) { writer in
            if subplan.opensEvaluation {
                writer.line("var evaluated = EvaluatedChildren(count: tape.childCount(of: node))")
            }
            let steps = plan.steps(of: id)
            sharesScope = steps.count(where: \.instruction.declares) > 1
            guard emitSteps(steps, known: .any, to: &writer) else { return }
            if subplan.marksEvaluated, subplan.opensEvaluation { writer.line("outer.formUnion(evaluated)") }
            writer.line("return true")
        }
    }

    // MARK: Conditions

    /// The condition that a value is valid by a subplan: short ones as they are, others as a call.
    mutating func condition(_ id: Plan.SubplanID, at node: String) -> String {
        let id = classes[id]
        return inlined(id, at: node) ?? call(id, at: node)
    }

    mutating func condition(_ part: Plan.Part, at node: String) -> String { condition(part.subplan, at: node) }

    /// Writes statements for a value that is valid by a part. The children that an invalid part evaluates are not recorded.
    mutating func emitIf(
        _ part: Plan.Part, to writer: inout SourceWriter, _ body: (inout SourceWriter) -> Void
    ) {
        let condition = condition(part, at: "node")
        guard tracks(part) else {
            if condition == "true" {
                body(&writer)
            } else if condition != "false" {
                writer.block("if \(condition)", body)
            }
            return
        }
        writer.block("do") { writer in
            writer.line("let before = evaluated")
            writer.line("if \(condition) {")
            writer.indented(body)
            writer.line("} else {")
            writer.indented { $0.line("evaluated = before") }
            writer.line("}")
        }
    }

    /// The maximum number of conditions that replace a call.
    private static let mostInlined = 3

    private mutating func inlined(_ id: Plan.SubplanID, at node: String) -> String? {
        let subplan = plan.subplans[Int(id.index)]
        guard !subplan.opensEvaluation, !subplan.marksEvaluated else { return nil }
        let steps = plan.steps(of: id)
        if steps.isEmpty { return "true" }
        if steps.count == 1, case .call(let part) = steps[0].instruction { return condition(part, at: node) }
        guard steps.count <= Self.mostInlined + 1 else { return nil }
        var conditions: [String] = []
        var known = TypeSet.any
        var position = 0
        while position < steps.count {
            let step = steps[position]
            position += 1
            if case .skipUnless(let types, let count) = step.instruction {
                guard known.isWithin(types) else {
                    guard position + Int(count) == steps.count, count == 1,
                        let inner = scalar(steps[position].instruction, at: node, known: types)
                    else { return nil }
                    conditions.append("(!(\(types.condition(at: node))) || \(inner))")
                    break
                }
                continue
            }
            if isImplied(step, in: steps, at: position) { continue }
            guard let condition = scalar(step.instruction, at: node, known: known) else { return nil }
            if condition == "false" { return condition }
            if condition != "true" { conditions.append(condition) }
            known = known.narrowed(by: step.instruction, of: plan)
        }
        guard conditions.count <= Self.mostInlined else { return nil }
        if conditions.isEmpty { return "true" }
        return conditions.count == 1 ? conditions[0] : conditions.joined(separator: " && ")
    }

    /// Returns whether an instruction asks for types that the values of the next one have.
    func isImplied(_ step: Plan.Step, in steps: [Plan.Step], at next: Int) -> Bool {
        guard case .types(let types) = step.instruction, next < steps.count,
            case .values(let index) = steps[next].instruction
        else { return false }
        return plan.values[Int(index)].types.isWithin(types)
    }

    // MARK: Constants

    /// The name of a constant or function, declared at its first use.
    mutating func constant(
        for key: String, named base: String, _ declare: (inout SourceWriter, String) -> Void
    ) -> String {
        if let known = constants[key] { return known }
        let name = names.free(base)
        constants[key] = name
        var writer = SourceWriter(depth: 1)
        declare(&writer, name)
        declarations.append(writer)
        return name
    }
}

extension Plan.Instruction {
    /// Whether the statements of the instruction declare variables.
    fileprivate var declares: Bool {
        switch self {
        case .items, .contains, .members, .any, .one, .select, .ifThenElse, .unevaluatedItems, .unevaluatedProperties:
            true
        default: false
        }
    }
}

/// Names for functions and constants, each used once.
struct EmittedNames {
    private var taken: Set<String>

    init(taken: Set<String>) { self.taken = taken }

    mutating func free(_ base: String) -> String {
        var name = base
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(base)\(number)"
            number += 1
        }
        return name
    }
}

extension Plan {
    fileprivate func steps(of id: SubplanID) -> [Step] { subplans[Int(id.index)].steps.map { steps[Int($0)] } }

    /// The place of a subplan's schema in its file, where one of its keywords has a place.
    fileprivate func place(of id: SubplanID) -> JSONPointer? {
        for index in subplans[Int(id.index)].steps {
            let keyword = steps[Int(index)].keyword
            guard keyword >= 0 else { continue }
            let place = keywords[Int(keyword)]
            guard let hash = place.schema.firstIndex(of: "#"),
                let pointer = JSONPointer(String(place.schema[place.schema.index(after: hash)...]))
            else { continue }
            return JSONPointer(tokens: Array(pointer.tokens.dropLast(place.relative.tokens.count)))
        }
        return nil
    }
}

extension JSONPointer {
    /// A function's name for a schema's place: `/properties/payload/properties/status` becomes `PayloadStatus`.
    fileprivate var functionName: String {
        var name = ""
        var tokens = tokens.makeIterator()
        while let token = tokens.next() {
            switch token {
            case "properties", "$defs", "definitions", "patternProperties": name += tokens.next().map(Self.word) ?? ""
            case "items": name += "Item"
            case "additionalProperties": name += "Value"
            default: name += Self.word(token)
            }
        }
        return name.isEmpty ? "Message" : String(name.suffix(60))
    }

    private static func word(_ token: String) -> String {
        token.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }
}
