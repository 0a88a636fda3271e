import ContractModel
import JSONTape

/// The references of one schema document, which lead to places in it.
struct SchemaReferences {
    let root: JSONValue
    /// The pointers of the places that have an identifier or an anchor.
    private var named: [String: [String]] = [:]

    init(_ root: JSONValue) {
        self.root = root
        collect(root, at: [])
    }

    private mutating func collect(_ value: JSONValue, at path: [String]) {
        switch value {
        case .object(let object):
            for (key, prefix) in [("$id", ""), ("id", ""), ("$anchor", "#"), ("$dynamicAnchor", "#")] {
                guard let name = object[key]?.text, named[prefix + name] == nil else { continue }
                named[prefix + name] = path
            }
            for (key, member) in object { collect(member, at: path + [key]) }
        case .array(let elements):
            for (index, element) in elements.enumerated() { collect(element, at: path + [String(index)]) }
        case .null, .bool, .number, .string: break
        }
    }

    /// Finds the schema that a reference leads to, with its place in the document.
    func target(of reference: String) throws(RegistryFailure) -> (value: JSONValue, path: [String]) {
        if let path = named[reference], let value = value(at: path) { return (value, path) }
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let start = parts.first.flatMap { $0.isEmpty ? [] : named[String($0)] ?? named[$0 + "#"] }
        let fragment = parts.count > 1 ? parts[1] : ""
        guard let start, let pointer = JSONPointer(fragment: fragment), let value = value(at: start + pointer.tokens)
        else { throw RegistryFailure(text: "the reference '\(reference)' leads out of the schema") }
        return (value, start + pointer.tokens)
    }

    private func value(at path: [String]) -> JSONValue? {
        var value = root
        for token in path {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(token), elements.indices.contains(index) else { return nil }
                value = elements[index]
            case .null, .bool, .number, .string: return nil
            }
        }
        return value
    }
}
