import ContractModel
import JSONSchema
import JSONTape

/// The schemas whose values are sensitive, with their categories.
struct SensitivityMarks {
    typealias NodeID = SchemaModel.NodeID

    struct Mark {
        var category: String
        var location: SourceLocation
    }

    private(set) var marks: [NodeID: Mark] = [:]

    var isEmpty: Bool { marks.isEmpty }

    subscript(node: NodeID) -> Mark? { marks[node] }

    /// Reads the annotations of schemas: `x-sensitive` and `confluent:tags`.
    ///
    /// - Parameters:
    ///   - known: The categories of the manifest's `encryption`.
    ///   - encrypted: Those of them that have keys. Of several tags, the first of these counts.
    init(_ model: SchemaModel, known: Set<String>, encrypted: Set<String>, diagnostics: inout Diagnostics) {
        for id in model.ids {
            let annotations = model[id].annotations
            guard !annotations.extensions.isEmpty else { continue }
            Self.checkNames(annotations.extensions, diagnostics: &diagnostics)
            if let node = annotations["x-sensitive"] {
                marks[id] = Self.mark(node, diagnostics: &diagnostics)
            } else if let tags = annotations["confluent:tags"] {
                marks[id] = Self.mark(tags: tags, known: known, encrypted: encrypted, diagnostics: &diagnostics)
            }
        }
        checkPlaces(model, diagnostics: &diagnostics)
    }

    /// Reports keywords that are written almost as the marks: their values would be sent in clear.
    private static func checkNames(_ entries: [SourceNode.Entry], diagnostics: inout Diagnostics) {
        let known = ["x-sensitive", "confluent:tags"]
        for entry in entries where !known.contains(entry.key.value) {
            let name = entry.key.value.lowercased()
            let isSimilar = name.hasPrefix("x-sens") || name.hasPrefix("confluent:") || name.hasPrefix("confluent.tag")
            guard isSimilar, let meant = known.first(where: { $0.prefix(6) == name.prefix(6) }) else { continue }
            diagnostics.error(
                .unknownKey, at: entry.key.location, "unknown keyword '\(entry.key.value)'",
                hint: "did you mean '\(meant)'?")
        }
    }

    /// Reports marks of schemas that no value is described by: those of names, and of what a value must not be.
    private func checkPlaces(_ model: SchemaModel, diagnostics: inout Diagnostics) {
        guard !isEmpty else { return }
        var reported: Set<SourceLocation> = []
        func report(in schema: NodeID, _ text: String) {
            var seen: Set<NodeID> = []
            var waiting = [schema]
            while let id = waiting.popLast() {
                guard seen.insert(id).inserted else { continue }
                if let mark = marks[id], reported.insert(mark.location).inserted {
                    diagnostics.error(
                        .sensitiveField, at: mark.location, text, hint: "mark the schema of the value that is sensitive"
                    )
                }
                // A referenced schema may describe other values.
                waiting += model[id].assertions.flatMap { assertion -> [NodeID] in
                    if case .refer = assertion.kind { [] } else { assertion.kind.children }
                }
            }
        }
        for id in model.ids {
            for assertion in model[id].assertions {
                switch assertion.kind {
                case .propertyNames(let schema): report(in: schema, "the names of members can't be sensitive")
                case .not(let schema): report(in: schema, "a mark inside of 'not' has no effect")
                default: break
                }
            }
        }
    }

    private static func mark(_ node: SourceNode, diagnostics: inout Diagnostics) -> Mark? {
        switch node.content {
        case .bool(let isSensitive):
            return isSensitive ? Mark(category: SensitiveDeclaration.defaultCategory, location: node.location) : nil
        case .string(let category) where !category.isEmpty:
            return Mark(category: category, location: node.location)
        case .string, .null, .number, .sequence, .mapping:
            diagnostics.error(
                .schemaValue, at: node.location, "'x-sensitive' must be true or a category, found \(node.kindName)",
                hint: "write the category, such as \"pii\"")
            return nil
        }
    }

    private static func mark(
        tags node: SourceNode, known: Set<String>, encrypted: Set<String>, diagnostics: inout Diagnostics
    ) -> Mark? {
        func refuse(_ node: SourceNode) {
            diagnostics.error(
                .schemaValue, at: node.location, "'confluent:tags' must be a list of strings, found \(node.kindName)",
                hint: "write the categories, such as [\"PII\"]")
        }
        guard case .sequence(let nodes) = node.content else {
            refuse(node)
            return nil
        }
        var tags: [String] = []
        for node in nodes {
            if case .string(let text) = node.content { tags.append(text) } else { refuse(node) }
        }
        let tag = tags.first(where: encrypted.contains) ?? tags.first(where: known.contains) ?? tags.first
        return tag.map { Mark(category: $0, location: node.location) }
    }

    /// Adds the places that a message of the manifest declares.
    mutating func add(_ message: MessageDeclaration, _ model: SchemaModel, diagnostics: inout Diagnostics) {
        for declaration in message.sensitive {
            let place = declaration.place
            switch model.target(of: place.value, file: message.schema.value) {
            case .schema(let node)?:
                // A schema has several nodes where dynamic references in it lead to different places.
                let (file, pointer) = (model[node].file, model[node].pointer)
                for id in model.ids where model[id].pointer == pointer && model[id].file == file {
                    marks[id] = Mark(category: declaration.category, location: place.location)
                }
            case .unknown?: break
            case .value?, nil:
                diagnostics.error(
                    .pointerNotFound, at: place.location,
                    "\(message.schema.value) has no property '\(place.value)'",
                    hint: Suggestion.nearest(to: place.value, among: Self.pointers(model, message.schema.value))
                        .map { "did you mean '\($0)'?" })
            }
        }
    }

    /// Returns the pointers to the properties of a file's values, without those of references that have been followed: enough for
    /// a suggestion.
    private static func pointers(_ model: SchemaModel, _ file: String) -> [String] {
        var found: [String] = []
        var seen: Set<NodeID> = []
        var waiting = model.roots[file].map { [(schema: $0, pointer: JSONPointer())] } ?? []
        while let (schema, pointer) = waiting.popLast() {
            guard seen.insert(schema).inserted else { continue }
            for assertion in model[schema].assertions {
                waiting += assertion.kind.inPlaceChildren.map { ($0, pointer) }
                guard case .members(let members) = assertion.kind else { continue }
                for property in members.properties {
                    let own = pointer.appending(property.name.value)
                    found.append(own.description)
                    waiting.append((property.node, own))
                }
            }
        }
        return found
    }
}
