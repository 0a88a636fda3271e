package import ContractModel
import JSONTape

/// Reads a schema file's tree into a ``SchemaGraph``.
///
/// What generation can't honour yet is refused with a diagnostic, never passed over.
package struct SchemaReader {
    var graph: SchemaGraph
    var diagnostics: Diagnostics
    let assertsFormats: Bool
    private let file: SchemaFile
    private var definitions: [JSONPointer: SchemaGraph.NodeID] = [:]
    /// References met, to be resolved when all definitions are known.
    private var references: [(node: SchemaGraph.NodeID, target: Located<String>)] = []

    private init(file: SchemaFile, assertsFormats: Bool, diagnostics: Diagnostics) {
        graph = SchemaGraph(file: file.name)
        self.file = file
        self.assertsFormats = assertsFormats
        self.diagnostics = diagnostics
    }

    package static func read(
        _ file: SchemaFile, dialect: SchemaDialect, assertsFormats: Bool, diagnostics: inout Diagnostics
    ) -> SchemaGraph {
        var reader = SchemaReader(file: file, assertsFormats: assertsFormats, diagnostics: diagnostics)
        reader.checkDialect(expected: dialect)
        _ = reader.readNode(file.root, at: JSONPointer())
        reader.resolveReferences()
        reader.checkDefaults()
        diagnostics = reader.diagnostics
        return reader.graph
    }

    private mutating func checkDialect(expected: SchemaDialect) {
        guard let node = file.root["$schema"] else { return }
        guard case .string(let text) = node.content else {
            diagnostics.error(.schemaValue, at: node.location, "$schema must be a string, found \(node.kindName)")
            return
        }
        let identifier = text.hasSuffix("#") ? String(text.dropLast()) : text
        guard !SchemaDialect.allCases.contains(where: { $0.identifier == identifier }) else { return }
        diagnostics.error(
            .unknownDialect, at: node.location, "'\(text)' is no dialect of JSON Schema that is known here",
            hint: "expected one of: " + SchemaDialect.allCases.map(\.identifier).joined(separator: ", "))
    }

    /// Reads a subschema into a node of its own.
    mutating func readNode(_ source: SourceNode, at pointer: JSONPointer) -> SchemaGraph.NodeID {
        let id = graph.reserve(at: source.location, pointer: pointer)
        var node = graph[id]
        switch source.content {
        case .bool(true):
            break
        case .mapping(let entries):
            for entry in entries {
                read(entry, of: source, into: &node, id: id)
            }
            checkTogether(node, entries: entries)
        default:
            diagnostics.error(
                .schemaValue, at: source.location, "a schema must be an object, found \(source.kindName)")
        }
        graph.fill(id, with: node)
        return id
    }

    mutating func noteReference(from node: SchemaGraph.NodeID, to target: Located<String>) {
        references.append((node, target))
    }

    mutating func define(_ id: SchemaGraph.NodeID, as pointer: JSONPointer) {
        definitions[pointer] = id
    }

    private mutating func resolveReferences() {
        for (id, target) in references {
            guard let resolved = definition(target.value) else {
                diagnostics.error(
                    .schemaReference, at: target.location, "'\(target.value)' leads to no definition of this file",
                    hint: definitions.isEmpty
                        ? "put the schema under $defs and refer to it as #/$defs/NAME"
                        : "definitions here: " + definitions.keys.map { "#\($0)" }.sorted().joined(separator: ", "))
                continue
            }
            var node = graph[id]
            node.reference = resolved
            graph.fill(id, with: node)
        }
        for (id, target) in references where !terminates(from: id) {
            diagnostics.error(
                .schemaReference, at: target.location, "'\(target.value)' leads back to itself",
                hint: "recursive schemas are not supported yet")
        }
    }

    private func definition(_ reference: String) -> SchemaGraph.NodeID? {
        guard reference.hasPrefix("#"), let pointer = JSONPointer(fragment: reference.dropFirst()) else { return nil }
        return pointer.tokens.isEmpty ? graph.root : definitions[pointer]
    }

    /// The specification lets a default be wrong; one that is would be sent by generated code, and refused by its
    /// validator.
    private mutating func checkDefaults() {
        for id in graph.nodeIDs {
            guard let value = graph[id].defaultValue else { continue }
            let failures: [String]
            do {
                failures = try graph.failures(of: value, by: id).map { failure in
                    failure.instance.tokens.isEmpty ? failure.message : "\(failure.instance): \(failure.message)"
                }
            } catch {
                failures = ["\(error)"]
            }
            for failure in failures {
                diagnostics.error(
                    .schemaValue, at: value.location, "the default is not valid by its own schema: \(failure)",
                    hint: value.content == .null ? "leave it out: what is absent is nil already" : nil)
            }
        }
    }

    /// Whether a walk through all that a node holds comes to an end.
    private func terminates(from start: SchemaGraph.NodeID) -> Bool {
        var onPath: Set<SchemaGraph.NodeID> = []
        var finished: Set<SchemaGraph.NodeID> = []
        func visit(_ id: SchemaGraph.NodeID) -> Bool {
            if finished.contains(id) { return true }
            guard onPath.insert(id).inserted else { return false }
            defer { onPath.remove(id) }
            let node = graph[id]
            var children = node.properties.map(\.schema)
            if let items = node.items { children.append(items) }
            if case .checked(let schema) = node.additionalProperties { children.append(schema) }
            if let reference = node.reference { children.append(reference) }
            guard children.allSatisfy(visit) else { return false }
            finished.insert(id)
            return true
        }
        return visit(start)
    }
}
