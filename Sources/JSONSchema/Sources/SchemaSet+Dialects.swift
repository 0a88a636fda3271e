import ContractModel
import JSONTape

extension SchemaSet {
    /// Returns the dialect of a document by its `$schema`, or the default.
    mutating func rootDialect(of document: SchemaDocument, diagnostics: inout Diagnostics) -> Dialect {
        let standard = Dialect(options.defaultDraft)
        guard let schema = document.root["$schema"] else { return standard }
        return dialect(statedBy: schema, diagnostics: &diagnostics) ?? standard
    }

    /// Returns the dialect that an embedded schema with an id states; `nil` where it states none.
    mutating func statedDialect(
        of node: SourceNode, at place: PlaceID, diagnostics: inout Diagnostics
    ) -> Dialect? {
        guard let schema = node["$schema"], node["$id"] != nil || node["id"] != nil else { return nil }
        return dialect(statedBy: schema, diagnostics: &diagnostics)
    }

    private mutating func dialect(statedBy schema: SourceNode, diagnostics: inout Diagnostics) -> Dialect? {
        guard case .string(let text) = schema.content else {
            diagnostics.error(
                .schemaValue, at: schema.location, "'$schema' must be a string, found \(schema.kindName)",
                hint: "name the draft, such as \"\(SchemaDraft.draft2020.uri)\"")
            return nil
        }
        if let draft = SchemaDraft(uri: text) { return Dialect(draft) }
        let uri = text.hasSuffix("#") ? String(text.dropLast()) : text
        if let draft = options.dialects[uri] ?? options.dialects[text] { return Dialect(draft) }
        if let known = knownDialects[uri] { return known }
        // A meta-schema may name itself.
        knownDialects[uri] = Dialect(options.defaultDraft)
        if let metaSchema = metaSchema(uri: uri) {
            let dialect = dialect(of: metaSchema, diagnostics: &diagnostics)
            knownDialects[uri] = dialect
            return dialect
        }
        diagnostics.warning(
            .unknownDialect, at: schema.location,
            "unknown meta-schema '\(text)': the schema is read as \(options.defaultDraft.name)",
            hint: "a contract can state the draft of such schemas; "
                + (SchemaDraft(meantBy: text).map { "did you mean '\($0.uri)'?" }
                    ?? Suggestion.hint(for: text, among: SchemaDraft.allCases.map(\.uri))))
        return nil
    }

    private func metaSchema(uri: String) -> SchemaDocument? {
        documents.first { document in
            if document.uri == uri { return true }
            guard case .string(let id)? = document.root["$id"]?.content else { return false }
            return id == uri || id == uri + "#"
        } ?? options.library(uri)
    }

    /// Returns the draft and the vocabularies that a meta-schema selects.
    private mutating func dialect(of metaSchema: SchemaDocument, diagnostics: inout Diagnostics) -> Dialect {
        let base = rootDialect(of: metaSchema, diagnostics: &diagnostics)
        guard base.draft >= .draft2019, case .mapping(let entries)? = metaSchema.root["$vocabulary"]?.content else {
            return base
        }
        var vocabularies: Vocabularies = .core
        for entry in entries {
            if let vocabulary = Vocabularies(uri: entry.key.value) {
                vocabularies.formUnion(vocabulary)
            } else if case .bool(true) = entry.value.content {
                diagnostics.error(
                    .unknownDialect, at: entry.key.location,
                    "the meta-schema requires the unknown vocabulary '\(entry.key.value)'",
                    hint: "remove it, or set it to false: its words are annotations then")
            }
        }
        return Dialect(base.draft, vocabularies: vocabularies)
    }
}
