package import ContractModel
package import JSONTape

/// A schema with all that it refers to in one JSON text, as a schema registry stores it.
package struct SchemaBundle: Hashable, Sendable {
    /// The schema, in the order of the file's members.
    package var value: JSONValue
    /// The `title` of the schema; `nil` where it has none.
    package var title: String?
    /// The version of JSON Schema that the text is written in.
    package var draft: SchemaDraft
    /// The drafts of the definitions that are written in another one, by the names of the definitions.
    package var otherDrafts: [String: SchemaDraft] = [:]
    /// The names of the files that the schema consists of, its own first.
    package var files: [String]
}

/// A bundler of the documents that a schema needs.
struct Bundler {
    let schemas: SchemaSet
    let root: SchemaSet.PlaceID
    /// The reference to the schema, for messages.
    let name: String
    /// Whether files may be written in different drafts.
    let mixesDrafts: Bool

    private var rootDocument: Int { schemas[root].document }
    private var isWholeFile: Bool { schemas[root].pointer.tokens.isEmpty }
    private var draft: SchemaDraft { schemas.dialect(of: root).draft }
    private var definitions: String { draft < .draft2019 ? "definitions" : "$defs" }

    func bundle(diagnostics: inout Diagnostics) -> SchemaBundle? {
        let documents = reachableDocuments()
        var title: String?
        if case .string(let text)? = schemas[root].node["title"]?.content { title = text }
        let node = schemas.documents[rootDocument].root
        if isWholeFile, documents.count == 1, schemas.documents[rootDocument].uri.hasPrefix(SchemaDocument.fileScheme),
            !refersToOwnPath(of: rootDocument)
        {
            return SchemaBundle(value: dated(node.jsonValue), title: title, draft: draft, files: files(documents))
        }
        guard checkDocuments(documents, diagnostics: &diagnostics) else { return nil }
        let names = names(of: documents)
        func pointer(to place: SchemaSet.PlaceID) -> JSONPointer {
            let target = schemas[place]
            guard let name = names[target.document] else { return target.pointer }
            return JSONPointer(tokens: [definitions, name] + target.pointer.tokens)
        }
        var embedded = names.sorted { $0.value < $1.value }.map { document, name in
            (name, rewritten(schemas.documents[document].root, document, JSONPointer(), keepsID: false, pointer))
        }
        var members: JSONObject
        if isWholeFile {
            let own = rewritten(node, rootDocument, JSONPointer(), keepsID: true, pointer)
            // A schema that is `true` or `false` refers to nothing, and is its own text.
            guard case .object(let object) = own else { return nil }
            members = object
            if case .object(let definitions)? = members[definitions] { embedded = Array(definitions) + embedded }
        } else {
            members = ["$ref": .string("#" + pointer(to: root).fragment)]
            if let title { members["title"] = .string(title) }
        }
        if !embedded.isEmpty { members[definitions] = .object(JSONObject(embedded)) }
        var bundle = SchemaBundle(
            value: dated(.object(members)), title: title, draft: draft, files: files(documents))
        for (document, name) in names where draft(of: document) != draft {
            bundle.otherDrafts[name] = draft(of: document)
        }
        return bundle
    }

    /// Returns the schema with its draft, so that it is not read by another one.
    private func dated(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value, object["$schema"] == nil else { return value }
        return .object(JSONObject([("$schema", .string(draft.statedURI))] + object.map { ($0.key, $0.value) }))
    }

    // MARK: Documents

    private func files(_ documents: [Int]) -> [String] { documents.map { schemas.documents[$0].file } }

    /// Returns the documents that references lead to from the root's, the root's first. Meta-schemas are left out.
    private func reachableDocuments() -> [Int] {
        var found = [rootDocument]
        var next = 0
        while next < found.count {
            let document = found[next]
            next += 1
            for place in schemas.placesByPointer[document].values {
                for keyword in KeywordTable.references {
                    guard let reference = schemas.references[.init(place: place, keyword: keyword)] else { continue }
                    let target = schemas[reference.target].document
                    if target < schemas.ownDocumentCount, !found.contains(target) { found.append(target) }
                }
            }
        }
        return [rootDocument] + found.dropFirst().sorted()
    }

    /// Returns whether a reference names the file that it is in, which a registry knows nothing of.
    private func refersToOwnPath(of document: Int) -> Bool {
        schemas.placesByPointer[document].values.contains { place in
            KeywordTable.references.contains { keyword in
                guard case .string(let text)? = schemas[place].node[keyword]?.content,
                    let reference = schemas.references[.init(place: place, keyword: keyword)]
                else { return false }
                return !text.hasPrefix("#") && schemas[reference.target].document == document
                    && schemas.resource(isFileOf: reference.target)
            }
        }
    }

    /// Returns the names of definitions: file names, which no definition of the root has.
    private func names(of documents: [Int]) -> [Int: String] {
        var taken: Set<String> = []
        if isWholeFile, case .mapping(let entries)? = schemas.documents[rootDocument].root[definitions]?.content {
            taken = Set(entries.map(\.key.value))
        }
        var names: [Int: String] = [:]
        for document in isWholeFile ? documents[1...] : documents[...] {
            var name = schemas.documents[document].file
            while !taken.insert(name).inserted { name += "_" }
            names[document] = name
        }
        return names
    }

    /// Returns the draft of a whole file.
    private func draft(of document: Int) -> SchemaDraft {
        schemas.placesByPointer[document][JSONPointer()].map { schemas.dialect(of: $0).draft } ?? draft
    }

    private func checkDocuments(_ documents: [Int], diagnostics: inout Diagnostics) -> Bool {
        for document in documents {
            let allowed = mixesDrafts ? draft(of: document) : draft
            let places = schemas.placesByPointer[document].values
            for place in places.sorted(by: { schemas[$0].node.location < schemas[$1].node.location }) {
                let (node, other) = (schemas[place].node, schemas.dialect(of: place).draft)
                guard other == allowed else {
                    let whole = mixesDrafts ? "the file in \(allowed.name)" : "'\(name)' in \(draft.name)"
                    refuse(
                        "this schema is written in \(other.name), and \(whole)",
                        at: (node["$schema"] ?? node).location, &diagnostics)
                    return false
                }
                let dynamic = ["$dynamicRef", "$recursiveRef"].first { keyword in
                    schemas.references[.init(place: place, keyword: keyword)]?.dynamicAnchor != nil
                }
                guard let dynamic else { continue }
                refuse(
                    "'\(dynamic)' may lead to any file of '\(name)'",
                    at: (node[dynamic] ?? node).location, &diagnostics)
                return false
            }
        }
        return true
    }

    private func refuse(_ reason: String, at place: SourceLocation, _ diagnostics: inout Diagnostics) {
        diagnostics.error(
            .registrySchema, at: place, "the files of a schema can't be written as one file: \(reason)",
            hint: "write them in one draft and without dynamic references, or move them into one file")
    }

    // MARK: Text

    /// Returns a node of a document with its references to places of the bundle, and without ids and anchors, which
    /// would give references another base.
    private func rewritten(
        _ node: SourceNode, _ document: Int, _ path: JSONPointer, keepsID: Bool,
        _ pointer: (SchemaSet.PlaceID) -> JSONPointer
    ) -> JSONValue {
        switch node.content {
        case .null, .bool, .number, .string: return node.jsonValue
        case .sequence(let nodes):
            return .array(
                nodes.enumerated().map { index, child in
                    rewritten(child, document, path.appending(String(index)), keepsID: false, pointer)
                })
        case .mapping(let entries):
            let place = schemas.placesByPointer[document][path]
            var members = JSONObject()
            for entry in entries {
                let name = entry.key.value
                if let place {
                    if let reference = schemas.references[.init(place: place, keyword: name)],
                        schemas[reference.target].document < schemas.ownDocumentCount
                    {
                        members[name] = .string("#" + pointer(reference.target).fragment)
                        continue
                    }
                    if Self.naming.contains(name), !keepsID { continue }
                    if Self.data.contains(name) {
                        members[name] = entry.value.jsonValue
                        continue
                    }
                }
                members[name] = rewritten(
                    entry.value, document, path.appending(name), keepsID: false, pointer)
            }
            return .object(members)
        }
    }

    private static let naming: Set<String> = ["$id", "id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor"]
    /// Keywords whose values are not schemas, even if they look like schemas.
    private static let data: Set<String> = ["const", "enum", "default", "example", "examples"]
}

extension SchemaSet {
    /// Returns whether a place belongs to the resource that a whole file is, which has no id of its own.
    fileprivate func resource(isFileOf place: PlaceID) -> Bool {
        self[self[place].resource].uri.hasPrefix(SchemaDocument.fileScheme)
    }
}

extension SchemaDraft {
    /// The URI as schemas state it: of older drafts with an empty fragment.
    fileprivate var statedURI: String { self < .draft2019 ? uri + "#" : uri }
}
