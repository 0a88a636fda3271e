import JSONSchema
import JSONTape

/// The limits of a schema's values in words, apart from their type and their parts: "at least 1 character".
enum SchemaLimits {
    static func words(of id: SchemaModel.NodeID, in model: SchemaModel) -> [String] {
        var visited: Set<SchemaModel.NodeID> = []
        var instructions: [ValidationPlan.Instruction] = []
        var others: [String] = []
        func collect(_ id: SchemaModel.NodeID) {
            guard visited.insert(id).inserted else { return }
            for assertion in model[id].assertions {
                switch assertion.kind {
                case .refer(let target): collect(target)
                case .all(let parts): parts.forEach(collect)
                case .pattern(let pattern): others.append("matches `\(pattern)`")
                case .uniqueItems: others.append("unique items")
                default: if let limit = PlanBuilder.limit(assertion.kind) { instructions.append(limit) }
                }
            }
        }
        collect(id)
        return instructions.sorted { $0.rank < $1.rank }.map(\.expectation) + others
    }
}
