package import ContractModel
package import JSONTape

/// A schema file, understood: every subschema a node, references resolved to the node they mean.
package struct SchemaGraph: Sendable {
    /// A node's place in ``SchemaGraph/nodes``.
    package struct NodeID: Hashable, Sendable {
        let index: Int
    }

    /// The schema file's name, which schema locations start with.
    package let file: String
    private(set) var nodes: [SchemaNode] = []
    package private(set) var root = NodeID(index: 0)

    init(file: String) {
        self.file = file
    }

    package subscript(id: NodeID) -> SchemaNode { nodes[id.index] }

    var nodeIDs: [NodeID] { nodes.indices.map(NodeID.init) }

    /// Makes room for a node, so that references to it can be made before it has been read.
    mutating func reserve(at location: SourceLocation, pointer: JSONPointer) -> NodeID {
        nodes.append(SchemaNode(location: location, pointer: pointer))
        return NodeID(index: nodes.count - 1)
    }

    mutating func fill(_ id: NodeID, with node: SchemaNode) {
        nodes[id.index] = node
    }

    /// The node that a node means: itself, or the end of its chain of references.
    package func resolve(_ id: NodeID) -> NodeID {
        var current = id
        // A chain of references longer than there are nodes is a circle, which the reader refuses.
        for _ in nodes {
            guard let target = self[current].reference else { break }
            current = target
        }
        return current
    }
}

/// A JSON type, as the `type` keyword names it.
package enum JSONType: String, CaseIterable, Sendable {
    case null, boolean, integer, number, string, array, object
}

/// One subschema: its keywords, read and checked.
package struct SchemaNode: Sendable {
    package typealias NodeID = SchemaGraph.NodeID

    package struct Property: Sendable {
        package var name: Located<String>
        package var schema: NodeID
    }

    /// What an object may have besides its properties.
    package enum AdditionalProperties: Sendable {
        case allowed
        case refused
        case checked(NodeID)
    }

    package var location: SourceLocation
    /// The path to this schema within its file.
    package var pointer: JSONPointer

    package var title: String?
    package var summary: String?
    package var isDeprecated = false
    package var defaultValue: SourceNode?

    package var reference: NodeID?
    package var type: Located<JSONType>?
    package var enumeration: [Located<String>]?
    /// `const` says what `enum` of one value says; this tells which word was used.
    package var isConstant = false

    package var minimumLength: Int?
    package var maximumLength: Int?
    package var format: StringFormat?

    package var minimum: JSONNumber?
    package var maximum: JSONNumber?
    package var exclusiveMinimum: JSONNumber?
    package var exclusiveMaximum: JSONNumber?
    package var multipleOf: Int64?

    package var items: NodeID?
    package var minimumItems: Int?
    package var maximumItems: Int?

    package var properties: [Property] = []
    package var required: [Located<String>] = []
    package var additionalProperties: AdditionalProperties?
    package var minimumProperties: Int?
    package var maximumProperties: Int?

    /// What the schema says of itself, a paragraph each.
    var documentation: [String] {
        [title.map(Self.sentence), summary].compactMap(\.self)
    }

    /// A title with the stop that documentation asks for.
    private static func sentence(_ title: String) -> String {
        title.last.map { ".!?".contains($0) } ?? true ? title : title + "."
    }

    package func property(_ name: String) -> Property? {
        properties.first { $0.name.value == name }
    }
}
