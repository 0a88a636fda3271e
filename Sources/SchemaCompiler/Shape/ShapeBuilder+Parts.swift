import ContractModel
import JSONSchema
import JSONTape

// The shapes of objects and arrays.

extension ShapeBuilder {
    // MARK: Objects

    mutating func object(_ fragment: Fragment, node: NodeID) -> Shape.Kind {
        let additional = additional(fragment, node: node)
        var members: [Shape.Record.Member] = []
        let required = Set(fragment.required.map { JSONName($0.value) })
        let schemas = DividedMembers(fragment.members)
        let misspellings = Self.misspellings(fragment, required)
        for name in names(fragment) {
            let key = JSONName(name.value)
            let nodes = schemas.nodes(of: key)
            let isRequired = required.contains(key)
            if !isRequired, nodes.contains(where: model.isNever) { continue }
            let shape = nodes.isEmpty ? add(.any, node: node) : shape(of: nodes)
            members.append(
                Shape.Record.Member(
                    name: name, shape: shape, isRequired: isRequired, node: nodes.first, misspelling: misspellings[key])
            )
        }
        guard members.isEmpty else { return .record(Shape.Record(members: members, additional: additional)) }
        guard case .typed(let value) = additional else { return .object }
        return .map(value)
    }

    /// Returns the names that the schemas mention, in their order.
    private func names(_ fragment: Fragment) -> [Located<String>] {
        var seen: Set<JSONName> = []
        let declared = fragment.members.flatMap { $0.properties.map(\.name) }
        return (declared + fragment.required).filter { seen.insert(JSONName($0.value)).inserted }
    }

    /// Returns the required names that no schema declares, by the names of which they are probably typos.
    private static func misspellings(_ fragment: Fragment, _ required: Set<JSONName>) -> [JSONName: Located<String>] {
        let declared = fragment.members.flatMap { $0.properties.map(\.name.value) }
        let names = Set(declared.map(JSONName.init))
        let unknown = fragment.required.filter { !names.contains(JSONName($0.value)) }
        guard !unknown.isEmpty else { return [:] }
        let others = declared.filter { !required.contains(JSONName($0)) }
        return Dictionary(
            unknown.compactMap { name in
                Suggestion.nearest(to: name.value, among: others).map { (JSONName($0), name) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the members that the schemas do not name.
    private mutating func additional(_ fragment: Fragment, node: NodeID) -> Shape.Record.Additional {
        var sets = fragment.members.map { members in
            (patterns: members.patterns.map(\.node), rest: members.additional)
        }
        if !fragment.hasConditions { sets += fragment.unevaluated.map { (patterns: [], rest: $0) } }
        var nodes: [NodeID] = []
        var mixed: [NodeID]?
        for set in sets {
            let isClosed = set.rest.map(model.isNever) == true
            let patterns = sources(of: set.patterns.filter { !model.isNever($0) })
            if isClosed, patterns.isEmpty { return .none }
            let all = isClosed ? patterns : sources(of: set.patterns + (set.rest.map { [$0] } ?? []))
            if all.count == 1, isClosed || set.rest != nil {
                nodes += all
            } else if patterns.contains(where: { !model[$0].assertions.isEmpty }) {
                // Without a schema for the members that no pattern matches, their values are any.
                mixed = isClosed || set.rest != nil ? all : []
            }
        }
        nodes = nodes.filter { !model[$0].assertions.isEmpty }
        if !nodes.isEmpty { return .typed(shape(of: nodes)) }
        guard let mixed else { return .any }
        guard mixed.isEmpty || mixed.contains(where: { model[$0].assertions.isEmpty }) else {
            return .typed(either(mixed, node: node))
        }
        // An object of any members keeps them all.
        return fragment.members.contains { !$0.properties.isEmpty } ? .typed(add(.any, node: node)) : .any
    }

    /// Returns the schemas that determine the shapes of some, each once.
    private func sources(of nodes: [NodeID]) -> [NodeID] {
        var sources: [NodeID] = []
        for node in nodes {
            let source = model.shapeSource(of: node).node
            if !sources.contains(source) { sources.append(source) }
        }
        return sources
    }

    /// Returns the shape of values that are each valid by one of some schemas.
    private mutating func either(_ nodes: [NodeID], node: NodeID) -> Shape.ID {
        let shapes = nodes.map { shape(of: [$0]) }
        for shape in shapes { force(shape) }
        let found = unify(shapes, node: node)
        return add(found.kind, node: node, note: found.note)
    }

    // MARK: Arrays

    mutating func array(_ fragment: Fragment, node: NodeID) -> Shape.Kind {
        let count = min(fragment.items.map(\.prefix.count).max() ?? 0, fragment.maximumItems ?? .max)
        let restNodes = fragment.items.compactMap(\.rest)
        guard count > 0 else { return .list(restNodes.isEmpty ? add(.any, node: node) : shape(of: restNodes)) }
        let elements = (0..<count).map { index -> Shape.ID in
            let nodes = fragment.items.compactMap { $0.prefix.indices.contains(index) ? $0.prefix[index] : $0.rest }
            return nodes.isEmpty ? add(.any, node: node) : shape(of: nodes)
        }
        let isClosed = fragment.maximumItems.map { $0 <= count } ?? false || restNodes.contains(where: model.isNever)
        var rest: Shape.ID?
        if !isClosed { rest = restNodes.isEmpty ? add(.any, node: node) : shape(of: restNodes) }
        if let first = elements.first, elements.allSatisfy({ $0 == first }), rest == nil || rest == first {
            return .list(first)
        }
        return .tuple(
            Shape.Tuple(elements: elements, minimumCount: min(fragment.minimumItems, count), rest: rest))
    }
}
