import Patterns
import SchemaPlan

extension PlanEmitter {
    /// Returns the condition that a string matches a pattern.
    ///
    /// - Parameter index: The position of the pattern in the plan.
    mutating func pattern(_ index: Int32, at node: String) -> String {
        let index = Int(index)
        guard let compiled = outline.patterns[index] else { return "true" }
        var name = ""
        if compiled.packed != nil {
            name =
                table(ofPattern: index)
                ?? constant(for: "pattern " + plan.patterns[index].source, named: "pattern") { writer, name in
                    PatternEmitter(pattern: compiled, table: name).emitTable("private ", to: &writer)
                }
        }
        return PatternEmitter(pattern: compiled, table: name).condition(at: node)
    }

    /// Returns the names of a function for each pattern of the plan, in order.
    mutating func patternTests() -> [String] {
        plan.patterns.indices.map { index in
            let source = plan.patterns[index].source
            if let table = table(ofPattern: index), let compiled = outline.patterns[index], compiled.packed != nil {
                declare { PatternEmitter(pattern: compiled, table: table).emitTable("", to: &$0) }
            }
            let condition = pattern(Int32(index), at: "node")
            return constant(for: "matches " + source, named: "isMatch") { writer, name in
                // Swift 5 does not see by itself that a static function is safe to use anywhere.
                writer.function(name, Self.tapeParameters, access: "@Sendable private ") { $0.line(condition) }
            }
        }
    }
}
