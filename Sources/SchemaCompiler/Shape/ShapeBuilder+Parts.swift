import ContractModel
import JSONSchema
import JSONTape

// The shapes of objects and arrays.

extension ShapeBuilder {
    // MARK: Objects

    mutating func object(_ fragment: Fragment, node: NodeID) -> Shape.Kind {
        let additional = additional(fragment)
        var members: [Shape.Record.Member] = []
        let required = Set(fragment.required.map { JSONName($0.value) })
        let schemas = fragment.members.map(Self.schemas)
        for name in names(fragment) {
            let key = JSONName(name.value)
            let nodes = zip(fragment.members, schemas).flatMap { Self.nodes(of: key, $0, $1) }
            let isRequired = required.contains(key)
            if !isRequired, nodes.contains(where: model.isNever) { continue }
            let shape = nodes.isEmpty ? add(.any, node: node) : shape(of: nodes)
            members.append(
                Shape.Record.Member(name: name, shape: shape, isRequired: isRequired, node: nodes.first))
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

    /// Returns the schemas of an assertion's members by their names.
    private static func schemas(_ members: Assertion.Members) -> [JSONName: [NodeID]] {
        Dictionary(grouping: members.properties) { JSONName($0.name.value) }.mapValues { $0.map(\.node) }
    }

    /// Returns the schemas of an assertion that apply to a member, except those of patterns: a shape may represent more values
    /// than its schemas allow.
    private static func nodes(
        of name: JSONName, _ members: Assertion.Members, _ schemas: [JSONName: [NodeID]]
    ) -> [NodeID] {
        let own = schemas[name] ?? []
        guard own.isEmpty, members.patterns.isEmpty, let additional = members.additional else { return own }
        return [additional]
    }

    /// Returns the members that the schemas do not name.
    private mutating func additional(_ fragment: Fragment) -> Shape.Record.Additional {
        var sets = fragment.members.map { members in
            (patterns: members.patterns.map(\.node), rest: members.additional)
        }
        if !fragment.hasConditions { sets += fragment.unevaluated.map { (patterns: [], rest: $0) } }
        var nodes: [NodeID] = []
        for set in sets {
            guard let rest = set.rest else { continue }
            if model.isNever(rest) {
                guard let pattern = set.patterns.first else { return .none }
                let sources = Set(set.patterns.map { model.shapeSource(of: $0).node })
                if sources.count == 1 { nodes.append(pattern) }
            } else if set.patterns.allSatisfy({ model.shapeSource(of: $0).node == model.shapeSource(of: rest).node }) {
                nodes.append(rest)
            }
        }
        nodes = nodes.filter { !model[model.shapeSource(of: $0).node].assertions.isEmpty }
        return nodes.isEmpty ? .any : .typed(shape(of: nodes))
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
