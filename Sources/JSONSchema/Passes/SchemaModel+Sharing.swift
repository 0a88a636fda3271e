import ContractModel
import JSONTape

extension SchemaModel {
    /// Returns, for each node, the first node that accepts the same values by the same assertions: one routine can validate all
    /// of them where a failure's keyword does not matter. Names, annotations and places are not compared.
    ///
    /// Starts with all nodes in one class and divides the classes until the assertions of a class agree, so that recursive
    /// schemas are found equal, too.
    package func equalNodes() -> [NodeID] {
        var classes = [Int](repeating: 0, count: nodes.count)
        var count = nodes.isEmpty ? 0 : 1
        while true {
            var known: [[Assertion.Kind]: Int] = [:]
            // A class is never joined with another: its number is part of what is compared.
            let next = nodes.indices.map { index in
                let kinds = nodes[index].assertions.map { assertion in
                    assertion.kind.comparable { NodeID(classes[resolve($0).index]) }
                }
                let key = [.refer(NodeID(classes[index]))] + kinds
                if let number = known[key] { return number }
                known[key] = known.count
                return known.count - 1
            }
            classes = next
            guard known.count > count else { break }
            count = known.count
        }
        var first: [Int: NodeID] = [:]
        for index in nodes.indices where first[classes[index]] == nil { first[classes[index]] = NodeID(index) }
        return nodes.indices.map { first[classes[$0]] ?? NodeID($0) }
    }
}

extension Assertion.Kind {
    /// Returns the assertion without places in files, and with other ids for its schemas.
    fileprivate func comparable(_ id: (SchemaModel.NodeID) -> SchemaModel.NodeID) -> Assertion.Kind {
        let nowhere = SourceLocation(file: "")
        func named(_ properties: [Assertion.Property]) -> [Assertion.Property] {
            properties.map { Assertion.Property(name: Located($0.name.value, at: nowhere), node: id($0.node)) }
        }
        switch self {
        case .never, .types, .values, .minimumLength, .maximumLength, .pattern, .format, .bound, .multipleOf,
            .minimumItems, .maximumItems, .uniqueItems, .minimumProperties, .maximumProperties, .required:
            return self
        case .dependentRequired(let dependents):
            return .dependentRequired(
                dependents.map {
                    Assertion.DependentRequired(name: $0.name, required: $0.required, keyword: JSONPointer())
                })
        case .items(let items): return .items(Assertion.Items(prefix: items.prefix.map(id), rest: items.rest.map(id)))
        case .contains(var contains):
            contains.node = id(contains.node)
            return .contains(contains)
        case .members(let members):
            let patterns = members.patterns.map {
                Assertion.PatternProperty(pattern: Located($0.pattern.value, at: nowhere), node: id($0.node))
            }
            return .members(
                Assertion.Members(
                    properties: named(members.properties), patterns: patterns, additional: members.additional.map(id)))
        case .propertyNames(let node): return .propertyNames(id(node))
        case .dependentSchemas(let properties): return .dependentSchemas(named(properties))
        case .all(let nodes): return .all(nodes.map(id))
        case .any(let nodes): return .any(nodes.map(id))
        case .one(let nodes): return .one(nodes.map(id))
        case .not(let node): return .not(id(node))
        case .ifThenElse(let condition):
            return .ifThenElse(
                Assertion.Condition(
                    condition: id(condition.condition), then: condition.then.map(id),
                    otherwise: condition.otherwise.map(id)))
        case .refer(let node): return .refer(id(node))
        case .unevaluatedItems(let node): return .unevaluatedItems(id(node))
        case .unevaluatedProperties(let node): return .unevaluatedProperties(id(node))
        }
    }
}
