import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// A reader of the tags of nodes. Nodes that refer to the same node share what has been read of it.
struct ObjectTagReader {
    typealias NodeID = SchemaModel.NodeID

    /// The conditions that hold for each value of a node, also those of `allOf` and references.
    private struct Parts {
        var isObject = false
        var required: Set<JSONName> = []
        var values: [Set<JSONValue>] = []
        var divisions: [[Assertion.Property]] = []

        var isEmpty: Bool { !isObject && required.isEmpty && values.isEmpty && divisions.isEmpty }

        mutating func add(_ other: Parts) {
            // The common case, in which nothing is copied.
            guard !isEmpty else { return self = other }
            isObject = isObject || other.isObject
            required.formUnion(other.required)
            values += other.values
            divisions += other.divisions
        }
    }

    private struct Key: Hashable {
        var node: NodeID
        var members: Int
    }

    /// The members on the longest path.
    private static let mostMembers = 6
    /// The deepest nesting of references and `allOf`.
    private static let mostReferences = 100

    private var parts: [NodeID: Parts] = [:]
    private var known: [Key: ObjectTags] = [:]

    /// Returns the tags of a node of a model, which may have got more nodes since the last call.
    mutating func tags(of id: NodeID, in model: SchemaModel) -> ObjectTags {
        tags(of: id, in: model, members: Self.mostMembers)
    }

    private mutating func tags(of id: NodeID, in model: SchemaModel, members: Int) -> ObjectTags {
        let id = Self.source(of: id, in: model)
        let key = Key(node: id, members: members)
        if let tags = known[key] { return tags }
        let parts = parts(of: id, in: model, references: Self.mostReferences)
        var tags = ObjectTags()
        tags.isObject = parts.isObject
        if members > 0, !parts.required.isEmpty {
            for property in parts.divisions.joined() {
                let name = JSONName(property.name.value)
                guard parts.required.contains(name) else { continue }
                let value = self.parts(of: model.resolve(property.node), in: model, references: Self.mostReferences)
                for allowed in value.values { tags.add(allowed, at: [name]) }
                guard value.isObject else { continue }
                for (path, allowed) in self.tags(of: property.node, in: model, members: members - 1).values {
                    tags.add(allowed, at: [name] + path)
                }
            }
        }
        known[key] = tags
        return tags
    }

    /// Returns the node that has all tags of a node: another one where they all follow from one reference.
    private static func source(of id: NodeID, in model: SchemaModel) -> NodeID {
        var id = id
        while true {
            let kinds = model[id].assertions.map(\.kind).filter(\.concernsTags)
            guard kinds.count == 1, case .refer(let target) = kinds[0] else { return id }
            id = target
        }
    }

    private mutating func parts(of id: NodeID, in model: SchemaModel, references: Int) -> Parts {
        if let known = parts[id] { return known }
        guard references > 0 else { return Parts() }
        var found = Parts()
        for assertion in model[id].assertions {
            switch assertion.kind {
            case .refer(let node): found.add(parts(of: model.resolve(node), in: model, references: references - 1))
            case .all(let nodes):
                for node in nodes {
                    found.add(parts(of: model.resolve(node), in: model, references: references - 1))
                }
            case .types(.object): found.add(Parts(isObject: true))
            case .required(let names): found.add(Parts(required: Set(names.map { JSONName($0) })))
            case .values(let values): found.add(Parts(values: [Set(values)]))
            case .members(let members): found.add(Parts(divisions: [members.properties]))
            default: break
            }
        }
        parts[id] = found
        return found
    }
}

extension Assertion.Kind {
    fileprivate var concernsTags: Bool {
        switch self {
        case .refer, .all, .types(.object), .required, .values, .members: true
        default: false
        }
    }
}
