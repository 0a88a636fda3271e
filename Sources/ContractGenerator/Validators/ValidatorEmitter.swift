import ContractModel
import SchemaCompiler
import SchemaPlan

/// An emitter of a message's validator: the functions of its schema that no other message shares, and those of its
/// events' rules.
struct ValidatorEmitter {
    let library: ValidatorLibrary
    let message: CompiledMessage
    /// The position of the message's schema among the roots of the plan.
    let root: Int

    /// Returns the validator, and the groups whose functions in the library it calls.
    func emit() -> (source: String, used: Set<Plan.SubplanID>) {
        let rules = message.rules
        let hasRules = !rules.rules.isEmpty
        let access = message.access.modifier
        var emitter = PlanEmitter(
            library, file: message.declaration.schemaFile,
            taken: Set(
                ["checkEvent", "eventNames"] + EventRuleEmitter.partNames(rules) + message.events.map(\.factoryName)))
        var functions = SourceWriter(depth: 1)
        let call = emitter.emit(root: library.plan.plan.roots[root], at: "node", to: &functions)
        var writer = SourceWriter()
        writer.block("nonisolated extension \(message.typeName)") { writer in
            writer.line("\(access)static func isValid(")
            writer.indented {
                $0.line("_ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool")
            }
            writer.block(") -> Bool") { writer in
                guard hasRules else {
                    writer.line(call)
                    return
                }
                writer.demand(call)
                writer.line("var report = FirstFailure(allowsUnknownValues: allowsUnknownValues)")
                writer.line("return checkEvent(tape, at: node, &report)")
            }
            writer.line()
            writer.line("\(access)static func explain(")
            writer.indented {
                $0.line("_ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures")
            }
            writer.block(") -> Bool") { writer in
                let program = "\(library.namespace).\(ValidatorLibrary.program)"
                let call = "\(program).explain(tape, at: node, root: \(root), &report)"
                guard hasRules else {
                    writer.line(call)
                    return
                }
                writer.guarding(call, else: "return false")
                writer.line("return checkEvent(tape, at: node, &report)")
            }
            if functions.isStarted {
                writer.line()
                writer.append(functions)
            }
            if hasRules {
                writer.line()
                EventRuleEmitter(rules: rules).emit(to: &writer)
            }
        }
        return (writer.text, emitter.used)
    }
}
