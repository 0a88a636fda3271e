package import ContractModel
package import JSONTape

/// Reads a schema file's tree into a ``SchemaGraph``.
///
/// What generation can't honour yet is refused with a diagnostic, never passed over. The graph can be walked whatever
/// the file says: references that would have no end are cut.
package struct SchemaReader {
    var graph: SchemaGraph
    var diagnostics: Diagnostics
    /// The draft whose words the file is in.
    let dialect: SchemaDialect
    let assertsFormats: Bool
    /// The formats whose strings become a Swift type of their own.
    let typedFormats: Set<StringFormat>
    var definitions: [JSONPointer: SchemaGraph.NodeID] = [:]
    /// References met, to be resolved when all definitions are known.
    var references: [(node: SchemaGraph.NodeID, target: Located<String>)] = []
    /// The node that is being read, and that a diagnostic is about.
    private var current: SchemaGraph.NodeID?
    private var unsound: Set<SchemaGraph.NodeID> = []

    private init(
        file: SchemaFile, dialect: SchemaDialect, assertsFormats: Bool, typedFormats: Set<StringFormat>,
        diagnostics: Diagnostics
    ) {
        graph = SchemaGraph(file: file.name)
        self.dialect = dialect
        self.assertsFormats = assertsFormats
        self.typedFormats = typedFormats
        self.diagnostics = diagnostics
    }

    /// - Parameter dialect: Of a file that names none by `$schema`.
    package static func read(
        _ file: SchemaFile, dialect: SchemaDialect, assertsFormats: Bool, typedFormats: Set<StringFormat>,
        diagnostics: inout Diagnostics
    ) -> SchemaGraph {
        var reader = SchemaReader(
            file: file, dialect: own(file, diagnostics: &diagnostics) ?? dialect, assertsFormats: assertsFormats,
            typedFormats: typedFormats, diagnostics: diagnostics)
        _ = reader.readNode(file.root, at: JSONPointer())
        reader.resolveReferences()
        reader.cutEndlessReferences()
        reader.unsound.forEach { reader.graph.markUnsound($0) }
        reader.checkDefaults()
        diagnostics = reader.diagnostics
        return reader.graph
    }

    /// The dialect that a file itself names.
    private static func own(_ file: SchemaFile, diagnostics: inout Diagnostics) -> SchemaDialect? {
        guard let node = file.root["$schema"] else { return nil }
        guard case .string(let text) = node.content else {
            diagnostics.error(.schemaValue, at: node.location, "$schema must be a string, found \(node.kindName)")
            return nil
        }
        let identifier = text.hasSuffix("#") ? String(text.dropLast()) : text
        if let dialect = SchemaDialect.allCases.first(where: { $0.identifier == identifier }) { return dialect }
        diagnostics.error(
            .unknownDialect, at: node.location, "'\(text)' is no dialect of JSON Schema that is known here",
            hint: "expected one of: " + SchemaDialect.allCases.map(\.identifier).joined(separator: ", "))
        return nil
    }

    /// Reads a subschema into a node of its own.
    mutating func readNode(_ source: SourceNode, at pointer: JSONPointer) -> SchemaGraph.NodeID {
        let id = graph.reserve(at: source.location, pointer: pointer)
        let outer = current
        current = id
        defer { current = outer }
        var node = graph[id]
        switch source.content {
        case .mapping(let entries):
            for entry in entries {
                read(entry, into: &node, id: id)
            }
            finish(&node, entries: entries)
        case .bool where dialect == .draft4:
            error(
                .schemaValue, at: source.location, "a schema must be an object, found a boolean",
                hint: "booleans are schemas since \(SchemaDialect.draft6.rawValue); this one is in \(dialect.rawValue)")
        case .bool(true):
            break
        case .bool(false):
            error(
                .schemaKeyword, at: source.location,
                "the schema 'false', by which nothing is valid, is not supported yet",
                hint: "leave out what must never be there, and write '\"additionalProperties\": false'")
        case .null, .number, .string, .sequence:
            error(.schemaValue, at: source.location, "a schema must be an object, found \(source.kindName)")
        }
        graph.fill(id, with: node)
        return id
    }

    /// Tells of an error in the schema that is being read, which from then on counts as not understood.
    mutating func error(_ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil) {
        if let current { unsound.insert(current) }
        diagnostics.error(rule, at: location, message, hint: hint)
    }

    /// The same of another schema.
    mutating func error(
        in node: SchemaGraph.NodeID, _ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil
    ) {
        unsound.insert(node)
        diagnostics.error(rule, at: location, message, hint: hint)
    }
}
