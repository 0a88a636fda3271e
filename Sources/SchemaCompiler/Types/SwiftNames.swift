import ContractModel
import JSONSchema
import JSONTape

/// The Swift names that a contract sets: `x-swift-name`, `x-swift-names`, `x-enum-varnames` and `x-enumNames` in schemas,
/// and `swift_names` of a message in the manifest, which takes precedence.
struct SwiftNames {
    typealias NodeID = SchemaModel.NodeID

    private var names: [NodeID: String] = [:]
    private var valueNames: [NodeID: [JSONValue: String]] = [:]

    /// The names that schemas set.
    init(_ model: SchemaModel, diagnostics: inout Diagnostics) {
        for id in model.ids {
            let annotations = model[id].annotations
            guard !annotations.extensions.isEmpty else { continue }
            if let name = Self.name(annotations["x-swift-name"], "x-swift-name", diagnostics: &diagnostics) {
                names[id] = name
            }
            readValueNames(id, model, diagnostics: &diagnostics)
        }
    }

    /// The name set for a schema.
    subscript(id: NodeID) -> String? { names[id] }

    /// The name set for a value of an enum.
    subscript(id: NodeID, value: JSONValue) -> String? { valueNames[id]?[value] }

    // MARK: Schemas

    /// A name that a schema sets, where Swift can have it.
    private static func name(_ node: SourceNode?, _ word: String, diagnostics: inout Diagnostics) -> String? {
        guard let node else { return nil }
        guard case .string(let text) = node.content else {
            diagnostics.error(
                .schemaValue, at: node.location, "'\(word)' must be a string, found \(node.kindName)")
            return nil
        }
        guard let fault = SwiftName.fault(in: text) else { return text }
        diagnostics.error(.invalidName, at: node.location, fault.text, hint: fault.hint)
        return nil
    }

    private mutating func readValueNames(_ id: NodeID, _ model: SchemaModel, diagnostics: inout Diagnostics) {
        let annotations = model[id].annotations
        let values = model.statedValues(of: id)
        // These are other generators' words: a name that Swift can't have is a hint for another language.
        for word in ["x-enumNames", "x-enum-varnames"] {
            guard case .sequence(let nodes)? = annotations[word]?.content else { continue }
            for (value, node) in zip(values, nodes) {
                guard case .string(let text) = node.content else { continue }
                valueNames[id, default: [:]][value] = SwiftName.enumCase(text)
            }
        }
        guard let own = annotations["x-swift-names"] else { return }
        guard case .mapping(let entries) = own.content else {
            diagnostics.error(
                .schemaValue, at: own.location, "'x-swift-names' must be an object, found \(own.kindName)")
            return
        }
        for entry in entries {
            guard let name = Self.name(entry.value, "x-swift-names", diagnostics: &diagnostics) else { continue }
            guard let value = model.statedValue(entry.key.value, of: id) else {
                diagnostics.error(
                    .schemaValue, at: entry.key.location, "'\(entry.key.value)' is not in the 'enum' of this schema",
                    hint: Suggestion.nearest(to: entry.key.value, among: values.map(\.words))
                        .map { "did you mean '\($0)'?" })
                continue
            }
            valueNames[id, default: [:]][value] = name
        }
    }

    // MARK: Manifest

    /// Adds the names that the manifest sets for a message's schema.
    mutating func read(_ declaration: MessageDeclaration, _ model: SchemaModel, diagnostics: inout Diagnostics) {
        for (pointer, name) in declaration.swiftNames {
            if let fault = SwiftName.fault(in: name.value) {
                diagnostics.error(.invalidName, at: name.location, fault.text, hint: fault.hint)
                continue
            }
            switch model.target(of: pointer.value, file: declaration.schema.value) {
            case .schema(let id): names[id] = name.value
            case .value(let id, let value): valueNames[id, default: [:]][value] = name.value
            case .unknown: continue
            case nil:
                diagnostics.error(
                    .pointerNotFound, at: pointer.location,
                    "\(declaration.schema.value) has no property, enum value or schema '\(pointer.value)'",
                    hint: "write a property as /payload/status, an enum's value as /payload/status/VALUE, and another "
                        + "schema as #/$defs/NAME")
            }
        }
    }
}

extension SchemaModel {
    enum NameTarget {
        case schema(NodeID)
        case value(NodeID, JSONValue)
        /// A schema on the way has an error, which may be why the target was not found.
        case unknown
    }

    /// The values that a schema lists by `enum` or `const`.
    func statedValues(of id: NodeID) -> [JSONValue] {
        for assertion in self[id].assertions {
            if case .values(let values) = assertion.kind { return values }
        }
        return []
    }

    /// The value of an `enum` that a text means: a string, or another value as JSON.
    func statedValue(_ text: String, of id: NodeID) -> JSONValue? {
        let values = statedValues(of: id)
        return values.first { $0 == .string(text) } ?? values.first { $0.words == text }
    }

    /// The schema of a property that a name means, also where a schema consists of others.
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

    /// The schema that a pointer into a value, or into a file after `#`, means.
    func node(at key: String, file: String) -> NodeID? {
        if case .schema(let id)? = target(of: key, file: file) { return shapeSource(of: id).node }
        return nil
    }

    /// The schema or value that a key of `swift_names` means; `nil` where there is none.
    func target(of key: String, file: String) -> NameTarget? {
        if key.hasPrefix("#") {
            guard let pointer = JSONPointer(fragment: key.dropFirst()) else { return nil }
            let file = SchemaFile.name(of: file)
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

extension JSONValue {
    /// A string's text, and the JSON of another value.
    var words: String {
        if case .string(let text) = self { return text }
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.text()).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
