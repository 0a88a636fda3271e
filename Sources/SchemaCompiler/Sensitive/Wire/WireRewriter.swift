import ContractModel
import JSONSchema
import JSONTape

/// A rewriter that writes schemas for messages as they are sent: an encrypted value is a string, and what depends on
/// encrypted values is left out.
struct WireRewriter {
    let changes: WireChanges
    /// The keys of each category.
    let keys: [EncryptionDeclaration.Keys?]
    /// The names of the categories.
    let categories: [String]

    func rewritten(_ file: SchemaFile) -> SchemaFile {
        var rewritten = file
        rewritten.root = node(file.root, Path(file: file.name))
        return rewritten
    }

    private struct Path {
        var file: String
        var pointer = JSONPointer()

        var place: WireChanges.Place { WireChanges.Place(file: file, pointer: pointer) }

        func appending(_ token: String) -> Path { Path(file: file, pointer: pointer.appending(token)) }
    }

    private func node(_ node: SourceNode, _ path: Path) -> SourceNode {
        let change = changes[path.place]
        if let change, let category = change.category, let keys = keys[category] {
            return change.isPlain ? either(node, path) : token(node, path, keys, category: categories[category])
        }
        switch node.content {
        case .null, .bool, .number, .string: return node
        case .sequence(let nodes):
            let parts = nodes.enumerated().map { self.node($0.element, path.appending(String($0.offset))) }
            return SourceNode(.sequence(parts), at: node.location)
        case .mapping(let entries):
            var entries = rewritten(entries, path)
            if let change { loosen(&entries, change.loosened, at: node.location) }
            return SourceNode(.mapping(entries), at: node.location)
        }
    }

    private func rewritten(_ entries: [SourceNode.Entry], _ path: Path) -> [SourceNode.Entry] {
        entries.map { entry in
            SourceNode.Entry(key: entry.key, value: node(entry.value, path.appending(entry.key.value)))
        }
    }

    // MARK: Encrypted values

    /// The documentation and the names of an encrypted value.
    private static let kept: Set<String> = [
        "$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$comment", "title", "description",
        "deprecated", "readOnly", "writeOnly", "confluent:tags",
    ]

    /// Keywords with schemas that say nothing about a string.
    private static let containers: Set<String> = [
        "$defs", "definitions", "properties", "patternProperties", "additionalProperties", "dependentSchemas",
        "dependencies", "propertyNames", "items", "prefixItems", "additionalItems", "contains",
    ]

    /// Keywords that say something about strings, or about values of all types.
    private static let aboutStrings: Set<String> = [
        "type", "enum", "const", "minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType",
        "contentSchema", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "$dynamicRef", "$recursiveRef",
        "default", "example", "examples",
    ]

    /// Keywords that depend on what other keywords, perhaps left out, have evaluated.
    private static let unevaluated: Set<String> = ["unevaluatedItems", "unevaluatedProperties"]

    /// Returns the schema of a token.
    private func token(
        _ node: SourceNode, _ path: Path, _ keys: EncryptionDeclaration.Keys, category: String
    ) -> SourceNode {
        var entries: [SourceNode.Entry] = []
        if case .mapping(let own) = node.content {
            entries = own.filter { entry in
                Self.kept.contains(entry.key.value)
                    // Other schemas refer to what is in it.
                    || Self.containers.contains(entry.key.value) && hasTarget(in: path.appending(entry.key.value))
            }
            entries = rewritten(entries, path)
        }
        func entry(_ key: String, _ content: SourceNode.Content) -> SourceNode.Entry {
            SourceNode.Entry(
                key: Located(key, at: node.location), value: SourceNode(content, at: node.location))
        }
        let description = [entry("scheme", .string(keys.scheme.rawValue)), entry("key", .string(keys.name))]
        entries += [
            entry("type", .string("string")), entry("pattern", .string(keys.scheme.tokenPattern)),
            entry("x-sensitive", .string(category)),
            entry("x-encrypted", .mapping(description)),
        ]
        return SourceNode(.mapping(entries), at: node.location)
    }

    private func hasTarget(in path: Path) -> Bool {
        changes.targets.contains { target in
            target.file == path.file && target.pointer.tokens.count > path.pointer.tokens.count
                && JSONPointer(tokens: Array(target.pointer.tokens.prefix(path.pointer.tokens.count))) == path.pointer
        }
    }

    /// Returns the schema of values of which some are encrypted: it accepts every token.
    private func either(_ node: SourceNode, _ path: Path) -> SourceNode {
        guard case .mapping(let own) = node.content else {
            return SourceNode(.mapping([]), at: node.location)
        }
        let entries = own.filter {
            !Self.aboutStrings.contains($0.key.value) && !Self.unevaluated.contains($0.key.value)
        }
        return SourceNode(.mapping(rewritten(entries, path)), at: node.location)
    }

    // MARK: Dependent keywords

    /// Replaces keywords by what is certain on the wire: of `oneOf`, that a branch applies; of `if`, that its condition and
    /// `then` apply, or `else` does.
    private func loosen(_ entries: inout [SourceNode.Entry], _ keywords: Set<String>, at location: SourceLocation) {
        func schema(_ name: String, _ schemas: [SourceNode]) -> SourceNode {
            let list = SourceNode(.sequence(schemas), at: location)
            return SourceNode(.mapping([.init(key: Located(name, at: location), value: list)]), at: location)
        }
        func take(_ name: String) -> SourceNode? {
            guard let index = entries.firstIndex(where: { $0.key.value == name }) else { return nil }
            return entries.remove(at: index).value
        }
        for name in ["not", "maxContains", "enum", "const", "example", "examples"] where keywords.contains(name) {
            _ = take(name)
        }
        if keywords.contains("oneOf"), case .sequence(let branches)? = take("oneOf")?.content {
            add(branches, to: &entries, at: location)
        }
        if keywords.contains("if"), let condition = take("if") {
            let (then, otherwise) = (take("then"), take("else"))
            let accepting = SourceNode(.bool(true), at: location)
            add(
                [then.map { schema("allOf", [condition, $0]) } ?? condition, otherwise ?? accepting], to: &entries,
                at: location)
        }
    }

    /// Adds an `anyOf` to a schema that may have one.
    private func add(_ branches: [SourceNode], to entries: inout [SourceNode.Entry], at location: SourceLocation) {
        let list = SourceNode(.sequence(branches), at: location)
        let entry = SourceNode.Entry(key: Located("anyOf", at: location), value: list)
        guard entries.contains(where: { $0.key.value == "anyOf" }) else {
            entries.append(entry)
            return
        }
        let part = SourceNode(.mapping([entry]), at: location)
        if let index = entries.firstIndex(where: { $0.key.value == "allOf" }),
            case .sequence(let parts) = entries[index].value.content
        {
            entries[index].value.content = .sequence(parts + [part])
        } else {
            entries.append(
                SourceNode.Entry(
                    key: Located("allOf", at: location), value: SourceNode(.sequence([part]), at: location)))
        }
    }
}

extension EncryptionDeclaration.Scheme {
    /// The form of the scheme's tokens, as a regular expression.
    fileprivate var tokenPattern: String {
        switch self {
        // Base64 of version 1, the size of an ID up to 64, and at least 32 more bytes.
        case .aes256GCM: "^A[Q-U][A-Za-z0-9_-]{44,}$"
        // Base64 of version 0x80, a time before the year 2106, and at least 64 more bytes.
        case .fernet: "^gAAAAA[A-Za-z0-9_-]{92,}={0,2}$"
        }
    }
}
