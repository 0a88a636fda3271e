import JSONSchema

/// Nodes of schemas to which others can be added.
protocol SchemaNodes {
    typealias NodeID = SchemaModel.NodeID

    subscript(id: NodeID) -> SchemaModel.Node { get }

    /// Adds a node with some conditions, and the place of another node.
    mutating func addNode(_ conditions: [Assertion.Kind], at place: NodeID) -> NodeID
}

extension SchemaModel: SchemaNodes {}

extension JoinedSchemas: SchemaNodes {
    subscript(id: NodeID) -> SchemaModel.Node { model[id] }

    mutating func addNode(_ conditions: [Assertion.Kind], at place: NodeID) -> NodeID { add(conditions) }
}
