import ContractModel
import JSONSchema
import JSONTape

/// A bundler that makes the payload of an AsyncAPI message a schema file of its own.
struct PayloadBundler {
    private let document: AsyncAPIDocument
    /// The references that lead to nothing in the document.
    private(set) var missing: [Located<String>] = []
    /// The format of the payload that was read last.
    private(set) var format = ""

    private var definitions = JSONObject()
    /// The names of definitions, by the places of their schemas in the document.
    private var names: [JSONPointer: String] = [:]
    private var open: [(name: String, node: SourceNode)] = []
    private var root = JSONPointer()
    private var definitionsKey = "definitions"

    init(_ document: AsyncAPIDocument) { self.document = document }

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
        definitionsKey = draft < .draft2019 ? "definitions" : "$defs"
        root = place ?? JSONPointer(tokens: [""])
        let value = rewritten(node)
        while let next = open.popLast() { definitions[next.name] = rewritten(next.node) }
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

    private mutating func rewritten(_ node: SourceNode) -> JSONValue {
        switch node.content {
        case .sequence(let nodes):
            var elements: [JSONValue] = []
            for node in nodes { elements.append(rewritten(node)) }
            return .array(elements)
        case .mapping(let entries):
            var object = JSONObject()
            for entry in entries {
                if entry.key.value == "$ref", let text = entry.value.text {
                    object["$ref"] = .string(reference(text, at: entry.value.location))
                } else {
                    object[entry.key.value] = rewritten(entry.value)
                }
            }
            return .object(object)
        case .null, .bool, .number, .string: return node.jsonValue
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
