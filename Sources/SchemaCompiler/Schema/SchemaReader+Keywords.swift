import ContractModel
import JSONTape

extension SchemaReader {
    /// Keywords that JSON Schema has and generation can't honour yet.
    private static let unsupported: Set<String> = [
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef", "$vocabulary", "allOf",
        "anyOf",
        "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependentRequired", "dependencies", "prefixItems",
        "additionalItems", "contains", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties",
        "uniqueItems", "pattern", "patternProperties", "propertyNames",
    ]

    /// Keywords that say nothing about what is valid.
    private static let annotations: Set<String> = [
        "$schema", "$id", "id", "$comment", "examples", "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
        "contentSchema",
    ]

    private static let supported: Set<String> = [
        "$ref", "$defs", "definitions", "title", "description", "deprecated", "default", "type", "enum", "const",
        "minLength", "maxLength", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "items", "minItems", "maxItems", "properties", "required", "additionalProperties", "minProperties",
        "maxProperties",
    ]

    /// Supported keywords that ask nothing of a value, and so may stand beside a `$ref`.
    private static let besideReference: Set<String> = [
        "$ref", "$defs", "definitions", "title", "description", "deprecated", "default",
    ]

    mutating func read(
        _ entry: SourceNode.Entry, of source: SourceNode, into node: inout SchemaNode, id: SchemaGraph.NodeID
    ) {
        let value = entry.value
        let pointer = node.pointer.appending(entry.key.value)
        switch entry.key.value {
        case "title": node.title = string(entry)
        case "description": node.summary = string(entry)
        case "deprecated": node.isDeprecated = boolean(entry) ?? false
        case "default": node.defaultValue = value
        case "$ref":
            guard let target = string(entry) else { return }
            noteReference(from: id, to: Located(target, at: value.location))
        case "$defs", "definitions": readDefinitions(entry, at: pointer)
        case "type": readType(entry, into: &node)
        case "enum": readEnumeration(entry, into: &node)
        case "const":
            guard let constant = string(entry) else { return }
            node.enumeration = [Located(constant, at: value.location)]
            node.isConstant = true
        case "format": readFormat(entry, into: &node)
        case "minLength": node.minimumLength = count(entry)
        case "maxLength": node.maximumLength = count(entry)
        case "minItems": node.minimumItems = count(entry)
        case "maxItems": node.maximumItems = count(entry)
        case "minProperties": node.minimumProperties = count(entry)
        case "maxProperties": node.maximumProperties = count(entry)
        case "minimum": node.minimum = number(entry)
        case "maximum": node.maximum = number(entry)
        case "exclusiveMinimum": node.exclusiveMinimum = number(entry)
        case "exclusiveMaximum": node.exclusiveMaximum = number(entry)
        case "multipleOf": readMultipleOf(entry, into: &node)
        case "items": node.items = readNode(value, at: pointer)
        case "properties": readProperties(entry, at: pointer, into: &node)
        case "required": node.required = strings(entry)
        case "additionalProperties":
            switch value.content {
            case .bool(false): node.additionalProperties = .refused
            case .bool(true): node.additionalProperties = .allowed
            default: node.additionalProperties = .checked(readNode(value, at: pointer))
            }
        default: checkUnknown(entry)
        }
    }

    private mutating func checkUnknown(_ entry: SourceNode.Entry) {
        let keyword = entry.key.value
        if Self.annotations.contains(keyword) { return }
        if Self.unsupported.contains(keyword) {
            // `uniqueItems: false` and the like say what holds anyway.
            if keyword == "uniqueItems", entry.value.content == .bool(false) { return }
            diagnostics.error(
                .schemaKeyword, at: entry.key.location, "the keyword '\(keyword)' is not supported yet",
                hint: "supported: " + Self.supported.sorted().joined(separator: ", "))
        } else if let known = Suggestion.nearest(to: keyword, among: Self.supported.union(Self.unsupported)) {
            diagnostics.error(
                .schemaKeyword, at: entry.key.location, "'\(keyword)' is no keyword of JSON Schema",
                hint: "did you mean '\(known)'?")
        } else if !keyword.hasPrefix("x-") {
            // The specification has unknown keywords be annotations: a schema may have its own, but who wrote
            // OpenAPI's `nullable` meant something by it.
            diagnostics.warning(
                .schemaKeyword, at: entry.key.location,
                "'\(keyword)' is no keyword of JSON Schema, and nothing is checked by it",
                hint: "a name that starts with 'x-' says that this is meant")
        }
    }

    // MARK: Single keywords

    private mutating func readDefinitions(_ entry: SourceNode.Entry, at pointer: JSONPointer) {
        for definition in entries(entry) {
            let place = pointer.appending(definition.key.value)
            define(readNode(definition.value, at: place), as: place)
        }
    }

    private mutating func readType(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        if case .sequence = entry.value.content {
            diagnostics.error(
                .schemaType, at: entry.value.location, "a list of types is not supported yet",
                hint: "name one type; a property that may be absent is one that 'required' leaves out")
            return
        }
        guard let name = string(entry) else { return }
        guard let type = JSONType(rawValue: name) else {
            let names = JSONType.allCases.map(\.rawValue)
            diagnostics.error(
                .schemaValue, at: entry.value.location, "'\(name)' is no type of JSON",
                hint: Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                    ?? "expected one of: " + names.joined(separator: ", "))
            return
        }
        node.type = Located(type, at: entry.value.location)
    }

    private mutating func readEnumeration(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard case .sequence(let values) = entry.value.content, !values.isEmpty else {
            diagnostics.error(
                .schemaValue, at: entry.value.location, "'enum' must be a list of at least one value")
            return
        }
        var cases: [Located<String>] = []
        for value in values {
            guard case .string(let text) = value.content else {
                diagnostics.error(
                    .schemaType, at: value.location, "'enum' of \(value.kindName) is not supported yet",
                    hint: "use strings")
                continue
            }
            if let first = cases.first(where: { $0.value == text }) {
                diagnostics.error(
                    .schemaValue, at: value.location,
                    "'\(text)' is in this 'enum' already, at line \(first.location.line)")
                continue
            }
            cases.append(Located(text, at: value.location))
        }
        node.enumeration = cases
    }

    private mutating func readFormat(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard let name = string(entry), assertsFormats else { return }
        guard let format = StringFormat(rawValue: name) else {
            diagnostics.error(
                .schemaFormat, at: entry.value.location, "the format '\(name)' can't be checked yet",
                hint: "checked are: " + StringFormat.allCases.map(\.rawValue).joined(separator: ", ")
                    + "; 'formats: annotate' in the manifest's 'schemas' checks none")
            return
        }
        node.format = format
    }

    private mutating func readMultipleOf(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard let divisor = number(entry) else { return }
        guard let whole = divisor.int64Value, whole > 0 else {
            let isPositive = divisor > 0
            diagnostics.error(
                isPositive ? .schemaKeyword : .schemaValue, at: entry.value.location,
                isPositive
                    ? "'multipleOf' with a fraction is not supported yet" : "'multipleOf' must be more than 0")
            return
        }
        node.multipleOf = whole
    }

    private mutating func readProperties(
        _ entry: SourceNode.Entry, at pointer: JSONPointer, into node: inout SchemaNode
    ) {
        for property in entries(entry) {
            let schema = readNode(property.value, at: pointer.appending(property.key.value))
            node.properties.append(SchemaNode.Property(name: property.key, schema: schema))
        }
    }

    // MARK: Keywords that speak of each other

    func keywordLocation(_ keyword: String, in entries: [SourceNode.Entry]) -> SourceLocation? {
        entries.first { $0.key.value == keyword }?.key.location
    }

    mutating func checkTogether(_ node: SchemaNode, entries: [SourceNode.Entry]) {
        let bounds: [(String, JSONNumber?, String, JSONNumber?)] = [
            (
                "minLength", node.minimumLength.map { JSONNumber($0) }, "maxLength",
                node.maximumLength.map { JSONNumber($0) }
            ),
            (
                "minItems", node.minimumItems.map { JSONNumber($0) }, "maxItems",
                node.maximumItems.map { JSONNumber($0) }
            ),
            (
                "minProperties", node.minimumProperties.map { JSONNumber($0) },
                "maxProperties", node.maximumProperties.map { JSONNumber($0) }
            ),
            ("minimum", node.minimum, "maximum", node.maximum),
        ]
        for (lowName, low, highName, high) in bounds {
            guard let low, let high, low > high, let location = keywordLocation(lowName, in: entries) else { continue }
            diagnostics.error(
                .schemaValue, at: location, "'\(lowName)' \(low) is more than '\(highName)' \(high): nothing is valid")
        }
        for name in node.required where node.additionalProperties.isRefused && node.property(name.value) == nil {
            diagnostics.error(
                .schemaValue, at: name.location,
                "'\(name.value)' is required, but is no property, and 'additionalProperties' is false")
        }
        for name in node.required where !node.additionalProperties.isRefused && node.property(name.value) == nil {
            diagnostics.error(
                .schemaValue, at: name.location, "'\(name.value)' is required, but 'properties' has no such member",
                hint: Suggestion.nearest(to: name.value, among: node.properties.map(\.name.value))
                    .map { "did you mean '\($0)'?" } ?? "add it to 'properties'")
        }
        checkBesideReference(entries)
    }

    /// Drafts up to 7 pass over what stands beside a `$ref`, later ones demand both.
    private mutating func checkBesideReference(_ entries: [SourceNode.Entry]) {
        guard keywordLocation("$ref", in: entries) != nil else { return }
        let asserting = Self.supported.subtracting(Self.besideReference)
        for entry in entries where asserting.contains(entry.key.value) {
            diagnostics.error(
                .schemaKeyword, at: entry.key.location, "'\(entry.key.value)' beside '$ref' is not supported yet",
                hint: "put it into the definition that '$ref' leads to")
        }
    }
}

extension SchemaNode.AdditionalProperties? {
    var isRefused: Bool {
        if case .refused = self { true } else { false }
    }
}

// MARK: - Values of keywords

extension SchemaReader {
    private mutating func wrongValue(_ entry: SourceNode.Entry, expected: String) {
        diagnostics.error(
            .schemaValue, at: entry.value.location,
            "'\(entry.key.value)' must be \(expected), found \(entry.value.kindName)")
    }

    mutating func string(_ entry: SourceNode.Entry) -> String? {
        if case .string(let text) = entry.value.content { return text }
        wrongValue(entry, expected: "a string")
        return nil
    }

    mutating func boolean(_ entry: SourceNode.Entry) -> Bool? {
        if case .bool(let value) = entry.value.content { return value }
        wrongValue(entry, expected: "a boolean")
        return nil
    }

    mutating func number(_ entry: SourceNode.Entry) -> JSONNumber? {
        if case .number(let value) = entry.value.content { return value }
        wrongValue(entry, expected: "a number")
        return nil
    }

    mutating func count(_ entry: SourceNode.Entry) -> Int? {
        if case .number(let value) = entry.value.content, let count = value.int64Value, count >= 0 {
            return Int(count)
        }
        wrongValue(entry, expected: "a whole number of at least 0")
        return nil
    }

    mutating func entries(_ entry: SourceNode.Entry) -> [SourceNode.Entry] {
        if case .mapping(let entries) = entry.value.content { return entries }
        wrongValue(entry, expected: "an object")
        return []
    }

    mutating func strings(_ entry: SourceNode.Entry) -> [Located<String>] {
        guard case .sequence(let nodes) = entry.value.content else {
            wrongValue(entry, expected: "a list of strings")
            return []
        }
        return nodes.compactMap { node in
            if case .string(let text) = node.content { return Located(text, at: node.location) }
            diagnostics.error(
                .schemaValue, at: node.location, "'\(entry.key.value)' must hold strings, found \(node.kindName)")
            return nil
        }
    }
}
