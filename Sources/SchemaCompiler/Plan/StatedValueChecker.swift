import ContractModel
import JSONTape

/// Holds values that the contract itself states, such as defaults, against their schemas: the same instructions decide as
/// for any message.
struct StatedValueChecker: ~Copyable {
    private var builder: PlanBuilder
    private var tape = JSONTape()

    init(_ graph: SchemaGraph) {
        builder = PlanBuilder(graph)
    }

    /// All that a value breaks of a schema.
    ///
    /// - Throws: `JSONSyntaxError` where JSON can't hold the value.
    mutating func failures(of value: SourceNode, by schema: SchemaGraph.NodeID) throws -> [ValidationFailure] {
        var writer = JSONWriter()
        writer.write(value.jsonValue)
        try tape.parse(writer)
        let interpreter = PlanInterpreter(
            plan: builder.plan(for: schema), rules: EventRules(rules: []))
        return interpreter.failures(in: tape)
    }
}
