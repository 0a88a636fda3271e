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
            if let node = annotations["x-sensitive"] {
                marks[id] = Self.mark(node, diagnostics: &diagnostics)
            } else if let tags = annotations["confluent:tags"] {
                marks[id] = Self.mark(tags: tags, known: known, encrypted: encrypted)
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
        tags node: SourceNode, known: Set<String>, encrypted: Set<String>
    ) -> Mark? {
        guard case .sequence(let nodes) = node.content else { return nil }
        let tags = nodes.compactMap { tag -> String? in
            if case .string(let text) = tag.content { text } else { nil }
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
                marks[node] = Mark(category: declaration.category, location: place.location)
            case .unknown?: break
            case .value?, nil:
                diagnostics.error(
                    .pointerNotFound, at: place.location,
                    "\(message.schema.value) has no property '\(place.value)'")
            }
        }
    }
}
