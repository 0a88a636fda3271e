import ContractModel
import JSONTape

extension SchemaGraph {
    /// All that a value which the contract itself states, such as a default, breaks of a schema: the same instructions
    /// decide as for any message.
    ///
    /// - Throws: `JSONSyntaxError` where JSON can't hold the value.
    func failures(of value: SourceNode, by schema: NodeID) throws -> [ValidationFailure] {
        var writer = JSONWriter()
        writer.write(value.jsonValue)
        var tape = JSONTape()
        try tape.parse(writer)
        let plan = PlanBuilder.build(self, root: schema, openEnums: [])
        return PlanInterpreter(plan: plan, rules: EventRules(discriminator: JSONPointer(), rules: [])).failures(
            in: tape)
    }
}
