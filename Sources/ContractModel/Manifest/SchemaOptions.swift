import JSONTape

/// The manifest's `schemas`: options for reading the schema files.
struct SchemaOptions {
    /// The dialect of files that name none.
    var dialect: Located<SchemaDraft>
    /// The dialects of meta-schemas that are not known, by their URI.
    var dialects: [String: SchemaDraft] = [:]
    /// Folders whose files are schemas that the contract's own may refer to, as paths from the manifest's folder.
    var folders: [Located<String>] = []
    var assertsFormats = true
    var typedFormats: Set<StringFormat> = []

    private static let keys = ["dialect", "dialects", "folders", "formats", "swift_types"]
    /// The formats that can become a Swift type on request. A `date-time` becomes one without a request.
    private static let typeableFormats: [StringFormat] = [.uuid, .date, .uri]

    static func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> SchemaOptions {
        var options = SchemaOptions(dialect: Located(.draft2020, at: manifest.node.location))
        guard let node = manifest["schemas"],
            let mapping = ManifestMapping(node, "'schemas'", keys: keys, diagnostics: &diagnostics)
        else { return options }
        let dialects = SchemaDraft.allCases.map(\.rawValue)
        if let text = mapping.choice("dialect", dialects, diagnostics: &diagnostics),
            let dialect = SchemaDraft(rawValue: text.value)
        {
            options.dialect = Located(dialect, at: text.location)
        }
        options.readDialects(mapping, diagnostics: &diagnostics)
        options.folders = mapping.strings("folders", diagnostics: &diagnostics)
        let formats = mapping.choice("formats", ["assert", "annotate"], diagnostics: &diagnostics)
        options.assertsFormats = formats?.value != "annotate"
        options.readTypes(mapping, diagnostics: &diagnostics)
        return options
    }

    private mutating func readDialects(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) {
        guard let node = mapping["dialects"],
            let entries = ManifestMapping(node, "'dialects'", keys: nil, diagnostics: &diagnostics)
        else { return }
        let names = SchemaDraft.allCases.map(\.rawValue)
        for entry in entries.entries {
            let uri = entry.key.value
            if let known = SchemaDraft.allCases.first(where: { $0.uri == uri || $0.uri + "#" == uri }) {
                diagnostics.error(
                    .invalidValue, at: entry.key.location, "'\(uri)' is the meta-schema of \(known.rawValue)",
                    hint: "remove it: 'dialects' is for meta-schemas of others")
            } else if let text = entries.choice(uri, names, diagnostics: &diagnostics) {
                dialects[uri.hasSuffix("#") ? String(uri.dropLast()) : uri] = SchemaDraft(rawValue: text.value)
            }
        }
    }

    private mutating func readTypes(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) {
        let names = Self.typeableFormats.map(\.rawValue)
        for name in mapping.strings("swift_types", diagnostics: &diagnostics) {
            guard let format = Self.typeableFormats.first(where: { $0.rawValue == name.value }) else {
                diagnostics.error(
                    .invalidValue, at: name.location, "'swift_types' can't contain '\(name.value)'",
                    hint: name.value == StringFormat.dateTime.rawValue
                        ? "a date-time is a Timestamp already" : Suggestion.hint(for: name.value, among: names))
                continue
            }
            typedFormats.insert(format)
        }
        guard !assertsFormats, let node = mapping["swift_types"] else { return }
        diagnostics.error(
            .invalidValue, at: node.location, "'swift_types' needs formats that are checked",
            hint: "remove 'formats: annotate'")
    }
}
