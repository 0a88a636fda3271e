package import MessageCoding
package import SchemaCompiler

extension SensitivityGraph {
    /// The runtime's form.
    package var fields: SensitiveFields {
        SensitiveFields(
            categories: categories,
            nodes: nodes.map { node in
                SensitiveFields.Node(
                    category: node.category, members: node.members.map { ($0.name, $0.node) },
                    otherMembers: node.otherMembers, elements: node.elements, otherElements: node.otherElements)
            })
    }
}
