import JSONSchema
import JSONTape

/// The conditions of the values of a node, and of their members, that hold whatever the rest of a value is.
///
/// They refuse most candidates for a smaller value without a look at the whole value.
struct CertainConditions {
    typealias NodeID = SchemaModel.NodeID

    /// The nodes by which a part of a value is valid.
    struct Part {
        let nodes: [NodeID]
        fileprivate(set) var required: Set<JSONName> = []
        fileprivate var divisions: [MemberDivision] = []
    }

    private var schemas: JoinedSchemas
    private var parts: [[NodeID]: Part] = [:]

    init(_ schemas: JoinedSchemas) { self.schemas = schemas }

    /// Returns the conditions of values by which some nodes are valid.
    mutating func part(_ nodes: [NodeID]) -> Part {
        if let known = parts[nodes] { return known }
        var part = Part(nodes: nodes)
        var seen: Set<NodeID> = []
        var open = nodes
        while let next = open.popLast() {
            let id = schemas.model.resolve(next)
            guard seen.insert(id).inserted else { continue }
            for condition in schemas.conditions(of: id) {
                switch schemas.conditions[condition] {
                case .refer(let node): open.append(node)
                case .all(let nodes): open += nodes
                case .required(let names): part.required.formUnion(names.map { JSONName($0) })
                case .members: part.divisions += [schemas.divisions[condition]].compactMap(\.self)
                default: break
                }
            }
        }
        parts[nodes] = part
        return part
    }

    /// Returns the conditions of a member.
    mutating func member(_ name: JSONName, of part: Part) -> Part {
        self.part(part.divisions.flatMap { $0.nodes(of: name) })
    }

    /// Returns whether a value contradicts the conditions of a part.
    mutating func refuse(_ value: JSONValue, as part: Part) -> Bool {
        !part.nodes.isEmpty && !schemas.satisfies(value, part.nodes.map { SignedNode(node: $0, holds: true) })
    }
}
