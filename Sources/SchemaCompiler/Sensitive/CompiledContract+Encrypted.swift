import JSONSchema
import SchemaPlan

extension CompiledContract {
    /// The contract of messages as they are sent: encrypted values are strings, and their own schemas say nothing of them.
    package var encrypted: CompiledContract {
        var contract = self
        if let encryptedPlan { contract.plan = encryptedPlan }
        return contract
    }
}

extension ContractTypes {
    /// The schemas of messages with encrypted values, ready for a plan; `nil` where no message has any.
    func encrypted(_ messages: [CompiledMessage]) -> SchemaModel? {
        var model = model
        var isChanged = false
        for protection in messages.compactMap(\.protection) {
            for (schema, category) in protection.graph.schemas where protection.keys[category] != nil {
                model.replaceAssertions(of: schema, by: [.types(.string)])
                isChanged = true
            }
        }
        return isChanged ? model.simplified() : nil
    }
}
