import ContractModel
import JSONTape

extension SchemaReader {
    /// What can be said of a schema when all its keywords have been read: how they go together.
    mutating func finish(_ node: inout SchemaNode, entries: [SourceNode.Entry]) {
        if dialect == .draft4 { applyExclusiveFlags(to: &node, entries: entries) }
        applyConstant(to: &node)
        checkBounds(node, entries: entries)
        checkEnumeration(node, entries: entries)
        checkRequired(node)
        checkSwiftNames(node)
        applyFormatType(to: &node)
        checkBesideReference(entries)
    }

    /// In draft 4, `exclusiveMinimum: true` makes `minimum` exclusive.
    private mutating func applyExclusiveFlags(to node: inout SchemaNode, entries: [SourceNode.Entry]) {
        for entry in entries {
            guard case .bool(let isExclusive) = entry.value.content else { continue }
            let bound: String
            switch entry.key.value {
            case "exclusiveMinimum":
                bound = "minimum"
                if isExclusive { (node.exclusiveMinimum, node.minimum) = (node.minimum, nil) }
            case "exclusiveMaximum":
                bound = "maximum"
                if isExclusive { (node.exclusiveMaximum, node.maximum) = (node.maximum, nil) }
            default: continue
            }
            if keywordLocation(bound, in: entries) == nil {
                error(
                    .schemaValue, at: entry.key.location,
                    "'\(entry.key.value)' says in \(dialect.rawValue) how '\(bound)' is meant, which is not here",
                    hint: "add '\(bound)'")
            }
        }
    }

    private func keywordLocation(_ keyword: String, in entries: [SourceNode.Entry]) -> SourceLocation? {
        entries.first { $0.key.value == keyword }?.key.location
    }

    private struct Bounds {
        var lowName: String
        var low: JSONNumber?
        var highName: String
        var high: JSONNumber?
        /// Whether one of the two is itself outside of what is allowed.
        var isOpen = false
    }

    private mutating func checkBounds(_ node: SchemaNode, entries: [SourceNode.Entry]) {
        func counts(_ lowName: String, _ low: Int?, _ highName: String, _ high: Int?) -> Bounds {
            Bounds(
                lowName: lowName, low: low.map { JSONNumber($0) }, highName: highName, high: high.map { JSONNumber($0) }
            )
        }
        let all = [
            counts("minLength", node.minimumLength, "maxLength", node.maximumLength),
            counts("minItems", node.minimumItems, "maxItems", node.maximumItems),
            counts("minProperties", node.minimumProperties, "maxProperties", node.maximumProperties),
            Bounds(lowName: "minimum", low: node.minimum, highName: "maximum", high: node.maximum),
            Bounds(
                lowName: "minimum", low: node.minimum, highName: "exclusiveMaximum", high: node.exclusiveMaximum,
                isOpen: true),
            Bounds(
                lowName: "exclusiveMinimum", low: node.exclusiveMinimum, highName: "maximum", high: node.maximum,
                isOpen: true),
            Bounds(
                lowName: "exclusiveMinimum", low: node.exclusiveMinimum, highName: "exclusiveMaximum",
                high: node.exclusiveMaximum, isOpen: true),
        ]
        for bounds in all {
            guard let low = bounds.low, let high = bounds.high, low > high || bounds.isOpen && !(low < high),
                let location = keywordLocation(bounds.lowName, in: entries)
            else { continue }
            error(
                .schemaValue, at: location,
                "'\(bounds.lowName)' \(low) is \(bounds.isOpen ? "not less" : "more") than '\(bounds.highName)' \(high): "
                    + "nothing is valid")
        }
    }

    /// Who has written more names that are missing has not misspelt them.
    private static let mostSuggestions = 20

    private mutating func checkRequired(_ node: SchemaNode) {
        let missing = node.required.filter { node.property($0.value) == nil }
        let isRefused = if case .refused = node.additionalProperties { true } else { false }
        for (index, name) in missing.enumerated() {
            if isRefused {
                error(
                    .schemaValue, at: name.location,
                    "'\(name.value)' is required, but is no property, and 'additionalProperties' is false")
                continue
            }
            let meant =
                index < Self.mostSuggestions
                ? Suggestion.nearest(to: name.value, among: node.properties.lazy.map(\.name.value)) : nil
            error(
                .schemaValue, at: name.location,
                "'\(name.value)' is required, but 'properties' has no such member",
                hint: meant.map { "did you mean '\($0)'?" } ?? "add it to 'properties'")
        }
    }

    /// Drafts up to 7 pass over what stands beside a `$ref`, later ones demand both.
    private mutating func checkBesideReference(_ entries: [SourceNode.Entry]) {
        guard keywordLocation("$ref", in: entries) != nil else { return }
        for entry in entries
        where !SchemaKeywords.mayStandBesideReference(entry.key.value, in: dialect) {
            error(
                .schemaKeyword, at: entry.key.location, "'\(entry.key.value)' beside '$ref' is not supported yet",
                hint: "put it into the definition that '$ref' leads to")
        }
    }
}
