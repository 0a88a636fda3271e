import ContractModel
import JSONTape

extension SchemaSet {
    /// Resolves the references of all places, and of those that they lead to.
    mutating func resolveReferences(diagnostics: inout Diagnostics) {
        while let place = pending.popLast() {
            let dialect = dialect(of: place)
            for name in KeywordTable.references {
                guard let value = self[place].node[name], let keyword = KeywordTable.keyword(name, in: dialect),
                    keyword.name == name, case .string(let text) = value.content
                else { continue }
                guard let target = resolve(text, from: place, at: value.location, diagnostics: &diagnostics) else {
                    broken.insert(place)
                    continue
                }
                let anchor = dynamicAnchor(of: name, text, target: target)
                if let anchor { usedDynamicAnchors.insert(anchor) }
                references[ReferenceKey(place: place, keyword: name)] = Reference(
                    target: target, dynamicAnchor: anchor)
            }
        }
    }

    /// Returns the name that a dynamic reference looks for; `nil` where its target is fixed.
    private func dynamicAnchor(of keyword: String, _ text: String, target: PlaceID) -> JSONName? {
        let resource = self[self[target].resource]
        switch keyword {
        case "$recursiveRef":
            let name = JSONName("")
            return resource.dynamicAnchors[name] == target ? name : nil
        case "$dynamicRef":
            guard let fragment = URIReference(text).fragment, !fragment.hasPrefix("/") else { return nil }
            let name = JSONName(Self.decoded(fragment))
            return resource.dynamicAnchors[name] == target ? name : nil
        default: return nil
        }
    }

    /// Returns the schema that a reference from the contract's folder leads to. A missing file has been reported already.
    mutating func place(of root: Located<String>, diagnostics: inout Diagnostics) -> PlaceID? {
        let file = SchemaFile.name(of: root.value)
        guard let document = documents.firstIndex(where: { $0.file == file }),
            let place = placesByPointer[document][JSONPointer()]
        else { return nil }
        return self.place(
            fragment: String(root.value.dropFirst(file.count + 1)), of: self[place].resource, at: root.location,
            diagnostics: &diagnostics)
    }

    private mutating func resolve(
        _ text: String, from place: PlaceID, at location: SourceLocation, diagnostics: inout Diagnostics
    ) -> PlaceID? {
        let reference = URIReference(text)
        let base = URIReference(self[self[place].resource].uri)
        let target = reference.resolved(against: base)
        var found = resource(uri: target.withoutFragment, diagnostics: &diagnostics)
        // A file with an id may still be referred to, and refer, by its path, or relative to the folder of schemas.
        let others = [documents[self[place].document].uri, self[self[place].resource].rootURI].compactMap(\.self)
        for other in others where found == nil {
            let uri = reference.resolved(against: URIReference(other)).withoutFragment
            found = resource(uri: uri, diagnostics: &diagnostics)
        }
        guard let found else {
            let uri = SchemaDocument.displayName(target.withoutFragment)
            diagnostics.error(
                .schemaReference, at: location, "no schema of the contract has the URI '\(uri)'",
                hint: missingHint(uri))
            return nil
        }
        return self.place(fragment: target.fragment, of: found, at: location, diagnostics: &diagnostics)
    }

    private func missingHint(_ uri: String) -> String {
        let known = resourcesByURI.keys.map(SchemaDocument.displayName).sorted()
        if let near = Suggestion.nearest(to: uri, among: known) { return "did you mean '\(near)'?" }
        return "add the file to the contract, or a file whose '$id' is that URI; schemas are not downloaded"
    }

    /// Returns the resource of a URI, which may have to be read first.
    private mutating func resource(uri: String, diagnostics: inout Diagnostics) -> ResourceID? {
        if let known = resourcesByURI[uri] { return known }
        let decoded = Self.decoded(uri)
        if decoded != uri, let known = resourcesByURI[decoded] { return known }
        guard let document = options.library(uri) ?? MetaSchemas.document(uri: uri) else { return nil }
        guard load(document, diagnostics: &diagnostics) != nil else { return nil }
        return resourcesByURI[uri]
    }

    private mutating func place(
        fragment: String?, of resource: ResourceID, at location: SourceLocation, diagnostics: inout Diagnostics
    ) -> PlaceID? {
        let root = self[resource].root
        guard let fragment, !fragment.isEmpty else { return root }
        let name = SchemaDocument.displayName(self[resource].uri)
        guard fragment.hasPrefix("/") else {
            let anchor = JSONName(Self.decoded(fragment))
            if let place = self[resource].anchors[anchor] { return place }
            let known = self[resource].anchors.keys.map(\.text).sorted()
            diagnostics.error(
                .schemaReference, at: location, "'\(name)' has no anchor '\(fragment)'",
                hint: known.isEmpty ? nil : Suggestion.hint(for: fragment, among: known))
            return nil
        }
        guard let pointer = JSONPointer(fragment: fragment[...]) else {
            diagnostics.error(
                .schemaReference, at: location, "'#\(fragment)' is not a JSON Pointer",
                hint: "write '~' as '~0' and '/' in a name as '~1'")
            return nil
        }
        return self.place(pointer, below: root, at: location, name: name, diagnostics: &diagnostics)
    }

    /// Returns the place that a pointer leads to: of any value, whether or not a keyword has a schema there.
    private mutating func place(
        _ pointer: JSONPointer, below root: PlaceID, at location: SourceLocation, name: String,
        diagnostics: inout Diagnostics
    ) -> PlaceID? {
        let document = self[root].document
        let whole = JSONPointer(tokens: self[root].pointer.tokens + pointer.tokens)
        if let known = placesByPointer[document][whole] { return known }
        var node = self[root].node
        var resource = self[root].resource
        var path = self[root].pointer
        for token in pointer.tokens {
            guard let child = child(token, of: node, at: PathKey(document: document, pointer: path)) else {
                diagnostics.error(
                    .schemaReference, at: location,
                    "'\(name)' has nothing at '\(pointer)': "
                        + "\(path.tokens.isEmpty ? "the root" : "'\(path)'") has no '\(token)'",
                    hint: node.childNames.isEmpty ? nil : Suggestion.hint(for: token, among: node.childNames))
                return nil
            }
            node = child
            path = path.appending(token)
            if let known = placesByPointer[document][path] { resource = self[known].resource }
        }
        scan(node, document: document, at: whole, in: resource, diagnostics: &diagnostics)
        return placesByPointer[document][whole]
    }

    /// Returns the member of a mapping, or the element of a list, that a token of a JSON Pointer leads to. The members
    /// of large mappings, which many references lead through, are found by a table.
    private mutating func child(_ token: String, of node: SourceNode, at path: PathKey) -> SourceNode? {
        switch node.content {
        case .mapping(let entries):
            let name = JSONName(token)
            guard entries.count > 16 else { return entries.first { JSONName($0.key.value) == name }?.value }
            if memberPositions[path] == nil {
                memberPositions[path] = Dictionary(
                    entries.enumerated().map { (JSONName($1.key.value), $0) }, uniquingKeysWith: { first, _ in first })
            }
            return memberPositions[path]?[name].map { entries[$0].value }
        case .sequence(let nodes):
            guard let index = Int(token), String(index) == token, nodes.indices.contains(index) else { return nil }
            return nodes[index]
        case .null, .bool, .number, .string: return nil
        }
    }

    /// Returns a string without percent-encoding; the text itself where the encoding is invalid.
    private static func decoded(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let digits = String(rest.prefix(2)), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? text
    }
}

extension SourceNode {
    fileprivate var childNames: [String] {
        if case .mapping(let entries) = content { entries.map(\.key.value) } else { [] }
    }
}
