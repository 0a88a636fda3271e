import JSONTape

/// A reader of a schema of draft 4, 6 or 7 as everit-json-schema does, the library of registries on the JVM.
///
/// Keywords of one type become one schema; the others are next to it, and all of them together are an `allOf`.
struct TypedSchemaReader {
    enum Draft: Comparable {
        case four, six, seven, later
    }

    private(set) var schemas: TypedSchemas
    private let references: SchemaReferences
    private let draft: Draft
    /// The schemas that references lead to, by their place.
    private var targets: [[String]: TypedSchemas.ID] = [:]
    private var depth = 0

    /// Adds a schema to others.
    ///
    /// - Returns: The schemas, and the one that was added.
    static func read(
        _ schema: JSONValue, _ draft: Draft, into schemas: TypedSchemas
    ) throws(RegistryFailure) -> (TypedSchemas, TypedSchemas.ID) {
        var reader = TypedSchemaReader(schemas: schemas, references: SchemaReferences(schema), draft: draft)
        let id = try reader.schema(schema)
        return (reader.schemas, id)
    }

    /// Returns the draft that a schema states; `nil` without one that is known.
    static func draft(of schema: JSONValue) -> Draft? {
        guard let uri = schema.members["$schema"]?.text else { return nil }
        if uri.contains("draft-04") || uri.hasSuffix("json-schema.org/schema#") { return .four }
        if uri.contains("draft-06") { return .six }
        if uri.contains("draft-07") { return .seven }
        return uri.contains("json-schema.org/draft/") ? .later : nil
    }

    private mutating func schema(_ value: JSONValue) throws(RegistryFailure) -> TypedSchemas.ID {
        let id = schemas.add(.empty)
        try fill(id, value)
        return id
    }

    private mutating func schema(_ value: JSONValue?) throws(RegistryFailure) -> TypedSchemas.ID? {
        guard let value else { return nil }
        return try schema(value)
    }

    private mutating func map(_ value: JSONValue?) throws(RegistryFailure) -> [String: TypedSchemas.ID] {
        var map: [String: TypedSchemas.ID] = [:]
        for (key, member) in value?.members ?? JSONObject() { map[key] = try schema(member) }
        return map
    }

    private mutating func list(_ values: [JSONValue]) throws(RegistryFailure) -> [TypedSchemas.ID] {
        var list: [TypedSchemas.ID] = []
        for value in values { list.append(try schema(value)) }
        return list
    }

    private mutating func reference(_ text: String) throws(RegistryFailure) -> TypedSchemas.Form {
        let (value, path) = try references.target(of: text)
        if let known = targets[path] { return .reference(known) }
        let id = schemas.add(.empty)
        targets[path] = id
        try fill(id, value)
        return .reference(id)
    }

    private mutating func fill(_ id: TypedSchemas.ID, _ value: JSONValue) throws(RegistryFailure) {
        guard depth < 500 else { throw RegistryFailure(text: "the schema nests too deep") }
        depth += 1
        defer { depth -= 1 }
        switch value {
        case .bool(let accepts): schemas.set(id, accepts ? .accepting : .rejecting)
        case .object(let object):
            if object["default"] != nil { schemas.setDefault(id) }
            if let text = object["$ref"]?.text, draft != .later {
                schemas.set(id, try reference(text))
            } else {
                let parts = draft == .later ? try laterParts(object) : try parts(object)
                schemas.set(id, combined(parts))
            }
        case .null, .number, .string, .array: throw RegistryFailure(text: "a schema is an object or a Boolean")
        }
    }

    private mutating func combined(_ parts: [TypedSchemas.Form]) -> TypedSchemas.Form {
        guard let first = parts.first else { return .empty }
        return parts.count == 1 ? first : .combination(.all, parts.map { schemas.add($0) })
    }

    // MARK: Drafts 4 to 7

    private mutating func parts(_ object: JSONObject) throws(RegistryFailure) -> [TypedSchemas.Form] {
        var parts = try values(object) + combinations(object)
        if let inner = try schema(object["not"]) { parts.append(.not(inner)) }
        if draft > .four, let value = object["const"] { parts.append(.constant(value)) }
        var read: Set<String> = []
        if let name = object["type"]?.text {
            parts.append(try form(ofType: name, object, &read))
        } else if case .array(let names)? = object["type"] {
            var forms: [TypedSchemas.ID] = []
            for name in names { forms.append(schemas.add(try form(ofType: name.text ?? "", object, &read))) }
            parts.append(.combination(.any, forms))
        }
        for (type, keywords) in Self.keywords where !read.contains(type) {
            if keywords.contains(where: { object[$0] != nil && isKnown($0) }) {
                parts.append(try form(ofType: type, object, &read))
            }
        }
        if draft >= .seven, ["if", "then", "else"].contains(where: { object[$0] != nil }) {
            parts.append(try conditional(object))
        }
        return parts
    }

    private func values(_ object: JSONObject) -> [TypedSchemas.Form] {
        if case .array(let values)? = object["enum"] { [.values(values)] } else { [] }
    }

    private mutating func combinations(_ object: JSONObject) throws(RegistryFailure) -> [TypedSchemas.Form] {
        var parts: [TypedSchemas.Form] = []
        for criterion in [TypedSchemas.Criterion.all, .any, .one] {
            guard case .array(let inner)? = object[criterion.rawValue] else { continue }
            parts.append(.combination(criterion, try list(inner)))
        }
        return parts
    }

    private mutating func conditional(_ object: JSONObject) throws(RegistryFailure) -> TypedSchemas.Form {
        .conditional(
            condition: try schema(object["if"]), then: try schema(object["then"]), otherwise: try schema(object["else"])
        )
    }

    /// The keywords by which a schema without a type has one.
    private static let keywords: [(String, [String])] = [
        ("array", ["items", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains"]),
        (
            "object",
            [
                "properties", "required", "minProperties", "maxProperties", "dependencies", "patternProperties",
                "additionalProperties", "propertyNames",
            ]
        ),
        ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        ("string", ["minLength", "maxLength", "pattern", "format"]),
    ]

    private func isKnown(_ keyword: String) -> Bool {
        draft > .four || (keyword != "contains" && keyword != "propertyNames")
    }

    /// Returns a schema of one type with the keywords of that type, which are read by it.
    private mutating func form(
        ofType name: String, _ object: JSONObject, _ read: inout Set<String>
    ) throws(RegistryFailure) -> TypedSchemas.Form {
        read.insert(name == "integer" ? "number" : name)
        switch name {
        case "null": return .null
        case "boolean": return .boolean
        case "string": return .strings(strings(object))
        case "integer", "number":
            var numbers = numbers(object)
            numbers.requiresInteger = name == "integer"
            return .numbers(numbers)
        case "array": return .arrays(try arrays(object))
        case "object": return .objects(try objects(object))
        default: throw RegistryFailure(text: "unknown type '\(name)'")
        }
    }

    private static let formats: [(Draft, Set<String>)] = [
        (.four, ["date-time", "uri", "email", "ipv4", "ipv6", "hostname"]),
        (.six, ["json-pointer", "uri-reference", "uri-template"]),
        (.seven, ["date", "time", "regex", "relative-json-pointer"]),
    ]

    private func strings(_ object: JSONObject) -> TypedSchemas.Strings {
        let format = object["format"]?.text
        let isKnown = Self.formats.contains { $0.0 <= draft && $0.1.contains(format ?? "") }
        var content: [String: JSONValue] = [:]
        for name in ["contentEncoding", "contentMediaType"] { content[name] = object[name] }
        return TypedSchemas.Strings(
            minimum: object["minLength"]?.number, maximum: object["maxLength"]?.number,
            pattern: object["pattern"]?.text,
            format: isKnown ? format : nil, content: content)
    }

    private func numbers(_ object: JSONObject) -> TypedSchemas.Numbers {
        var numbers = TypedSchemas.Numbers(
            minimum: object["minimum"]?.number, maximum: object["maximum"]?.number,
            multipleOf: object["multipleOf"]?.number)
        numbers.exclusiveMinimum = object["exclusiveMinimum"]?.number
        numbers.exclusiveMaximum = object["exclusiveMaximum"]?.number
        numbers.excludesMinimum = object["exclusiveMinimum"]?.truth ?? false
        numbers.excludesMaximum = object["exclusiveMaximum"]?.truth ?? false
        return numbers
    }

    private mutating func objects(_ object: JSONObject) throws(RegistryFailure) -> TypedSchemas.Objects {
        var own = TypedSchemas.Objects()
        own.properties = try map(object["properties"])
        own.required = Set((object["required"]?.elements ?? []).compactMap(\.text))
        if let permits = object["additionalProperties"]?.truth {
            own.permitsAdditional = permits
        } else {
            own.additional = try schema(object["additionalProperties"])
        }
        own.patterns = try map(object["patternProperties"])
        (own.minimum, own.maximum) = (object["minProperties"]?.number, object["maxProperties"]?.number)
        for (name, dependency) in object["dependencies"]?.members ?? JSONObject() {
            if case .array(let names) = dependency {
                own.requiredWith[name] = Set(names.compactMap(\.text))
            } else {
                own.schemasWith[name] = try schema(dependency)
            }
        }
        if draft > .four { own.names = try schema(object["propertyNames"]) }
        return own
    }

    private mutating func arrays(_ object: JSONObject) throws(RegistryFailure) -> TypedSchemas.Arrays {
        var own = TypedSchemas.Arrays()
        (own.minimum, own.maximum) = (object["minItems"]?.number, object["maxItems"]?.number)
        own.isUnique = object["uniqueItems"]?.truth ?? false
        if let permits = object["additionalItems"]?.truth {
            own.permitsAdditional = permits
        } else {
            own.additional = try schema(object["additionalItems"])
        }
        if case .array(let prefix)? = object["items"] {
            own.prefix = prefix.isEmpty ? nil : try list(prefix)
        } else {
            own.all = try schema(object["items"])
        }
        if draft > .four { own.contains = try schema(object["contains"]) }
        return own
    }

    // MARK: 2019-09 and 2020-12

    /// Returns the parts of a schema of a later draft, which Confluent's registry joins where their types agree.
    private mutating func laterParts(_ object: JSONObject) throws(RegistryFailure) -> [TypedSchemas.Form] {
        var parts: [TypedSchemas.Form] = []
        if let type = object["type"], let part = try laterPart("type", type, object) { parts.append(part) }
        let hasTypes = object["type"]?.elements.isEmpty == false
        for (key, value) in object where key != "type" {
            guard let part = try laterPart(key, value, object) else { continue }
            join(part, to: &parts, hasTypes: hasTypes)
        }
        return parts
    }

    private mutating func laterPart(
        _ key: String, _ value: JSONValue, _ object: JSONObject
    ) throws(RegistryFailure) -> TypedSchemas.Form? {
        let alone = JSONObject([(key, value)])
        switch key {
        case "$ref", "$dynamicRef": return try value.text.map { text throws(RegistryFailure) in try reference(text) }
        case "enum": return values(alone).first
        case "const": return .constant(value)
        case "not": return try schema(value).map { id in .not(id) }
        case "allOf", "anyOf", "oneOf": return try combinations(alone).first
        case "if": return try conditional(object)
        case "type": return try parts(alone).first.map { form in form }
        case "minLength", "maxLength", "pattern": return .strings(strings(alone))
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf": return .numbers(numbers(alone))
        case "properties", "required", "minProperties", "maxProperties", "patternProperties", "propertyNames",
            "additionalProperties":
            return .objects(try objects(alone))
        case "dependentRequired":
            var own = TypedSchemas.Objects()
            for (name, names) in value.members { own.requiredWith[name] = Set(names.elements.compactMap(\.text)) }
            return .objects(own)
        case "dependentSchemas": return .objects(TypedSchemas.Objects(schemasWith: try map(value)))
        case "unevaluatedProperties": return .objects(TypedSchemas.Objects(unevaluated: try schema(value)))
        case "unevaluatedItems": return .arrays(TypedSchemas.Arrays(unevaluated: try schema(value)))
        case "minItems", "maxItems", "uniqueItems": return .arrays(try arrays(alone))
        case "prefixItems": return .arrays(TypedSchemas.Arrays(prefix: try list(value.elements)))
        case "contains":
            var own = TypedSchemas.Arrays(contains: try schema(value))
            own.minimumContained = object["minContains"]?.number ?? 1
            own.maximumContained = object["maxContains"]?.number
            return .arrays(own)
        case "items": return .arrays(try laterItems(value, hasPrefix: object["prefixItems"] != nil))
        default: return nil
        }
    }

    private mutating func laterItems(
        _ value: JSONValue, hasPrefix: Bool
    ) throws(RegistryFailure) -> TypedSchemas.Arrays {
        switch value {
        case .bool(let permits): return TypedSchemas.Arrays(permitsAdditional: permits)
        case .array: throw RegistryFailure(text: "a list as 'items' is of an earlier draft than the schema's")
        default:
            let inner = try schema(value)
            return hasPrefix ? TypedSchemas.Arrays(additional: inner) : TypedSchemas.Arrays(all: inner)
        }
    }

    private mutating func join(_ part: TypedSchemas.Form, to parts: inout [TypedSchemas.Form], hasTypes: Bool) {
        // Keywords of a type belong to it in a list of types.
        if hasTypes, parts.count == 1, case .combination(.any, var types) = parts[0],
            let index = types.firstIndex(where: { schemas[$0].kind == part.kind }),
            let joined = schemas[types[index]].joined(with: part)
        {
            types[index] = schemas.add(joined)
            parts[0] = .combination(.any, types)
        } else if let index = parts.firstIndex(where: { $0.joined(with: part) != nil }),
            let joined = parts[index].joined(with: part)
        {
            parts[index] = joined
        } else {
            parts.append(part)
        }
    }
}

extension TypedSchemas.Form {
    /// Returns both schemas as one; `nil` where their types differ.
    fileprivate func joined(with other: Self) -> Self? {
        switch (self, other) {
        case (.strings(let left), .strings(let right)):
            return .strings(
                TypedSchemas.Strings(
                    minimum: right.minimum ?? left.minimum, maximum: right.maximum ?? left.maximum,
                    pattern: right.pattern ?? left.pattern))
        case (.numbers(let left), .numbers(let right)):
            return .numbers(
                TypedSchemas.Numbers(
                    minimum: right.minimum ?? left.minimum, maximum: right.maximum ?? left.maximum,
                    exclusiveMinimum: right.exclusiveMinimum ?? left.exclusiveMinimum,
                    exclusiveMaximum: right.exclusiveMaximum ?? left.exclusiveMaximum,
                    multipleOf: right.multipleOf ?? left.multipleOf,
                    requiresInteger: left.requiresInteger || right.requiresInteger))
        case (.objects(let left), .objects(let right)): return .objects(left.joined(with: right))
        case (.arrays(let left), .arrays(let right)): return .arrays(left.joined(with: right))
        default: return nil
        }
    }
}

extension TypedSchemas.Objects {
    fileprivate func joined(with other: Self) -> Self {
        var joined = self
        joined.properties.merge(other.properties) { $1 }
        joined.patterns.merge(other.patterns) { $1 }
        joined.schemasWith.merge(other.schemasWith) { $1 }
        joined.requiredWith.merge(other.requiredWith) { $0.union($1) }
        joined.required.formUnion(other.required)
        joined.permitsAdditional = permitsAdditional && other.permitsAdditional
        joined.additional = other.additional ?? additional
        joined.minimum = other.minimum ?? minimum
        joined.maximum = other.maximum ?? maximum
        joined.names = other.names ?? names
        joined.unevaluated = other.unevaluated ?? unevaluated
        return joined
    }
}

extension TypedSchemas.Arrays {
    fileprivate func joined(with other: Self) -> Self {
        var joined = self
        joined.all = other.all ?? all
        joined.prefix = prefix.map { $0 + (other.prefix ?? []) } ?? other.prefix
        joined.permitsAdditional = permitsAdditional && other.permitsAdditional
        joined.additional = other.additional ?? additional
        joined.contains = other.contains ?? contains
        joined.minimumContained = other.minimumContained ?? minimumContained
        joined.maximumContained = other.maximumContained ?? maximumContained
        joined.minimum = other.minimum ?? minimum
        joined.maximum = other.maximum ?? maximum
        joined.isUnique = isUnique || other.isUnique
        joined.unevaluated = other.unevaluated ?? unevaluated
        return joined
    }
}
