import ContractModel
import JSONTape

extension SchemaReader {
    mutating func read(_ entry: SourceNode.Entry, into node: inout SchemaNode, id: SchemaGraph.NodeID) {
        guard isInDialect(entry) else { return }
        let value = entry.value
        let pointer = node.pointer.appending(entry.key.value)
        switch entry.key.value {
        case "title": node.title = string(entry)
        case "description": node.summary = string(entry)
        case "x-swift-name": node.swiftName = string(entry).map { Located($0, at: value.location) }
        case "x-swift-type": node.swiftType = string(entry).map { Located($0, at: value.location) }
        case "x-swift-names":
            for entry in entries(entry) {
                guard let name = string(entry) else { continue }
                node.swiftNames.append((entry.key, Located(name, at: entry.value.location)))
            }
        case "deprecated": node.isDeprecated = boolean(entry) ?? false
        case "default": node.defaultValue = value
        case "$ref":
            guard let target = string(entry) else { return }
            references.append((id, Located(target, at: value.location)))
        case "$defs", "definitions": readDefinitions(entry, at: pointer)
        case "type": readType(entry, into: &node)
        case "enum": readEnumeration(entry, into: &node)
        case "const": readConstant(entry, into: &node)
        case "format": readFormat(entry, into: &node)
        case "minLength": node.minimumLength = count(entry)
        case "maxLength": node.maximumLength = count(entry)
        case "minItems": node.minimumItems = count(entry)
        case "maxItems": node.maximumItems = count(entry)
        case "minProperties": node.minimumProperties = count(entry)
        case "maxProperties": node.maximumProperties = count(entry)
        case "minimum": node.minimum = number(entry)
        case "maximum": node.maximum = number(entry)
        case "exclusiveMinimum": node.exclusiveMinimum = exclusiveBound(entry)
        case "exclusiveMaximum": node.exclusiveMaximum = exclusiveBound(entry)
        case "multipleOf": readMultipleOf(entry, into: &node)
        case "items": node.items = readItems(entry, at: pointer)
        case "properties": readProperties(entry, at: pointer, into: &node)
        case "required": node.required = strings(entry)
        case "additionalProperties":
            switch value.content {
            case .bool(false): node.additionalProperties = .refused
            case .bool(true): node.additionalProperties = .allowed
            case .null, .number, .string, .sequence, .mapping:
                node.additionalProperties = .checked(readNode(value, at: pointer))
            }
        case "$schema", "$id": checkIdentifier(entry, isAtRoot: node.pointer.tokens.isEmpty)
        case "id" where dialect == .draft4: checkIdentifier(entry, isAtRoot: node.pointer.tokens.isEmpty)
        default: checkUnknown(entry)
        }
    }

    /// What a draft does not know it passes over: a schema that uses it was meant for a later one.
    private mutating func isInDialect(_ entry: SourceNode.Entry) -> Bool {
        let keyword = entry.key.value
        let since = keyword == "$id" ? SchemaDialect.draft6 : SchemaKeywords.supported[keyword]
        guard let since, since > dialect else { return true }
        error(
            .schemaKeyword, at: entry.key.location, "\(dialect.rawValue) has no keyword '\(keyword)'",
            hint:
                "it came with \(since.rawValue); '$schema', or 'dialect' in the manifest's 'schemas', says which is meant"
        )
        return false
    }

    /// What names a schema, or its dialect, is heeded for the file as a whole alone: below, it would have references
    /// lead elsewhere, and keywords mean something else.
    private mutating func checkIdentifier(_ entry: SourceNode.Entry, isAtRoot: Bool) {
        guard !isAtRoot else {
            // The root's `$schema` has been read before.
            if entry.key.value != "$schema" { _ = string(entry) }
            return
        }
        error(
            .schemaKeyword, at: entry.key.location, "'\(entry.key.value)' below the root is not supported yet",
            hint: "take it out; references lead from the file's root")
    }

    private mutating func checkUnknown(_ entry: SourceNode.Entry) {
        let keyword = entry.key.value
        if SchemaKeywords.annotations.contains(keyword) { return }
        if SchemaKeywords.unsupported.contains(keyword) {
            // `uniqueItems: false` and the like say what holds anyway.
            if keyword == "uniqueItems", entry.value.content == .bool(false) { return }
            error(
                .schemaKeyword, at: entry.key.location, "the keyword '\(keyword)' is not supported yet",
                hint: "supported: " + SchemaKeywords.supportedNames)
        } else if let known = Suggestion.nearest(to: keyword, among: SchemaKeywords.all) {
            error(
                .schemaKeyword, at: entry.key.location, "'\(keyword)' is no keyword of JSON Schema",
                hint: "did you mean '\(known)'?")
        } else if keyword.lowercased().hasPrefix("x-swift-") {
            error(
                .schemaKeyword, at: entry.key.location, "unknown keyword '\(keyword)'",
                hint: "the keywords that begin with 'x-swift-' are "
                    + SchemaKeywords.extensions.sorted().joined(separator: ", "))
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
            definitions[place] = readNode(definition.value, at: place)
        }
    }

    private mutating func readType(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        if case .sequence = entry.value.content {
            error(
                .schemaType, at: entry.value.location, "a list of types is not supported yet",
                hint: "name one type; a property that may be absent is one that 'required' leaves out")
            return
        }
        guard let name = string(entry) else { return }
        guard let type = JSONType(rawValue: name) else {
            let names = JSONType.allCases.map(\.rawValue)
            error(
                .schemaValue, at: entry.value.location, "'\(name)' is no type of JSON",
                hint: Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                    ?? "expected one of: " + names.joined(separator: ", "))
            return
        }
        node.type = Located(type, at: entry.value.location)
        node.isIntegerLiteral = type == .integer && dialect == .draft4
    }

    private mutating func readEnumeration(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard case .sequence(let values) = entry.value.content, !values.isEmpty else {
            error(
                .schemaValue, at: entry.value.location, "'enum' must be a list of at least one value")
            return
        }
        var cases: [Located<String>] = []
        var lines: [JSONName: Int] = [:]
        for value in values {
            guard case .string(let text) = value.content else {
                error(
                    .schemaType, at: value.location, "'enum' of \(value.kindName) is not supported yet",
                    hint: "use strings")
                continue
            }
            if let line = lines.updateValue(value.location.line, forKey: JSONName(text)) {
                error(.schemaValue, at: value.location, "'\(text)' is in this 'enum' already, at line \(line)")
                continue
            }
            cases.append(Located(text, at: value.location))
        }
        // Of an enum that was not understood whole, no value can be said not to be in it.
        if lines.count == cases.count, cases.count == values.count { node.enumeration = cases }
    }

    private mutating func readConstant(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard case .string(let text) = entry.value.content else {
            error(
                .schemaType, at: entry.value.location, "'const' of \(entry.value.kindName) is not supported yet",
                hint: "use a string")
            return
        }
        node.constant = Located(text, at: entry.value.location)
    }

    private mutating func readItems(_ entry: SourceNode.Entry, at pointer: JSONPointer) -> SchemaGraph.NodeID? {
        guard case .sequence = entry.value.content, dialect < .draft2020 else {
            return readNode(entry.value, at: pointer)
        }
        error(
            .schemaKeyword, at: entry.value.location, "'items' with a list of schemas is not supported yet",
            hint: "give one schema, which all items are valid by")
        return nil
    }

    private mutating func readFormat(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard let name = string(entry), assertsFormats else { return }
        guard let format = StringFormat(rawValue: name) else {
            error(
                .schemaFormat, at: entry.value.location, "unknown format '\(name)'",
                hint: "known are: " + StringFormat.allCases.map(\.rawValue).joined(separator: ", ")
                    + "; 'formats: annotate' in the manifest's 'schemas' checks none")
            return
        }
        node.format = format
    }

    private mutating func readMultipleOf(_ entry: SourceNode.Entry, into node: inout SchemaNode) {
        guard let divisor = number(entry) else { return }
        guard let whole = divisor.int64Value, whole > 0 else {
            let isPositive = divisor > 0
            error(
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
            node.add(SchemaNode.Property(name: property.key, schema: schema))
        }
    }
}
