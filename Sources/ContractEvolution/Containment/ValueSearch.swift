package import ContractModel
package import JSONSchema
package import JSONTape

/// A search for values that messages accept, for tools that need one and do not care which.
package struct ValueSearch {
    private let model: SchemaModel

    package init(_ model: SchemaModel) { self.model = model }

    /// Returns a value that a message's schema and the rules of its events accept; `nil` where none is found.
    package func value(of message: MessageDeclaration) -> JSONValue? {
        var model = model
        guard let node = model.addMessage(message) else { return nil }
        var solver = Solver(JoinedSchemas(model, SchemaModel()), patterns: PatternSources(model).compiled)
        return solver.solve(Goal([SignedNode(node: node, holds: true)])).value
    }
}
