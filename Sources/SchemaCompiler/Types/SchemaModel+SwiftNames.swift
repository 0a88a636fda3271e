import ContractModel
import JSONSchema
import JSONTape

extension SchemaModel {
    enum NameTarget {
        case schema(NodeID)
        case value(NodeID, JSONValue)
        /// A schema on the way has an error, which may be why the target was not found.
        case unknown
    }

    /// Returns the values that a schema lists by `enum` or `const`.
    func statedValues(of id: NodeID) -> [JSONValue] {
        for assertion in self[id].assertions {
            if case .values(let values) = assertion.kind { return values }
        }
        return []
    }

    /// Returns the value of an `enum` that a string means: a string, or another value as JSON.
    func statedValue(_ text: String, of id: NodeID) -> JSONValue? {
        let values = statedValues(of: id)
        return values.first { $0 == .string(text) } ?? values.first { $0.words == text }
    }

    /// Returns the schema of a property that a name means, also where a schema consists of others.
    func property(_ name: String, of id: NodeID) -> NodeID? {
        var visited: Set<NodeID> = []
        func find(_ id: NodeID) -> NodeID? {
            guard visited.insert(id).inserted else { return nil }
            for assertion in self[id].assertions {
                switch assertion.kind {
                case .members(let members):
                    if let found = members.properties.first(where: { JSONName($0.name.value) == JSONName(name) }) {
                        return found.node
                    }
                case .refer, .all, .any, .one:
                    for child in assertion.kind.children { if let found = find(child) { return found } }
                default: break
                }
            }
            return nil
        }
        return find(id)
    }

    /// Returns the schema that a pointer into a value, or into a file after `#`, means.
    func node(at key: String, file: String) -> NodeID? {
        if case .schema(let id)? = target(of: key, file: file) { return shapeSource(of: id).node }
        return nil
    }

    /// Returns the schema or value that a key of `swift_names` means; `nil` where there is none.
    func target(of key: String, file: String) -> NameTarget? {
        if !key.isEmpty, !key.hasPrefix("/") {
            let parts = key.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, let pointer = JSONPointer(fragment: parts.count > 1 ? parts[1] : "") else {
                return nil
            }
            let file = name.isEmpty ? SchemaFile.name(of: file) : String(name)
            return ids.first { self[$0].file == file && self[$0].pointer == pointer }.map { .schema($0) }
        }
        guard let pointer = JSONPointer(key), !pointer.tokens.isEmpty, var id = roots[file] else { return nil }
        for (index, token) in pointer.tokens.enumerated() {
            guard self[shapeSource(of: id).node].isComplete else { return .unknown }
            if let property = property(token, of: id) {
                id = property
            } else {
                let outer = shapeSource(of: id).node
                guard index == pointer.tokens.count - 1 else { return nil }
                return statedValue(token, of: outer).map { .value(outer, $0) }
            }
        }
        return .schema(id)
    }
}
