import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// The members that each object which a node accepts must have, with the only values that they may have, by their paths:
/// the discriminators of messages, and the `const` members of a union's branches.
///
/// Two nodes whose values differ at a path share no object. This decides most of a large union at once, where a search
/// would try all combinations of its branches.
struct ObjectTags {
    typealias Path = [JSONName]

    /// Whether the node accepts objects alone.
    private(set) var isObject = false
    private(set) var values: [Path: Set<JSONValue>] = [:]

    /// The longest path, and the deepest nesting of references and `allOf`.
    private static let mostLevels = 6

    init() {}

    /// Creates the tags of a node of a model.
    init(of id: SchemaModel.NodeID, in model: SchemaModel) {
        self.init(of: id, in: model, levels: Self.mostLevels)
    }

    private init(of id: SchemaModel.NodeID, in model: SchemaModel, levels: Int) {
        guard levels > 0 else { return }
        let parts = Self.parts(of: id, in: model, levels: levels)
        isObject = parts.contains { if case .types(.object) = $0 { true } else { false } }
        var required: Set<JSONName> = []
        for case .required(let names) in parts { required.formUnion(names.map { JSONName($0) }) }
        guard !required.isEmpty else { return }
        for case .members(let members) in parts {
            for property in members.properties {
                let name = JSONName(property.name.value)
                guard required.contains(name) else { continue }
                for part in Self.parts(of: property.node, in: model, levels: levels - 1) {
                    if case .values(let values) = part { add(Set(values), at: [name]) }
                }
                let inner = ObjectTags(of: property.node, in: model, levels: levels - 1)
                guard inner.isObject else { continue }
                for (path, values) in inner.values { add(values, at: [name] + path) }
            }
        }
    }

    /// Returns the conditions of a node that hold for each of its values, also those of `allOf` and references.
    private static func parts(
        of id: SchemaModel.NodeID, in model: SchemaModel, levels: Int
    ) -> [Assertion.Kind] {
        guard levels > 0 else { return [] }
        return model[model.resolve(id)].assertions.map(\.kind).flatMap { kind in
            switch kind {
            case .refer(let node): parts(of: node, in: model, levels: levels - 1)
            case .all(let nodes): nodes.flatMap { parts(of: $0, in: model, levels: levels - 1) }
            default: [kind]
            }
        }
    }

    private mutating func add(_ allowed: Set<JSONValue>, at path: Path) {
        values[path] = values[path].map { $0.intersection(allowed) } ?? allowed
    }

    /// Adds the tags of another node that accepts the same object.
    mutating func formIntersection(_ other: ObjectTags) {
        isObject = isObject || other.isObject
        for (path, allowed) in other.values { add(allowed, at: path) }
    }

    /// Whether no object has these tags.
    var isEmpty: Bool { values.contains { $0.value.isEmpty } }

    /// Returns whether no object has the tags of both.
    func contradict(_ other: ObjectTags) -> Bool {
        let (fewer, more) = values.count < other.values.count ? (self, other) : (other, self)
        return fewer.values.contains { path, allowed in
            more.values[path].map { $0.isDisjoint(with: allowed) } ?? false
        }
    }

    /// Returns whether no value has the tags of two of some nodes.
    static func areDistinct(_ all: [ObjectTags]) -> Bool {
        guard let first = all.first, all.allSatisfy(\.isObject) else { return false }
        return first.values.keys.contains { path in
            var seen: Set<JSONValue> = []
            return all.allSatisfy { tags in
                guard let allowed = tags.values[path] else { return false }
                return allowed.allSatisfy { seen.insert($0).inserted }
            }
        }
    }
}
