import JSONTape

extension SchemaModel {
    /// Appends the nodes of another model, and returns the distance by which their ids move. The roots are not joined.
    package mutating func append(_ other: SchemaModel) -> Int {
        let distance = nodes.count
        for node in other.nodes {
            var moved = node
            for index in moved.assertions.indices {
                let assertion = node.assertions[index]
                moved.assertions[index].kind = assertion.kind.mapChildren { NodeID($0.index + distance) }
                moved.assertions[index].origin = assertion.origin.map { NodeID($0.index + distance) }
            }
            nodes.append(moved)
        }
        return distance
    }

    /// Replaces the assertions of a node.
    package mutating func replaceAssertions(of id: NodeID, by kinds: [Assertion.Kind]) {
        let node = self[id]
        self[id].assertions = kinds.map {
            Assertion(keyword: JSONPointer(tokens: ["type"]), location: node.location, kind: $0)
        }
    }

    /// Appends a node that has some assertions and the place of another node.
    package mutating func addNode(_ assertions: [Assertion.Kind], at place: NodeID) -> NodeID {
        var node = self[place]
        node.annotations = Annotations()
        node.assertions = assertions.map { Assertion(keyword: node.pointer, location: node.location, kind: $0) }
        nodes.append(node)
        return NodeID(nodes.count - 1)
    }
}

extension Assertion.Kind {
    /// Returns the assertion with other nodes in place of those that it applies.
    fileprivate func mapChildren(_ transform: (SchemaModel.NodeID) -> SchemaModel.NodeID) -> Self {
        switch self {
        case .never, .types, .values, .minimumLength, .maximumLength, .pattern, .format, .bound, .multipleOf,
            .minimumItems, .maximumItems, .uniqueItems, .minimumProperties, .maximumProperties, .required,
            .dependentRequired:
            return self
        case .items(let items):
            return .items(
                Assertion.Items(prefix: items.prefix.map(transform), rest: items.rest.map(transform)))
        case .contains(var contains):
            contains.node = transform(contains.node)
            return .contains(contains)
        case .members(let members):
            return .members(
                Assertion.Members(
                    properties: members.properties.map { Assertion.Property(name: $0.name, node: transform($0.node)) },
                    patterns: members.patterns.map {
                        Assertion.PatternProperty(pattern: $0.pattern, node: transform($0.node))
                    },
                    additional: members.additional.map(transform)))
        case .dependentSchemas(let properties):
            return .dependentSchemas(
                properties.map { Assertion.Property(name: $0.name, node: transform($0.node)) })
        case .propertyNames(let node): return .propertyNames(transform(node))
        case .all(let nodes): return .all(nodes.map(transform))
        case .any(let nodes): return .any(nodes.map(transform))
        case .one(let nodes): return .one(nodes.map(transform))
        case .not(let node): return .not(transform(node))
        case .refer(let node): return .refer(transform(node))
        case .unevaluatedItems(let node): return .unevaluatedItems(transform(node))
        case .unevaluatedProperties(let node): return .unevaluatedProperties(transform(node))
        case .ifThenElse(let condition):
            return .ifThenElse(
                Assertion.Condition(
                    condition: transform(condition.condition), then: condition.then.map(transform),
                    otherwise: condition.otherwise.map(transform)))
        }
    }
}
