import ContractModel
import JSONTape

extension SchemaSet {
    /// Finds the schemas of a document by the positions of subschemas.
    mutating func scanDocument(_ index: Int, diagnostics: inout Diagnostics) {
        let document = documents[index]
        let dialect = rootDialect(of: document, diagnostics: &diagnostics)
        let resource = ResourceID(index: resources.count)
        let root = PlaceID(index: places.count)
        resources.append(Resource(uri: document.uri, root: root, dialect: dialect))
        register(resource, uri: document.uri, at: document.root.location, diagnostics: &diagnostics)
        scan(document.root, document: index, at: JSONPointer(), in: resource, diagnostics: &diagnostics)
    }

    /// Adds a place, and all places below it.
    mutating func scan(
        _ node: SourceNode, document: Int, at pointer: JSONPointer, in resource: ResourceID,
        diagnostics: inout Diagnostics
    ) {
        guard placesByPointer[document][pointer] == nil else { return }
        let place = PlaceID(index: places.count)
        places.append(Place(node: node, document: document, pointer: pointer, resource: resource))
        placesByPointer[document][pointer] = place
        guard case .mapping(let entries) = node.content else { return }
        let own = identify(place, isRoot: pointer.tokens.isEmpty, diagnostics: &diagnostics)
        places[place.index].resource = own
        let dialect = self[own].dialect
        if entries.contains(where: { KeywordTable.references.contains($0.key.value) }) { pending.append(place) }
        for entry in entries {
            guard let keyword = KeywordTable.keyword(entry.key.value, in: dialect),
                keyword.form != .anything
            else { continue }
            for child in keyword.form.subschemas(of: entry.value) {
                scan(
                    child.node, document: document,
                    at: JSONPointer(tokens: pointer.tokens + [entry.key.value] + child.tokens), in: own,
                    diagnostics: &diagnostics)
            }
        }
    }

    /// Reads a schema's `$id` and anchors; returns its resource.
    private mutating func identify(
        _ place: PlaceID, isRoot: Bool, diagnostics: inout Diagnostics
    ) -> ResourceID {
        let node = self[place].node
        var resource = self[place].resource
        var dialect = self[resource].dialect
        let stated = isRoot ? nil : statedDialect(of: node, at: place, diagnostics: &diagnostics)
        let id = identifier(of: node, in: stated ?? dialect)
        if let id, case .string(let text) = id.content {
            let reference = URIReference(text)
            let absolute = reference.resolved(against: URIReference(self[resource].uri))
            if !reference.withoutFragment.isEmpty || isRoot && reference.fragment == nil {
                if isRoot {
                    resources[resource.index].uri = absolute.withoutFragment
                } else {
                    dialect = stated ?? dialect
                    resource = ResourceID(index: resources.count)
                    resources.append(Resource(uri: absolute.withoutFragment, root: place, dialect: dialect))
                }
                register(resource, uri: absolute.withoutFragment, at: node.location, diagnostics: &diagnostics)
                if isRoot, !reference.isAbsolute { registerFromFolder(resource, id: reference) }
            }
            if let anchor = reference.fragment, !anchor.isEmpty, !anchor.hasPrefix("/") {
                resources[resource.index].anchors[JSONName(anchor)] = place
            }
        }
        readAnchors(of: node, at: place, in: resource, dialect)
        return resource
    }

    /// Registers a resource. The first one of a URI keeps it: what a reference by that URI means can't depend on where
    /// the reference is.
    private mutating func register(
        _ resource: ResourceID, uri: String, at location: SourceLocation, diagnostics: inout Diagnostics
    ) {
        guard let other = resourcesByURI[uri] else {
            resourcesByURI[uri] = resource
            return
        }
        guard other != resource, isOwn(self[resource].root), isOwn(self[other].root) else { return }
        diagnostics.warning(
            .duplicateSchema, at: location,
            "duplicate URI '\(SchemaDocument.displayName(uri))': references to it resolve to "
                + "\(self[self[other].root].node.location)",
            hint: "give each schema an '$id' of its own")
    }

    /// Registers a relative id by its text: many projects have ids that are relative to their folder of schemas.
    private mutating func registerFromFolder(_ resource: ResourceID, id: URIReference) {
        let uri = id.resolved(against: URIReference(SchemaDocument.fileScheme)).withoutFragment
        resources[resource.index].rootURI = uri
        aliases.append((uri, resource))
    }

    /// Returns the value of `$id`, or `id`; `nil` where the draft ignores it beside `$ref`.
    private func identifier(of node: SourceNode, in dialect: Dialect) -> SourceNode? {
        if dialect.draft.ignoresReferenceSiblings, case .string? = node["$ref"]?.content { return nil }
        // Draft 4 has `id`; `$id` is what people write who know later drafts.
        if dialect.draft == .draft4, let id = node["id"], case .string = id.content { return id }
        return node["$id"]
    }

    private mutating func readAnchors(
        of node: SourceNode, at place: PlaceID, in resource: ResourceID, _ dialect: Dialect
    ) {
        guard dialect.draft >= .draft2019 else { return }
        if case .string(let name)? = node["$anchor"]?.content {
            resources[resource.index].anchors[JSONName(name)] = place
        }
        if dialect.draft == .draft2019 {
            if case .bool(true)? = node["$recursiveAnchor"]?.content, self[resource].root == place {
                resources[resource.index].dynamicAnchors[JSONName("")] = place
            }
        } else if case .string(let name)? = node["$dynamicAnchor"]?.content {
            resources[resource.index].anchors[JSONName(name)] = place
            resources[resource.index].dynamicAnchors[JSONName(name)] = place
        }
    }
}
