import ContractModel
package import JSONSchema
import JSONTape
import SchemaPlan

/// The schemas of a message, and of each whether the Swift types alone guarantee what it asserts: their own kinds, an
/// enum's closed cases, required members that are not optional, and the types of formats, such as `Timestamp`.
package struct TypeGuarantees: Sendable {
    package typealias NodeID = SchemaModel.NodeID

    /// One schema.
    package struct Node: Sendable {
        /// Whether no value of the generated type can break the schema's own assertions.
        package var isKept = true
        /// The schemas of named members.
        package var members: [(name: String, node: NodeID)] = []
        /// The schemas of elements and of all other members.
        package var others: [NodeID] = []
    }

    package let root: NodeID
    package private(set) var nodes: [NodeID: Node] = [:]
    /// Whether all that the schemas assert is known here; otherwise, nothing is guaranteed.
    package private(set) var isComplete = true
    private let keepsUnknownMembers: Bool

    /// - Parameter keepsUnknownMembers: Whether types may keep members that their schemas do not name.
    init(
        _ model: SchemaModel, root: NodeID, scalars: ScalarTypes, openEnums: Set<NodeID>, keepsUnknownMembers: Bool
    ) {
        self.keepsUnknownMembers = keepsUnknownMembers
        self.root = model.resolve(root)
        var waiting = [self.root]
        while let id = waiting.popLast() {
            guard nodes[id] == nil else { continue }
            let node = node(id, in: model, scalars, isOpen: openEnums.contains(id))
            nodes[id] = node
            waiting += node.members.map(\.node) + node.others
        }
    }

    package subscript(id: NodeID) -> Node { nodes[id] ?? Node(isKept: false) }

    private mutating func node(
        _ id: NodeID, in model: SchemaModel, _ scalars: ScalarTypes, isOpen: Bool
    ) -> Node {
        var node = Node()
        let assertions = model[id].assertions
        let isEnumeration = assertions.contains { if case .values = $0.kind { true } else { false } }
        var declared: Set<JSONName>?
        var required: [String] = []
        var refusesOthers = false
        for assertion in assertions {
            switch assertion.kind {
            case .types(let set): if !set.isOneType { isComplete = false }
            case .values(let values):
                if !values.allSatisfy(\.isString) { isComplete = false }
                if isOpen { node.isKept = false }
            case .format(let format):
                // The values of an enum have the format, or are never sent. A program can make a `URL` that is a relative
                // reference.
                let isKept = isEnumeration ? !isOpen : ![.string, .url].contains(scalars.string(format, node: id))
                if !isKept { node.isKept = false }
            case .items(let items):
                if !items.prefix.isEmpty { isComplete = false }
                if let rest = items.rest { node.others.append(model.resolve(rest)) }
            case .members(let members):
                if declared != nil || !members.patterns.isEmpty { isComplete = false }
                declared = Set(members.properties.map { JSONName($0.name.value) })
                node.members = members.properties.map { ($0.name.value, model.resolve($0.node)) }
                let others = members.additional.flatMap { model.isNever($0) ? nil : $0 }
                if let others { node.others.append(model.resolve(others)) }
                // A program can give an unnamed member the name of a property.
                if others != nil || members.additional == nil && keepsUnknownMembers, !members.properties.isEmpty {
                    node.isKept = false
                }
                refusesOthers = members.additional != nil
            case .required(let names): required += names
            case .minimumLength(0), .minimumItems(0), .minimumProperties(0): break
            case .minimumLength, .maximumLength, .bound, .multipleOf, .minimumItems, .maximumItems,
                .minimumProperties, .maximumProperties:
                node.isKept = false
            default: isComplete = false
            }
        }
        let undeclared = required.filter { declared?.contains(JSONName($0)) != true }
        if refusesOthers, !undeclared.isEmpty { isComplete = false }
        return node
    }
}

extension TypeSet {
    /// Whether the set is that of one type of JSON Schema.
    fileprivate var isOneType: Bool {
        [.null, .boolean, .integer, .integerLiteral, .number, .string, .array, .object].contains(normalized)
    }
}
