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

    /// Has a node's reference lead to another node, or nowhere.
    mutating func refer(_ id: NodeID, to target: NodeID?) {
        nodes[id.index].reference = target
    }

    /// Notes that a diagnostic has been given for a node: what else follows from it goes untold.
    mutating func markUnsound(_ id: NodeID) {
        nodes[id.index].isSound = false
    }

    /// Takes out of a node all that lies below it.
    mutating func cut(_ id: NodeID) {
        nodes[id.index] = SchemaNode(location: self[id].location, pointer: self[id].pointer)
        markUnsound(id)
    }

    /// The node that a node means: itself, or the end of its chain of references, which the reader keeps short.
    package func resolve(_ id: NodeID) -> NodeID {
        var current = id
        while let target = self[current].reference { current = target }
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
    /// Whether all that the schema itself says, what lies below it apart, could be understood.
    package var isSound = true

    init(location: SourceLocation, pointer: JSONPointer) {
        self.location = location
        self.pointer = pointer
    }

    package var title: String?
    /// The name that `x-swift-name` gives.
    var swiftName: Located<String>?
    /// The names that `x-swift-names` gives to values of the enum.
    var swiftNames: [(value: Located<String>, name: Located<String>)] = []
    /// The type that `x-swift-type` names.
    var swiftType: Located<String>?
    package var summary: String?
    package var isDeprecated = false
    package var defaultValue: SourceNode?

    package var reference: NodeID?
    package var type: Located<JSONType>?
    /// Whether an integer must be written as one, without fraction and exponent: draft 4.
    package var isIntegerLiteral = false
    package var enumeration: [Located<String>]?
    /// What `const` says; the enumeration then has this value alone.
    package var constant: Located<String>?

    package var minimumLength: Int?
    package var maximumLength: Int?
    package var format: StringFormat?
    /// The type that strings of the format become; `nil` where they remain strings, or are an enum.
    var formatType: FormatType?

    package var minimum: JSONNumber?
    package var maximum: JSONNumber?
    package var exclusiveMinimum: JSONNumber?
    package var exclusiveMaximum: JSONNumber?
    package var multipleOf: Int64?

    package var items: NodeID?
    package var minimumItems: Int?
    package var maximumItems: Int?

    package private(set) var properties: [Property] = []
    /// Where in ``properties`` each stands.
    private var places: [JSONName: Int] = [:]
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
        places[JSONName(name)].map { properties[$0] }
    }

    mutating func add(_ property: Property) {
        places[JSONName(property.name.value)] = properties.count
        properties.append(property)
    }

    /// The schemas that this one leads to: those that it holds, and the one that it refers to.
    var children: [NodeID] {
        var children = properties.map(\.schema)
        if let items { children.append(items) }
        if case .checked(let schema) = additionalProperties { children.append(schema) }
        if let reference { children.append(reference) }
        return children
    }
}
