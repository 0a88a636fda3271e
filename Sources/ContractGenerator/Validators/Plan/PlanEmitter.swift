import JSONTape
import SchemaPlan

/// An emitter of a plan as functions that answer whether a value is valid: straight-line Swift over the tape.
///
/// Failures are explained by the interpreter, from the packed plan, so that the functions hold neither strings nor
/// locations: they are quick to compile, and subplans of equal structure are one function.
struct PlanEmitter {
    let outline: ValidatorPlan
    /// The functions and constants that are declared elsewhere; `nil` where the emitter writes all of the plan.
    private let library: ValidatorLibrary?
    /// Whether the emitter writes the library itself.
    private let isLibrary: Bool
    /// The file of the message's schema; functions for schemas of other files are named by those, too.
    private let file: String?
    private(set) var names: EmittedNames
    /// The functions that have been called and are not written yet.
    private var queue: [Plan.SubplanID] = []
    private var functions: [Plan.SubplanID: String] = [:]
    /// The groups whose functions in the library have been called.
    private(set) var used: Set<Plan.SubplanID> = []
    /// The functions and constants that the functions use, by their meaning.
    private var constants: [String: String] = [:]
    /// The declarations of the constants, in order.
    private(set) var declarations: [SourceWriter] = []
    /// Whether the function that is being written notes the members or items that it evaluates.
    private(set) var isTracking = false
    /// Whether several instructions of that function declare variables of the same names.
    private(set) var sharesScope = false

    var plan: Plan { outline.plan }

    /// Writes a plan as a whole.
    init(_ plan: Plan) {
        self.init(ValidatorPlan(plan), taken: [ValidatorLibrary.program])
    }

    /// Writes the library itself.
    init(library: ValidatorLibrary) {
        let taken = Set(library.functions.values).union(library.tables).union([ValidatorLibrary.program])
        self.init(library.plan, library: library, isLibrary: true, taken: taken)
    }

    /// Writes the functions that a message does not share.
    ///
    /// - Parameter file: The message's schema.
    init(_ library: ValidatorLibrary, file: String, taken: Set<String>) {
        self.init(library.plan, library: library, file: file, taken: taken)
    }

    private init(
        _ outline: ValidatorPlan, library: ValidatorLibrary? = nil, isLibrary: Bool = false, file: String? = nil,
        taken: Set<String>
    ) {
        self.outline = outline
        self.library = library
        self.isLibrary = isLibrary
        self.file = file
        names = EmittedNames(taken: taken)
    }

    /// Writes the functions for a root, and returns the call that validates a value with them.
    mutating func emit(root: Plan.SubplanID, at node: String, to writer: inout SourceWriter) -> String {
        let call = condition(root, at: node)
        emitFunctions(to: &writer)
        if library == nil { emitProgram(to: &writer) }
        emitDeclarations(to: &writer)
        return call
    }

    /// Writes the library's functions, patterns and packed plan.
    mutating func emitLibrary(_ used: [Plan.SubplanID], to writer: inout SourceWriter) {
        for group in used { _ = call(group, at: "node") }
        emitProgram(to: &writer)
        emitFunctions(to: &writer)
        emitDeclarations(to: &writer)
    }

    private mutating func emitFunctions(to writer: inout SourceWriter) {
        var next = 0
        while next < queue.count {
            var function = SourceWriter(depth: writer.depth)
            emitFunction(queue[next], to: &function)
            next += 1
            // Of a schema that no value satisfies.
            function.removeUnreachable()
            if writer.isStarted { writer.line() }
            writer.append(function)
        }
        queue = []
    }

    private mutating func emitDeclarations(to writer: inout SourceWriter) {
        for declaration in declarations {
            writer.line()
            writer.append(declaration)
        }
        declarations = []
    }

    /// Writes the constant from which failures are explained.
    private mutating func emitProgram(to writer: inout SourceWriter) {
        let tests = patternTests()
        let packed = plan.packed
        let head = "\(access)static let \(ValidatorLibrary.program) = SchemaProgram"
        if writer.isStarted { writer.line() }
        guard !tests.isEmpty else {
            writer.constant(head, label: "packed: ", packed)
            return
        }
        writer.line(head + "(")
        writer.indented { writer in
            writer.constant("packed: ", packed, tail: ",")
            writer.array("patterns: ", tests, tail: ")")
        }
    }

    // MARK: Functions

    static let tapeParameters = "_ tape: borrowing JSONTape, _ node: JSONTape.Index"

    /// The access level of the functions and constants that other files use.
    private var access: String { isLibrary ? "" : "private " }

    /// Returns the arguments of a call.
    ///
    /// - Parameter opens: Whether the function asks for the treatment of unknown values.
    func arguments(_ node: String, opens: Bool, tracks: Bool = false) -> String {
        "(tape, \(node)\(opens ? ", allowsUnknownValues" : "")\(tracks ? ", &evaluated" : ""))"
    }

    static func parameters(opens: Bool) -> String {
        tapeParameters + (opens ? ", _ allowsUnknownValues: Bool" : "")
    }

    /// Returns whether a part notes what it evaluates.
    func tracks(_ part: Plan.Part) -> Bool { plan.subplans[Int(part.subplan.index)].marksEvaluated }

    /// Returns whether another file has the group's function.
    private func isElsewhere(_ group: Plan.SubplanID) -> Bool {
        !isLibrary && library?.functions[group] != nil
    }

    /// Returns the call of a group's function, which will be written.
    private mutating func call(_ group: Plan.SubplanID, at node: String) -> String {
        name(of: group)
            + arguments(
                node, opens: outline.opensValues(group), tracks: plan.subplans[Int(group.index)].marksEvaluated)
    }

    private mutating func name(of group: Plan.SubplanID) -> String {
        if let known = functions[group] { return known }
        var name = library?.functions[group] ?? ""
        if isElsewhere(group) {
            used.insert(group)
            name = "\(library?.namespace ?? "").\(name)"
        } else {
            if name.isEmpty {
                let place = SchemaPlace(of: group, in: plan)
                let own = place?.file == file || file == nil ? place?.nameInFile : place?.nameInContract
                name = names.free("check" + (own ?? "Value"))
            }
            queue.append(group)
        }
        functions[group] = name
        return name
    }

    private mutating func emitFunction(_ id: Plan.SubplanID, to writer: inout SourceWriter) {
        guard let name = functions[id] else { return }
        let subplan = plan.subplans[Int(id.index)]
        isTracking = subplan.marksEvaluated || subplan.opensEvaluation
        let outer = subplan.opensEvaluation ? "outer" : "evaluated"
        let tracking = subplan.marksEvaluated ? ", _ \(outer): inout EvaluatedChildren" : ""
        let parameters = Self.parameters(opens: outline.opensValues(id)) + tracking
        writer.function(name, parameters, access: access) { writer in
            if subplan.opensEvaluation {
                writer.line("var evaluated = EvaluatedChildren(count: tape.childCount(of: node))")
            }
            let steps = outline.steps(of: id)
            sharesScope = steps.count(where: \.instruction.declares) > 1
            guard emitSteps(steps, known: .any, to: &writer) else { return }
            if subplan.marksEvaluated, subplan.opensEvaluation { writer.line("outer.formUnion(evaluated)") }
            writer.returnTrue()
        }
    }

    // MARK: Conditions

    /// Returns the condition that a value is valid by a subplan: short ones as they are, others as a call.
    mutating func condition(_ id: Plan.SubplanID, at node: String) -> String {
        let id = outline.classes[id]
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
        let steps = outline.steps(of: id)
        if steps.isEmpty { return "true" }
        if steps.count == 1, case .call(let part) = steps[0].instruction { return condition(part, at: node) }
        guard steps.count <= Self.mostInlined + 1 else { return nil }
        // Functions of the library are called, not declared again.
        if isElsewhere(id), steps.contains(where: { needsDeclaration($0.instruction) }) { return nil }
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

    /// Returns the name of the constant in the library that has a pattern's table; `nil` where there is no library.
    func table(ofPattern index: Int) -> String? {
        library.map { isLibrary ? $0.tables[index] : "\($0.namespace).\($0.tables[index])" }
    }

    /// Returns whether a condition uses a function or a constant.
    private func needsDeclaration(_ instruction: Plan.Instruction) -> Bool {
        switch instruction {
        case .values(let index):
            let set = plan.values[Int(index)]
            return set.isOpen || set.values.count > 1 || !set.containers.isEmpty
                || set.numbers.contains { $0.int64Value == nil }
        case .bound(let index): return plan.bounds[Int(index)].bound.value.int64Value == nil
        case .multipleOf(let index): return plan.divisors[Int(index)].int64Value == nil
        default: return false
        }
    }

    /// Returns the name of a constant or function, declared at its first use.
    mutating func constant(
        for key: String, named base: String, _ declare: (inout SourceWriter, String) -> Void
    ) -> String {
        if let known = constants[key] { return known }
        let name = names.free(base)
        constants[key] = name
        self.declare { declare(&$0, name) }
        return name
    }

    mutating func declare(_ body: (inout SourceWriter) -> Void) {
        // The library is an enum within the contract.
        var writer = SourceWriter(depth: isLibrary ? 2 : 1)
        body(&writer)
        declarations.append(writer)
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
