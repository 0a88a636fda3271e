import JSONTape

/// A reader of the manifest's metric families.
enum MetricsReader {
    private static let sectionKeys = ["scrape_interval", "target_labels", "max_series", "families"]
    private static let familyKeys = [
        "type", "help", "unit", "labels", "buckets", "from", "events", "value", "allow",
    ]
    /// Prometheus's own default is a minute; most that run it scrape every 15 seconds.
    private static let defaultScrapeInterval = Duration.seconds(15)

    static func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> MetricsDeclaration? {
        guard let node = manifest["metrics"], node.content != .null,
            let section = ManifestMapping(node, "'metrics'", keys: sectionKeys, diagnostics: &diagnostics)
        else { return nil }
        let interval =
            section.duration("scrape_interval", diagnostics: &diagnostics)
            ?? Located(defaultScrapeInterval, at: node.location)
        let limit = section.positiveInteger("max_series", diagnostics: &diagnostics)
        guard let families = section.required("families", diagnostics: &diagnostics),
            let mapping = ManifestMapping(families, "'families'", keys: nil, diagnostics: &diagnostics)
        else { return nil }
        mapping.checkNotEmpty("metric family", diagnostics: &diagnostics)
        let targetLabels = section.strings("target_labels", diagnostics: &diagnostics)
        for label in targetLabels where !ManifestNames.isLabelName(label.value) {
            diagnostics.error(
                .metricLabel, at: label.location, "invalid label name '\(label.value)'",
                hint: ManifestNames.labelNames)
        }
        return MetricsDeclaration(
            scrapeInterval: interval, maximumSeries: limit, targetLabels: targetLabels,
            families: mapping.entries.compactMap { family($0, diagnostics: &diagnostics) })
    }

    private static func family(_ entry: SourceNode.Entry, diagnostics: inout Diagnostics) -> FamilyDeclaration? {
        let subject = "the metric family '\(entry.key.value)'"
        guard let mapping = ManifestMapping(entry.value, subject, keys: familyKeys, diagnostics: &diagnostics) else {
            return nil
        }
        let type = mapping.requiredString("type", diagnostics: &diagnostics)
        let kind = type.flatMap { Self.kind($0, diagnostics: &diagnostics) }
        let help = mapping.requiredString("help", diagnostics: &diagnostics)
        if let help, help.value.isEmpty {
            diagnostics.error(.invalidValue, at: help.location, "'help' is empty; expected a description")
        }
        let unit = mapping.string("unit", diagnostics: &diagnostics)
        let labels = labels(mapping, diagnostics: &diagnostics)
        let buckets = mapping.numbers("buckets", diagnostics: &diagnostics)
        let source = mapping.string("from", diagnostics: &diagnostics)
        let events = events(mapping, diagnostics: &diagnostics)
        let value = mapping.string("value", diagnostics: &diagnostics)?.pointer(diagnostics: &diagnostics)
        let allowed = Allowances(at: entry.key.location, diagnostics)
        guard let kind, let help else { return nil }
        return FamilyDeclaration(
            name: entry.key, kind: kind, help: help, unit: unit, labels: labels, buckets: buckets, source: source,
            events: events, value: value, allowed: allowed)
    }

    private static func events(_ family: ManifestMapping, diagnostics: inout Diagnostics) -> [Located<String>]? {
        guard let node = family["events"] else { return nil }
        let events = family.strings("events", diagnostics: &diagnostics)
        if case .sequence(let nodes) = node.content, nodes.isEmpty {
            diagnostics.error(
                .invalidValue, at: node.location, "'events' is empty; expected at least one event",
                hint: "remove it to count all events of the message")
        }
        return events.isEmpty ? nil : events
    }

    private static func kind(
        _ text: Located<String>, diagnostics: inout Diagnostics
    ) -> Located<FamilyDeclaration.Kind>? {
        if let kind = FamilyDeclaration.Kind(rawValue: text.value) { return Located(kind, at: text.location) }
        let names = FamilyDeclaration.Kind.allCases.map(\.rawValue)
        diagnostics.error(
            .invalidValue, at: text.location, "unknown type of metric '\(text.value)'",
            hint: Suggestion.hint(for: text.value, among: names))
        return nil
    }

    // MARK: Labels

    /// Reads labels: a list of dimensions of the source, or a mapping from names to dimensions or other sources of values.
    private static func labels(_ family: ManifestMapping, diagnostics: inout Diagnostics) -> [LabelDeclaration] {
        guard let node = family["labels"] else { return [] }
        if case .sequence = node.content {
            return family.strings("labels", diagnostics: &diagnostics).map {
                LabelDeclaration(name: $0, values: .dimension($0))
            }
        }
        guard let mapping = ManifestMapping(node, "'labels'", keys: nil, diagnostics: &diagnostics) else { return [] }
        return mapping.entries.compactMap { entry in
            values(entry.value, of: entry.key.value, diagnostics: &diagnostics)
                .map { LabelDeclaration(name: entry.key, values: $0) }
        }
    }

    private static func values(
        _ node: SourceNode, of name: String, diagnostics: inout Diagnostics
    ) -> LabelDeclaration.Values? {
        switch node.content {
        case .string(let text) where text.hasPrefix("/"):
            return Located(text, at: node.location).pointer(diagnostics: &diagnostics)
                .map { .property($0, maximum: nil) }
        case .string(let text):
            return .dimension(Located(text, at: node.location))
        case .sequence(let nodes):
            let values = nodes.compactMap { $0.string("each value of '\(name)'", diagnostics: &diagnostics) }
            var seen: Set<String> = []
            for value in values where !seen.insert(value.value).inserted {
                diagnostics.error(
                    .invalidValue, at: value.location, "duplicate value '\(value.value)' of the label '\(name)'")
            }
            if nodes.isEmpty {
                diagnostics.error(.invalidValue, at: node.location, "the label '\(name)' has no values")
            }
            return values.isEmpty ? nil : .stated(values)
        case .mapping:
            return bounded(node, of: name, diagnostics: &diagnostics)
        case .null, .bool, .number:
            diagnostics.error(
                .wrongType, at: node.location, "the label '\(name)' can't take its values from \(node.kindName)",
                hint:
                    "expected a dimension of the source, such as topic, a JSON Pointer, a list of values, or {max: 100}"
            )
            return nil
        }
    }

    private static func bounded(
        _ node: SourceNode, of name: String, diagnostics: inout Diagnostics
    ) -> LabelDeclaration.Values? {
        let subject = "the label '\(name)'"
        guard let mapping = ManifestMapping(node, subject, keys: ["property", "max"], diagnostics: &diagnostics) else {
            return nil
        }
        let maximum = mapping.positiveInteger("max", diagnostics: &diagnostics)
        if let maximum, maximum.value > LabelDeclaration.mostValues {
            diagnostics.error(
                .invalidValue, at: maximum.location,
                "'max' must be at most \(LabelDeclaration.mostValues), found \(maximum.value)",
                hint: "each value is a series in every Prometheus that scrapes it")
        }
        if mapping["property"] != nil {
            return mapping.string("property", diagnostics: &diagnostics)?.pointer(diagnostics: &diagnostics)
                .map { .property($0, maximum: maximum) }
        }
        if maximum == nil, mapping["max"] == nil { _ = mapping.required("max", diagnostics: &diagnostics) }
        return maximum.map { .open(maximum: $0) }
    }
}
