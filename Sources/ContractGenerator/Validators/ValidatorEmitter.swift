import ContractModel
import SchemaCompiler
import SchemaPlan

/// Writes a message's validator: the functions of its plan, and those of its events' rules.
struct ValidatorEmitter {
    static func emit(_ message: CompiledMessage) -> String {
        let rules = message.rules
        let hasRules = !rules.rules.isEmpty
        let access = message.access.modifier
        var emitter = PlanEmitter(
            message.plan,
            taken: Set(
                ["checkEvent", "eventNames"] + EventRuleEmitter.partNames(rules) + message.events.map(\.factoryName)))
        var functions = SourceWriter(depth: 1)
        let call = emitter.emit(root: message.plan.roots[0], at: "node", to: &functions)
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
                writer.line(
                    "\(PlanEmitter.program).explain(tape, at: node, &report)"
                        + (hasRules ? " && checkEvent(tape, at: node, &report)" : ""))
            }
            writer.append(functions)
            if hasRules {
                writer.line()
                EventRuleEmitter(rules: rules).emit(to: &writer)
            }
        }
        return writer.text
    }
}
