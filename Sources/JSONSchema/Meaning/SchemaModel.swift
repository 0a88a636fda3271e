package import ContractModel
package import JSONTape

/// The meaning of schemas: nodes with assertions, independent of the draft that each was written in.
///
/// Nodes refer to each other by id, and may form cycles. References, `$dynamicRef` and `$recursiveRef` included, are
/// resolved: a schema that means different things by the path that leads to it is several nodes.
package struct SchemaModel: Sendable {
    /// The place of a node in ``SchemaModel/nodes``.
    package struct NodeID: Hashable, Sendable {
        package let index: Int

        package init(_ index: Int) { self.index = index }
    }

    /// One schema.
    package struct Node: Sendable {
        /// The schema's place in its file.
        package var location: SourceLocation
        /// The schema's file, or the URI of a built-in meta-schema.
        package var file: String
        /// The path to the schema in its file.
        package var pointer: JSONPointer
        /// The URI of the schema's resource, without a fragment; a file without an id has its path.
        package var uri: String
        /// The path to the schema in its resource.
        package var resourcePointer: JSONPointer
        package var assertions: [Assertion] = []
        package var annotations = Annotations()
        /// Whether an error of the schema itself has been reported: it accepts everything then.
        package var isComplete = true

        package init(
            location: SourceLocation, file: String, pointer: JSONPointer, uri: String, resourcePointer: JSONPointer
        ) {
            self.location = location
            self.file = file
            self.pointer = pointer
            self.uri = uri
            self.resourcePointer = resourcePointer
        }
    }

    package internal(set) var nodes: [Node] = []
    /// The root of each file of the contract, and the schemas that were asked for by reference.
    package internal(set) var roots: [String: NodeID] = [:]

    package init() {}

    package internal(set) subscript(id: NodeID) -> Node {
        get { nodes[id.index] }
        set { nodes[id.index] = newValue }
    }

    package var ids: some Sequence<NodeID> { nodes.indices.lazy.map(NodeID.init) }

    /// Appends a node, and returns its id.
    mutating func add(_ node: Node) -> NodeID {
        nodes.append(node)
        return NodeID(nodes.count - 1)
    }

    /// Adds a schema that accepts what two schemas accept.
    package mutating func addConjunction(of first: NodeID, and second: NodeID) -> NodeID {
        var node = self[first]
        node.assertions = [first, second].map { target in
            Assertion(keyword: JSONPointer(), location: node.location, kind: .refer(target))
        }
        return add(node)
    }

    /// Follows the references of nodes that consist of nothing else.
    package func resolve(_ id: NodeID) -> NodeID {
        var current = id
        while let reference = soleReference(of: current) { current = reference.target }
        return current
    }

    /// Returns the reference of a node that asserts nothing else. A cycle of such nodes has been cut by the reader.
    package func soleReference(of id: NodeID) -> (target: NodeID, keyword: JSONPointer)? {
        // Read in place: a copy of the node would take most of the time where chains of references are long.
        let assertions = nodes[id.index].assertions
        guard assertions.count == 1, case .refer(let target) = assertions[0].kind else { return nil }
        return (target, assertions[0].keyword)
    }
}

/// The words of a schema that assert nothing.
package struct Annotations: Sendable {
    package var title: String?
    package var description: String?
    package var defaultValue: SourceNode?
    package var isDeprecated = false
    package var isReadOnly = false
    package var isWriteOnly = false
    package var examples: [SourceNode] = []
    /// The value of `format`, asserted or not.
    package var format: Located<String>?
    package var contentEncoding: String?
    package var contentMediaType: String?
    /// Words that no draft defines, such as `x-swift-name`, in the file's order.
    package var extensions: [SourceNode.Entry] = []

    package init() {}

    /// Returns the value of a word that no draft defines.
    package subscript(word: String) -> SourceNode? {
        extensions.first { $0.key.value == word }?.value
    }
}
