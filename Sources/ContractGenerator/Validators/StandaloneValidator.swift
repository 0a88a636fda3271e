package import SchemaPlan

/// An emitter of a validator of a schema by itself, without a message: for conformance tests and benchmarks.
package enum StandaloneValidator {
    /// Returns the source of an enum with a function `isValid(_:at:)` and the constant `program`.
    package static func emit(_ plan: Plan, named name: String) -> String {
        var emitter = PlanEmitter(plan)
        var writer = SourceWriter(depth: 1)
        let call = emitter.emit(root: plan.roots[0], at: "node", to: &writer)
        var whole = SourceWriter()
        whole.block("public enum \(name)") { whole in
            whole.block("public static func isValid(_ tape: borrowing JSONTape, at node: JSONTape.Index) -> Bool") {
                $0.line(call)
            }
            whole.line()
            whole.append(writer)
            whole.line("public static var program: SchemaProgram { \(ValidatorLibrary.program) }")
        }
        return whole.text
    }
}
