import JSONTape

/// A reader of the `allow` of a manifest's parts, and the `x-allow` of schemas.
///
/// A part ends where the next one starts, in the order of the file.
struct AllowanceReader {
    private let folder: String
    private var diagnostics: Diagnostics

    /// Reads the permissions of a manifest, before the parts that may break rules.
    static func read(manifest: SourceNode, folder: String, diagnostics: inout Diagnostics) {
        var reader = AllowanceReader(folder: folder, diagnostics: diagnostics)
        reader.read(
            manifest, .manifest, subject: "the contract", region: .everything,
            in: SourceRegion(file: manifest.location.file))
        diagnostics = reader.diagnostics
    }

    /// Reads the permissions of a schema file.
    static func read(schema file: SchemaFile, diagnostics: inout Diagnostics) {
        var reader = AllowanceReader(folder: "", diagnostics: diagnostics)
        reader.readSchema(file.root, file.name, region: SourceRegion(file: file.root.location.file))
        diagnostics = reader.diagnostics
    }

    // MARK: The manifest

    /// - Parameters:
    ///   - region: What the permissions of the part cover.
    ///   - extent: The part's places in the manifest.
    private mutating func read(
        _ node: SourceNode, _ site: AllowanceSite, subject: String, region: SourceRegion, in extent: SourceRegion
    ) {
        guard case .mapping(let entries) = node.content else { return }
        if site.kind != nil, let allow = node["allow"] {
            var regions = [region]
            // A message's schema is a part of it.
            if site.members["events"] != nil, case .string(let schema)? = node["schema"]?.content {
                regions.append(SourceRegion(file: PathName.join(folder, SchemaFile.name(of: schema))))
            }
            add(allow, subject: subject, regions: regions)
        }
        for (index, entry) in entries.enumerated() {
            guard let inner = site.members[entry.key.value] ?? site.others.first else { continue }
            let part = extent.part(from: entry.key.location, to: entries.location(after: index))
            let name = site.members[entry.key.value] == nil ? " '\(entry.key.value)'" : ""
            read(entry.value, inner, subject: (inner.kind ?? "") + name, region: part, in: part)
        }
    }

    // MARK: Schemas

    /// Keywords whose values are not schemas, though they may look like them.
    private static let values: Set<String> = ["const", "default", "enum", "example", "examples"]
    /// Keywords whose values are mappings from names to schemas.
    private static let schemasByName: Set<String> = [
        "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties",
    ]

    private mutating func readSchema(_ node: SourceNode, _ subject: String, region: SourceRegion) {
        switch node.content {
        case .sequence(let nodes):
            for (index, inner) in nodes.enumerated() {
                let end = index + 1 < nodes.count ? nodes[index + 1].location : nil
                readSchema(inner, subject, region: region.part(from: inner.location, to: end))
            }
        case .mapping(let entries):
            for (index, entry) in entries.enumerated() where !Self.values.contains(entry.key.value) {
                let part = region.part(from: entry.key.location, to: entries.location(after: index))
                switch entry.key.value {
                case "x-allow": add(entry.value, subject: "'\(subject)'", regions: [region])
                case let key where Self.schemasByName.contains(key):
                    readNamedSchemas(entry.value, subject, region: part)
                default: readSchema(entry.value, subject, region: part)
                }
            }
        case .null, .bool, .number, .string: break
        }
    }

    private mutating func readNamedSchemas(_ node: SourceNode, _ subject: String, region: SourceRegion) {
        guard case .mapping(let entries) = node.content else { return }
        for (index, entry) in entries.enumerated() {
            readSchema(
                entry.value, entry.key.value,
                region: region.part(from: entry.key.location, to: entries.location(after: index)))
        }
    }

    // MARK: Entries

    private static let keys = ["rule", "because", "expires"]

    /// Reads the value of `allow`: a rule, a mapping with its reason, or a list of these.
    private mutating func add(_ node: SourceNode, subject: String, regions: [SourceRegion]) {
        let nodes = if case .sequence(let nodes) = node.content { nodes } else { [node] }
        var seen: Set<Rule> = []
        for node in nodes {
            guard var allowance = allowance(node, subject: subject) else { continue }
            guard seen.insert(allowance.rule.value).inserted else {
                diagnostics.error(
                    .invalidValue, at: node.location, "duplicate rule '\(allowance.rule.value.rawValue)' in 'allow'",
                    hint: "keep one of them")
                continue
            }
            allowance.regions = regions
            diagnostics.allow(allowance)
        }
    }

    private mutating func allowance(_ node: SourceNode, subject: String) -> Allowance? {
        if case .string(let text) = node.content {
            return rule(Located(text, at: node.location)).map { Allowance(rule: $0, subject: subject, regions: []) }
        }
        guard case .mapping = node.content else {
            diagnostics.error(
                .wrongType, at: node.location, "'allow' must be a rule or a list of rules, found \(node.kindName)",
                hint: "write the id of a rule, or {rule: ID, because: REASON}")
            return nil
        }
        guard
            let mapping = ManifestMapping(node, "an entry of 'allow'", keys: Self.keys, diagnostics: &diagnostics)
        else { return nil }
        let name = mapping.requiredString("rule", diagnostics: &diagnostics)
        let reason = mapping.string("because", diagnostics: &diagnostics)
        let expires = mapping.date("expires", diagnostics: &diagnostics)
        return name.flatMap { rule($0) }.map {
            Allowance(rule: $0, reason: reason?.value, expires: expires, subject: subject, regions: [])
        }
    }

    private mutating func rule(_ name: Located<String>) -> Located<Rule>? {
        if let rule = Rule(rawValue: name.value), Rule.allowable.contains(rule) {
            return Located(rule, at: name.location)
        }
        if Rule(rawValue: name.value) != nil {
            diagnostics.error(
                .invalidValue, at: name.location, "the rule '\(name.value)' can't be allowed",
                hint: "correct what it reports; 'event-contracts rules' lists the rules that can")
        } else {
            diagnostics.error(
                .invalidValue, at: name.location, "unknown rule '\(name.value)'",
                hint: Suggestion.nearest(to: name.value, among: Rule.allowable.map(\.rawValue).sorted())
                    .map { "did you mean '\($0)'?" } ?? "'event-contracts rules' lists all rules")
        }
        return nil
    }
}

extension SourceRegion {
    /// Returns the part of a region from a place to another; to the end of the region without the other.
    fileprivate func part(from start: SourceLocation, to end: SourceLocation?) -> SourceRegion {
        SourceRegion(file: start.file, start: start, end: end ?? (start.file == file ? self.end : nil))
    }
}

extension [SourceNode.Entry] {
    /// Returns the place of the entry after one.
    fileprivate func location(after index: Int) -> SourceLocation? {
        index + 1 < count ? self[index + 1].key.location : nil
    }
}
