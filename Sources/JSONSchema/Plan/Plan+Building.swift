package import SchemaPlan

extension Plan {
    /// A schema that values are validated against.
    package struct Root {
        package let node: SchemaModel.NodeID
        /// The nodes whose strings a reader may accept beyond those that they state.
        package let openEnums: Set<SchemaModel.NodeID>

        package init(_ node: SchemaModel.NodeID, openEnums: Set<SchemaModel.NodeID>) {
            self.node = node
            self.openEnums = openEnums
        }
    }

    /// Compiles a model.
    ///
    /// - Parameter roots: The nodes that values are validated against; their subplans become ``Plan/roots``, in this order.
    package init(_ model: SchemaModel, roots: [SchemaModel.NodeID]) {
        self.init(model, roots: roots.map { Root($0, openEnums: []) })
    }

    /// Compiles a model. Roots share the subplans of the nodes that they lead to, unless an enum is open for some of them.
    package init(_ model: SchemaModel, roots: [Root]) {
        var builder = PlanBuilder(model: model)
        let ids = roots.map { builder.subplan(of: $0) }
        builder.finish()
        self = builder.plan
        self.roots = ids
    }
}
