import ContractModel
import JSONSchema
import JSONTape

/// A bundler that makes the payload of an AsyncAPI message a schema file of its own.
struct PayloadBundler {
    private let document: AsyncAPIDocument
    /// The references that lead to nothing in the document.
    private(set) var missing: [Located<String>] = []
    /// The keywords of AsyncAPI's schemas that JSON Schema does not have.
    private(set) var foreign: [Located<String>] = []
    /// The places of the schemas that payloads consist of.
    var used: Set<JSONPointer> { Set(names.keys).union([root]) }
    /// The format of the payload that was read last.
    private(set) var format = ""

    private var definitions = JSONObject()
    /// The names of definitions, by the places of their schemas in the document.
    private var names: [JSONPointer: String] = [:]
    private var open: [(name: String, node: SourceNode)] = []
    private var root = JSONPointer()
    private var draft = SchemaDraft.draft7
    /// Whether the payload is a schema of AsyncAPI, which has some keywords of its own.
    private var isAsyncAPI = false
    private var definitionsKey: String { draft < .draft2019 ? "definitions" : "$defs" }

    init(_ document: AsyncAPIDocument) { self.document = document }

    /// Returns the place that a payload refers to; `nil` of a payload that is the schema itself.
    static func place(of payload: SourceNode) -> JSONPointer? {
        payload["$ref"]?.text.flatMap { JSONPointer(fragment: $0.dropFirst()) }
    }

    /// - Parameter format: The `schemaFormat` of the message in version 2.
    /// - Returns: `nil` where the payload is in another language than JSON Schema.
    mutating func schema(_ payload: SourceNode, format stated: String?) -> JSONValue? {
        var node = payload
        var place: JSONPointer?
        for _ in 0..<16 {
            guard let text = node["$ref"]?.text, let pointer = JSONPointer(fragment: text.dropFirst()),
                text.hasPrefix("#"), let target = document[pointer]
            else { break }
            (node, place) = (target, pointer)
        }
        format = stated ?? ""
        if let own = node["schemaFormat"]?.text, let inner = node["schema"] {
            format = own
            node = inner
            place = place?.appending("schema")
        }
        guard let draft = Self.draft(of: format) else { return nil }
        self.draft = draft
        isAsyncAPI = format.isEmpty || format.contains("aai.asyncapi")
        root = place ?? JSONPointer(tokens: [""])
        let value = schema(node)
        while let next = open.popLast() { definitions[next.name] = schema(next.node) }
        guard case .object(var object) = value else { return value }
        if !definitions.isEmpty {
            let own = object[definitionsKey]?.object ?? JSONObject()
            object[definitionsKey] = .object(
                JSONObject(own.map { ($0.key, $0.value) } + definitions.map { ($0.key, $0.value) }))
        }
        guard object["$schema"] == nil else { return .object(object) }
        let uri = draft < .draft2019 ? draft.uri + "#" : draft.uri
        return .object(JSONObject([("$schema", .string(uri))] + object.map { ($0.key, $0.value) }))
    }

    /// Returns the draft of a format; `nil` for one that is not JSON Schema. AsyncAPI's own schemas are those of draft
    /// 7.
    private static func draft(of format: String) -> SchemaDraft? {
        if format.isEmpty || format.contains("aai.asyncapi") { return .draft7 }
        guard format.hasPrefix("application/schema+json") || format.hasPrefix("application/schema+yaml") else {
            return nil
        }
        let version = format.split(separator: "=").last.map(String.init) ?? ""
        return SchemaDraft(rawValue: version) ?? .draft7
    }

    /// The keywords of AsyncAPI's schemas that JSON Schema does not have.
    private static let foreignKeywords: Set<String> = ["discriminator", "externalDocs"]

    private mutating func schema(_ node: SourceNode) -> JSONValue {
        guard case .mapping(let entries) = node.content else { return node.jsonValue }
        var object = JSONObject()
        for entry in entries {
            let keyword = entry.key.value
            if keyword == "$ref", let text = entry.value.text {
                object[keyword] = .string(reference(text, at: entry.value.location))
            } else if isAsyncAPI, Self.foreignKeywords.contains(keyword) {
                foreign.append(entry.key)
            } else {
                object[keyword] = value(entry.value, draft.subschemas(of: keyword))
            }
        }
        return .object(object)
    }

    private mutating func value(_ node: SourceNode, _ form: SubschemaForm?) -> JSONValue {
        switch (form, node.content) {
        case (.schema, _), (.schemaOrSchemas, .mapping): return schema(node)
        case (.schemas, .sequence(let nodes)), (.schemaOrSchemas, .sequence(let nodes)):
            var elements: [JSONValue] = []
            for node in nodes { elements.append(schema(node)) }
            return .array(elements)
        case (.schemaMap, .mapping(let entries)), (.dependencies, .mapping(let entries)):
            var object = JSONObject()
            for entry in entries { object[entry.key.value] = schema(entry.value) }
            return .object(object)
        default: return node.jsonValue
        }
    }

    /// Returns the reference to the same schema in the file.
    private mutating func reference(_ text: String, at location: SourceLocation) -> String {
        guard text.hasPrefix("#"), let pointer = JSONPointer(fragment: text.dropFirst()) else {
            if !text.hasPrefix("#") { missing.append(Located(text, at: location)) }
            return text
        }
        if pointer.tokens.starts(with: root.tokens) {
            return "#" + JSONPointer(tokens: Array(pointer.tokens.dropFirst(root.tokens.count))).fragment
        }
        guard let target = document[pointer] else {
            missing.append(Located(text, at: location))
            return text
        }
        let name = names[pointer] ?? add(target, at: pointer)
        return "#" + JSONPointer(tokens: [definitionsKey, name]).fragment
    }

    private mutating func add(_ target: SourceNode, at pointer: JSONPointer) -> String {
        let usual = pointer.tokens.last ?? "schema"
        var name = usual
        var number = 2
        while names.values.contains(name) {
            name = "\(usual)\(number)"
            number += 1
        }
        names[pointer] = name
        // The schema of a format that is stated is within it.
        let schema = target["schemaFormat"] == nil ? target : target["schema"] ?? target
        open.append((name, schema))
        return name
    }
}
