import JSONSchema
import SchemaPlan

/// The conditions of schemas that say nothing but which members an object has.
struct PlainObject {
    private(set) var conditions: [Assertion.Kind] = []

    /// The deepest nesting of `allOf` and references.
    private static let mostLevels = 32

    /// - Returns: `nil` where a schema has other conditions.
    init?(_ nodes: [SchemaModel.NodeID], in model: SchemaModel) {
        for node in nodes {
            guard add(node, in: model, levels: Self.mostLevels) else { return nil }
        }
    }

    private mutating func add(_ id: SchemaModel.NodeID, in model: SchemaModel, levels: Int) -> Bool {
        guard levels > 0, model[id].isComplete else { return false }
        for assertion in model[id].assertions {
            switch assertion.kind {
            case .types(let types):
                guard types.contains(.object) else { return false }
            case .required, .members, .dependentRequired, .dependentSchemas: conditions.append(assertion.kind)
            case .refer(let node):
                guard add(node, in: model, levels: levels - 1) else { return false }
            case .all(let nodes):
                for node in nodes {
                    guard add(node, in: model, levels: levels - 1) else { return false }
                }
            default: return false
            }
        }
        return true
    }
}
