import ContractModel
import JSONSchema

extension SchemaModel {
    /// Adds the node of a message with the rules of its events; `nil` where the message's schema is not part of the model.
    mutating func addMessage(_ message: MessageDeclaration) -> NodeID? {
        roots[message.schema.value].map { addMessage(message, schema: $0) }
    }
}
