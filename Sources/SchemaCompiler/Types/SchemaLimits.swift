import ContractModel
package import JSONSchema
import JSONTape
import SchemaPlan

/// The limits of a schema's values in words, apart from their type: "at least 1 character".
package enum SchemaLimits {
    /// The depth of nested lists or maps that are documented: the schema of an item may be that of the list.
    private static let maximumDepth = 3

    /// Returns the limits of a value, and those of its parts that have no declaration of their own, a group each: "at most 5
    /// items", "each item: at least 1 character".
    package static func groups(of id: SchemaModel.NodeID, in model: SchemaModel) -> [String] {
        groups(of: id, in: model, depth: maximumDepth)
    }

    private static func groups(of id: SchemaModel.NodeID, in model: SchemaModel, depth: Int) -> [String] {
        let own = words(of: id, in: model)
        var groups = own.isEmpty ? [] : [own.joined(separator: ", ")]
        guard depth > 0 else { return groups }
        for (subject, part) in parts(of: id, in: model) {
            groups += self.groups(of: part, in: model, depth: depth - 1).map { "\(subject): \($0)" }
        }
        return groups
    }

    /// Returns the schemas of a list's items, and of a map's names and values, each with the word for it.
    private static func parts(
        of id: SchemaModel.NodeID, in model: SchemaModel
    ) -> [(subject: String, node: SchemaModel.NodeID)] {
        var visited: Set<SchemaModel.NodeID> = []
        var parts: [(subject: String, node: SchemaModel.NodeID)] = []
        func collect(_ id: SchemaModel.NodeID) {
            guard visited.insert(id).inserted else { return }
            for assertion in model[id].assertions {
                switch assertion.kind {
                case .refer(let target): collect(target)
                case .all(let branches): branches.forEach(collect)
                // The elements of a tuple are properties of a type.
                case .items(let items) where items.prefix.isEmpty:
                    if let rest = items.rest { parts.append(("each item", rest)) }
                case .propertyNames(let names): parts.append(("each name", names))
                // The members of an object with properties are those of a type.
                case .members(let members) where members.properties.isEmpty:
                    for pattern in members.patterns {
                        parts.append(("each value of a name that matches `\(pattern.pattern.value)`", pattern.node))
                    }
                    if let additional = members.additional { parts.append(("each value", additional)) }
                default: break
                }
            }
        }
        collect(id)
        return parts
    }

    /// Returns the limits of a value itself.
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

    /// Returns the smallest and the largest number that a schema allows, as far as it states them.
    static func numbers(of id: SchemaModel.NodeID, in model: SchemaModel) -> (least: Double?, most: Double?) {
        var visited: Set<SchemaModel.NodeID> = []
        var (least, most): (Double?, Double?)
        func collect(_ id: SchemaModel.NodeID) {
            guard visited.insert(id).inserted else { return }
            for assertion in model[id].assertions {
                switch assertion.kind {
                case .refer(let target): collect(target)
                case .all(let parts): parts.forEach(collect)
                case .bound(let bound) where bound.side == .minimum:
                    least = max(least ?? bound.value.doubleValue, bound.value.doubleValue)
                case .bound(let bound): most = min(most ?? bound.value.doubleValue, bound.value.doubleValue)
                default: break
                }
            }
        }
        collect(id)
        return (least, most)
    }

    /// Returns the words of an assertion that limits a value of one type, and their place among others.
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
