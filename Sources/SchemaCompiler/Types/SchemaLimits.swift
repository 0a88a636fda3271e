import JSONSchema
import JSONTape
import SchemaPlan

/// The limits of a schema's values in words, apart from their type and their parts: "at least 1 character".
enum SchemaLimits {
    static func words(of id: SchemaModel.NodeID, in model: SchemaModel) -> [String] {
        var visited: Set<SchemaModel.NodeID> = []
        var limits: [(rank: Int, words: String)] = []
        var others: [String] = []
        func collect(_ id: SchemaModel.NodeID) {
            guard visited.insert(id).inserted else { return }
            for assertion in model[id].assertions {
                switch assertion.kind {
                case .refer(let target): collect(target)
                case .all(let parts): parts.forEach(collect)
                case .pattern(let pattern): others.append("matches `\(pattern)`")
                case .uniqueItems: others.append("unique items")
                default: if let limit = limit(assertion.kind) { limits.append(limit) }
                }
            }
        }
        collect(id)
        return limits.sorted { $0.rank < $1.rank }.map(\.words) + others
    }

    /// The words of an assertion that limits a value of one type, and their place among others.
    private static func limit(_ kind: Assertion.Kind) -> (rank: Int, words: String)? {
        func words(_ rank: Int, _ instruction: Plan.Instruction) -> (rank: Int, words: String) {
            (rank, Plan().expectation(instruction))
        }
        switch kind {
        case .minimumLength(0), .minimumItems(0), .minimumProperties(0): return nil
        case .minimumLength(let count): return words(0, .minimumLength(count))
        case .maximumLength(let count): return words(1, .maximumLength(count))
        case .format(let format): return (2, format.phrase)
        case .bound(let bound):
            return ((bound.side == .minimum ? 3 : 4) + (bound.isExclusive ? 2 : 0), bound.phrase)
        case .multipleOf(let divisor): return (7, "a multiple of \(divisor)")
        case .minimumItems(let count): return words(8, .minimumItems(count))
        case .maximumItems(let count): return words(9, .maximumItems(count))
        case .minimumProperties(let count): return words(10, .minimumProperties(count))
        case .maximumProperties(let count): return words(11, .maximumProperties(count))
        default: return nil
        }
    }
}
