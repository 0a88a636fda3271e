import ContractModel
import JSONSchema
import JSONTape

/// A message's schema as a part of an AsyncAPI document.
///
/// AsyncAPI's own schemas are those of draft 7. A schema in 2020-12 that says nothing which draft 7 can't say is written as
/// one, since most tools read no others; any other is written with its format beside it.
struct PlainSchema {
    /// The place of the schema in the document.
    let place: JSONPointer
    private let isPlain: Bool

    static let currentFormat = "application/schema+json;version=2020-12"

    /// Returns the value of the component at a place.
    static func component(_ schema: JSONValue, at place: JSONPointer) -> JSONValue {
        guard isPlain(schema, isRoot: true) else {
            let writer = PlainSchema(place: place.appending("schema"), isPlain: false)
            return .object(["schemaFormat": .string(currentFormat), "schema": writer.written(schema, isRoot: true)])
        }
        let writer = PlainSchema(place: place, isPlain: true)
        let written = writer.written(schema, isRoot: true)
        // The schema `false` could be taken for a value that is missing.
        return written == .bool(false) ? .object(["not": .object(JSONObject())]) : written
    }

    /// Returns whether the component of a schema is a file word for word, but for its `$schema` and the base of references.
    static func isFaithful(_ schema: JSONValue, to file: JSONValue) -> Bool {
        guard case .object(var members) = file else { return false }
        members["$schema"] = nil
        let writer = PlainSchema(place: JSONPointer(), isPlain: isPlain(schema, isRoot: true))
        return writer.written(schema, isRoot: true).jsonText == JSONValue.object(members).jsonText
    }

    // MARK: Test

    /// The keywords that only a resource of its own gives a meaning.
    private static let resourceKeywords: Set<String> = [
        "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary",
    ]

    private static func isPlain(_ value: JSONValue, isRoot: Bool = false) -> Bool {
        guard case .object(let object) = value else { return true }
        for (keyword, member) in object {
            if isRoot, ["$id", "$schema"].contains(keyword) { continue }
            if resourceKeywords.contains(keyword) { return false }
            guard let form = SchemaDraft.draft2020.subschemas(of: keyword) else { continue }
            if SchemaDraft.draft7.subschemas(of: keyword) == nil { return false }
            if case .string(let text)? = object["$ref"], !text.hasPrefix("#") { return false }
            if !subschemas(of: member, form).allSatisfy({ isPlain($0) }) { return false }
        }
        return true
    }

    private static func subschemas(of value: JSONValue, _ form: SubschemaForm) -> [JSONValue] {
        switch (form, value) {
        case (.schema, _), (.schemaOrSchemas, .object), (.schemaOrSchemas, .bool): [value]
        case (.schemas, .array(let elements)), (.schemaOrSchemas, .array(let elements)): elements
        case (.schemaMap, .object(let members)): members.map(\.value)
        default: []
        }
    }

    // MARK: Text

    private func written(_ value: JSONValue, isRoot: Bool = false) -> JSONValue {
        guard case .object(let object) = value else { return value }
        var written = JSONObject()
        for (keyword, member) in object {
            if isRoot, ["$id", "$schema"].contains(keyword) { continue }
            let name = isPlain && keyword == "$defs" ? "definitions" : keyword
            guard let form = SchemaDraft.draft2020.subschemas(of: keyword) else {
                written[name] = member
                continue
            }
            switch (form, member) {
            case (_, .string(let text)) where keyword == "$ref": written[name] = .string(reference(text))
            case (.schema, _): written[name] = self.written(member)
            case (.schemas, .array(let elements)): written[name] = .array(elements.map { self.written($0) })
            case (.schemaMap, .object(let members)):
                written[name] = .object(JSONObject(members.map { ($0.key, self.written($0.value)) }))
            default: written[name] = member
            }
        }
        // Beside a reference, draft 7 ignores all other keywords.
        guard isPlain, let reference = written["$ref"], written.count > 1 else { return .object(written) }
        written["$ref"] = nil
        var parts: [JSONValue] = [.object(["$ref": reference])]
        if case .array(let others)? = written["allOf"] { parts += others }
        written["allOf"] = .array(parts)
        return .object(written)
    }

    private func reference(_ text: String) -> String {
        guard text.hasPrefix("#"), let pointer = JSONPointer(fragment: text.dropFirst()) else { return text }
        var tokens = pointer.tokens
        if isPlain { tokens = renamed(tokens) }
        return "#" + JSONPointer(tokens: place.tokens + tokens).fragment
    }

    /// Definitions of draft 7 have a different name; members of that name keep theirs.
    private func renamed(_ tokens: [String]) -> [String] {
        var renamed: [String] = []
        var form: SubschemaForm? = .schema
        for token in tokens {
            switch form {
            case .schema:
                renamed.append(token == "$defs" ? "definitions" : token)
                form = SchemaDraft.draft2020.subschemas(of: token)
            case .schemas, .schemaMap, .schemaOrSchemas, .dependencies:
                renamed.append(token)
                form = .schema
            case .data, nil: renamed.append(token)
            }
        }
        return renamed
    }
}
