import ContractModel
import JSONSchema
import JSONTape

/// A converter of a self-contained schema of earlier drafts to 2020-12.
///
/// One thing has no equivalent: in draft 4, `1.0` is not an integer.
struct SchemaConverter {
    /// Returns the schema in 2020-12, with the same meaning.
    static func current(_ bundle: SchemaBundle) -> JSONValue {
        guard bundle.draft != .draft2020 || !bundle.otherDrafts.isEmpty else { return bundle.value }
        var converter = SchemaConverter(bundle: bundle)
        converter.place(bundle.value, JSONPointer(), JSONPointer())
        var converted = converter.schema(bundle.value, at: JSONPointer())
        if case .object(var object) = converted {
            object["$schema"] = .string(SchemaDraft.draft2020.uri)
            converted = .object(object)
        }
        return converted
    }

    private let bundle: SchemaBundle
    /// The place of each schema, and of the keywords on the way, in the converted schema.
    private var places: [JSONPointer: JSONPointer] = [:]

    private init(bundle: SchemaBundle) { self.bundle = bundle }

    /// Returns the draft of the schema at a place of the bundle.
    private func draft(at place: JSONPointer) -> SchemaDraft {
        guard !bundle.otherDrafts.isEmpty, place.tokens.count > 1, ["definitions", "$defs"].contains(place.tokens[0])
        else { return bundle.draft }
        return bundle.otherDrafts[place.tokens[1]] ?? bundle.draft
    }

    // MARK: Places

    private mutating func place(_ value: JSONValue, _ old: JSONPointer, _ new: JSONPointer) {
        places[old] = new
        guard case .object(let object) = value else { return }
        let draft = draft(at: old)
        for (keyword, member) in object {
            let old = old.appending(keyword)
            guard let name = name(of: keyword, member, in: object, draft) else { continue }
            let new = new.appending(name)
            places[old] = new
            switch (draft.subschemas(of: keyword), member) {
            case (.schemas, .array(let elements)), (.schemaOrSchemas, .array(let elements)):
                for (index, element) in elements.enumerated() {
                    place(element, old.appending(String(index)), new.appending(String(index)))
                }
            case (.schema, _), (.schemaOrSchemas, _): place(member, old, new)
            case (.schemaMap, .object(let members)):
                for (name, schema) in members { place(schema, old.appending(name), new.appending(name)) }
            case (.dependencies, .object(let members)):
                for (name, schema) in members {
                    place(schema, old.appending(name), new.appending(name))
                }
            default: break
            }
        }
    }

    /// Returns the name of a keyword in 2020-12; `nil` where it is left out.
    private func name(
        of keyword: String, _ value: JSONValue, in object: JSONObject, _ draft: SchemaDraft
    ) -> String? {
        if draft == .draft2020 { return keyword == "$schema" ? nil : keyword }
        if draft.ignoresReferenceSiblings, object["$ref"] != nil,
            !["$ref", "definitions", "$defs"].contains(keyword)
        {
            return nil
        }
        switch keyword {
        case "$schema", "id", "$recursiveAnchor": return nil
        case "definitions": return object["$defs"] == nil ? "$defs" : "definitions"
        case "items": if case .array = value { return "prefixItems" } else { return "items" }
        case "additionalItems": if case .array? = object["items"] { return "items" } else { return nil }
        case "dependencies": return "dependentSchemas"
        case "$recursiveRef": return "$ref"
        default: break
        }
        // A word that only later drafts have would begin to assert something.
        if draft.subschemas(of: keyword) == nil, SchemaDraft.draft2020.subschemas(of: keyword) != nil { return nil }
        return keyword
    }

    // MARK: Schemas

    private func schema(_ value: JSONValue, at place: JSONPointer) -> JSONValue {
        guard case .object(let object) = value else { return value }
        let draft = draft(at: place)
        var converted = JSONObject()
        if let id = object[draft == .draft4 ? "id" : "$id"], case .string(let text) = id,
            !(draft.ignoresReferenceSiblings && object["$ref"] != nil)
        {
            if text.hasPrefix("#") {
                converted["$anchor"] = .string(String(text.dropFirst()))
            } else {
                converted["$id"] = id
            }
        }
        for (keyword, member) in object where keyword != "$id" {
            guard let name = name(of: keyword, member, in: object, draft) else { continue }
            let place = place.appending(keyword)
            switch keyword {
            case "$ref", "$recursiveRef": converted[name] = reference(member)
            case "dependencies" where draft != .draft2020: dependencies(member, at: place, to: &converted)
            case "exclusiveMinimum" where draft == .draft4, "exclusiveMaximum" where draft == .draft4: break
            case "minimum" where draft == .draft4 && object["exclusiveMinimum"] == true:
                converted["exclusiveMinimum"] = member
            case "maximum" where draft == .draft4 && object["exclusiveMaximum"] == true:
                converted["exclusiveMaximum"] = member
            default: converted[name] = self.value(member, of: keyword, at: place, draft)
            }
        }
        return .object(converted)
    }

    private func value(
        _ value: JSONValue, of keyword: String, at place: JSONPointer, _ draft: SchemaDraft
    ) -> JSONValue {
        switch (draft.subschemas(of: keyword), value) {
        case (.schemas, .array(let elements)), (.schemaOrSchemas, .array(let elements)):
            .array(elements.enumerated().map { schema($0.element, at: place.appending(String($0.offset))) })
        case (.schema, _), (.schemaOrSchemas, _): schema(value, at: place)
        case (.schemaMap, .object(let members)):
            .object(JSONObject(members.map { ($0.key, schema($0.value, at: place.appending($0.key))) }))
        default: value
        }
    }

    private func dependencies(_ value: JSONValue, at place: JSONPointer, to converted: inout JSONObject) {
        guard case .object(let members) = value else { return }
        var (names, schemas) = (JSONObject(), JSONObject())
        for (name, member) in members {
            if case .array = member {
                names[name] = member
            } else {
                schemas[name] = schema(member, at: place.appending(name))
            }
        }
        if !names.isEmpty { converted["dependentRequired"] = .object(names) }
        if !schemas.isEmpty { converted["dependentSchemas"] = .object(schemas) }
    }

    /// Returns a reference to the same schema at its new place.
    private func reference(_ value: JSONValue) -> JSONValue {
        guard case .string(let text) = value, text.hasPrefix("#/"),
            let old = JSONPointer(fragment: text.dropFirst())
        else { return value }
        // A reference may lead into a word that is not a keyword: what is on the way to it has its place.
        for count in stride(from: old.tokens.count, through: 0, by: -1) {
            guard let new = places[JSONPointer(tokens: Array(old.tokens.prefix(count)))] else { continue }
            return .string("#" + JSONPointer(tokens: new.tokens + old.tokens.dropFirst(count)).fragment)
        }
        return value
    }
}
