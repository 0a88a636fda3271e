import JSONSchema

extension SchemaModel {
    /// Returns the schema that determines a schema's shape: the end of the chain of references and lists of one schema.
    ///
    /// - Returns: Also whether a reference was followed.
    func shapeSource(of id: NodeID) -> (node: NodeID, isReferred: Bool) {
        var current = id
        var isReferred = false
        var steps = 0
        while steps <= nodes.count {
            steps += 1
            let relevant = self[current].assertions.filter(\.kind.isRelevantToShape)
            guard relevant.count == 1 else { break }
            if case .refer(let target) = relevant[0].kind {
                current = target
                isReferred = true
            } else if case .all(let parts) = relevant[0].kind, parts.count == 1 {
                current = parts[0]
            } else {
                break
            }
        }
        return (current, isReferred)
    }

    /// Returns whether no value is valid by a schema.
    func isNever(_ node: NodeID) -> Bool {
        statesNever(shapeSource(of: node).node)
    }
}

extension Assertion.Kind {
    /// Whether the assertion can determine a shape.
    fileprivate var isRelevantToShape: Bool {
        switch self {
        case .never, .types, .values, .format, .bound, .minimumItems, .maximumItems, .items, .required, .members, .all,
            .any, .one, .refer, .unevaluatedProperties:
            true
        case .minimumLength, .maximumLength, .pattern, .multipleOf, .uniqueItems, .contains, .minimumProperties,
            .maximumProperties, .propertyNames, .dependentRequired, .dependentSchemas, .not, .ifThenElse,
            .unevaluatedItems:
            false
        }
    }
}
