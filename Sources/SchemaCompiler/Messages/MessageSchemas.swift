import ContractModel
import JSONSchema

/// The meaning of a contract's schemas, and the schema that each message is validated by.
struct MessageSchemas {
    let model: SchemaModel
    /// The schemas of CloudEvents in structured mode with the rules of these, by the references to the schemas.
    private var cloudEventRoots: [String: SchemaModel.NodeID] = [:]

    init(_ contract: Contract, diagnostics: inout Diagnostics) {
        let cloudEvents = contract.messages.filter { $0.cloudEvents?.value == .structured }
        let others = cloudEvents.isEmpty ? [] : [CloudEvents.document()].compactMap(\.self)
        let set = SchemaSet(contract, others: others, diagnostics: &diagnostics)
        var model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: contract.assertsFormats), diagnostics: &diagnostics)
        for schema in Set(cloudEvents.map(\.schema.value)).sorted() {
            guard let own = model.roots[schema], let rules = model.roots[CloudEvents.file] else { continue }
            cloudEventRoots[schema] = model.addConjunction(of: own, and: rules)
        }
        self.model = model
    }

    /// Returns the schema that a message is validated by.
    func root(of message: MessageDeclaration) -> SchemaModel.NodeID? {
        let schema = message.schema.value
        let own = model.roots[schema]
        return message.cloudEvents?.value == .structured ? cloudEventRoots[schema] ?? own : own
    }
}
