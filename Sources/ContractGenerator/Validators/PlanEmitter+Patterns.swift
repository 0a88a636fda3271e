import Patterns
import SchemaPlan

extension PlanEmitter {
    /// The condition that a string matches a pattern.
    mutating func pattern(_ check: Plan.PatternCheck, at node: String) -> String {
        // The reader has compiled the same text.
        guard let compiled = try? CompiledPattern.compile(check.source) else { return "true" }
        var emitter = PatternEmitter(pattern: compiled, table: "")
        if compiled.packed != nil {
            let table = constant(for: "pattern " + check.source, named: "pattern") { writer, name in
                PatternEmitter(pattern: compiled, table: name).emitTable(to: &writer)
            }
            emitter = PatternEmitter(pattern: compiled, table: table)
        }
        return emitter.condition(at: node)
    }

    /// The names of a function for each pattern of the plan, in order.
    mutating func patternTests() -> [String] {
        plan.patterns.map { check in
            let condition = pattern(check, at: "node")
            return constant(for: "matches " + check.source, named: "isMatch") { writer, name in
                writer.function(name, Self.tapeParameters) { $0.line(condition) }
            }
        }
    }
}
