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
        value.write(to: &writer)
        try tape.parse(writer)
        let interpreter = PlanInterpreter(
            plan: builder.plan(for: schema), rules: EventRules(rules: []))
        return interpreter.failures(in: tape)
    }
}

extension SourceNode {
    /// Writes the node as JSON. A whole number with a fraction, such as `1.0`, keeps one: draft 4 tells them apart.
    fileprivate func write(to writer: inout JSONWriter) {
        switch content {
        case .null: writer.write(literal: "null")
        case .bool(let value): writer.write(value)
        case .string(let value): writer.write(value)
        case .number(let value):
            writer.write(value)
            if hasFraction, value.int64Value != nil { writer.write(literal: ".0") }
        case .sequence(let nodes):
            writer.beginArray()
            for node in nodes {
                writer.element()
                node.write(to: &writer)
            }
            writer.endArray()
        case .mapping(let entries):
            writer.beginObject()
            for entry in entries {
                writer.key(name: entry.key.value)
                entry.value.write(to: &writer)
            }
            writer.endObject()
        }
    }
}
