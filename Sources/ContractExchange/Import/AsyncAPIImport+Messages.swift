import ContractModel
import JSONTape
import MonitoringGenerator

/// The messages of channels.
extension AsyncAPIImport {
    /// Adds a message, and returns its name; `nil` of one that is left out, which is noted.
    mutating func add(_ reference: AsyncAPIDocument.Message, topic: String) -> String? {
        let node = reference.node
        let stated = node["name"]?.text ?? reference.name
        guard let name = name(of: node, stated, topic: topic) else { return nil }
        if let reference = node["$ref"], let text = reference.text {
            note(
                text.hasPrefix("#")
                    ? "the reference '\(text)' leads to nothing in the document; the message is left out"
                    : "the reference '\(text)' leads out of the document; the message is left out",
                at: reference.location)
            return nil
        }
        guard let payload = node["payload"] else {
            note("the message '\(name)' has no payload, and is left out", at: node.location)
            return nil
        }
        let own = node[AsyncAPIExport.extensionKey]?.jsonValue.object ?? JSONObject()
        guard let file = schemaFile(of: node, payload, own, named: name) else { return nil }
        var message = JSONObject()
        message["description"] = description(of: node, named: stated).map(JSONValue.string)
        message["schema"] = .string(file)
        message["topic"] = .string(topic)
        let ofSchema = [ManifestWords.dialectKey, ManifestWords.fileKey]
        for (key, value) in own where message[key] == nil && !ofSchema.contains(key) { message[key] = value }
        if own.isEmpty, !isExported { addKeyAndHeaders(node, to: &message, name) }
        messages[name] = .object(message)
        noteRest(of: node, "'\(name)'", Carried.message)
        noteBindings(of: node)
        if let binding = kafkaBinding(of: node) {
            noteRest(of: binding, "the Kafka binding of '\(name)'", Carried.messageBinding)
        }
        return name
    }

    /// Returns a name that Swift allows, and no other message has; `nil` where none can be made, which is noted.
    private mutating func name(of node: SourceNode, _ stated: String, topic: String) -> String? {
        guard let name = ImportNames.type(stated) else {
            note("the message '\(stated)' has no name that Swift allows, and is left out", at: node.location)
            return nil
        }
        if name != stated { note("the message '\(stated)' is named '\(name)'", at: node.location) }
        guard messages[name] != nil else { return name }
        var number = 2
        while messages["\(name)\(number)"] != nil { number += 1 }
        note(
            "the message '\(name)' goes to several topics; the one of '\(topic)' is '\(name)\(number)'",
            at: node.location)
        return "\(name)\(number)"
    }

    // MARK: Schemas

    /// Adds the schema of a message, and returns the reference to it; `nil` where the payload is no JSON Schema, which is
    /// noted.
    private mutating func schemaFile(
        of node: SourceNode, _ payload: SourceNode, _ own: JSONObject, named name: String
    ) -> String? {
        if let reference = own[ManifestWords.fileKey]?.string, addFiles(of: reference) {
            usedSchemas.insert(PayloadBundler.place(of: payload) ?? JSONPointer())
            return reference
        }
        if let known = filesByPayload[payload] { return known }
        var bundler = PayloadBundler(document)
        guard var schema = bundler.schema(payload, format: node["schemaFormat"]?.text) else {
            note(
                "the payload of '\(name)' is not a JSON Schema (\(bundler.format)); the message is left out",
                at: payload.location)
            return nil
        }
        usedSchemas.formUnion(bundler.used)
        for reference in bundler.missing {
            note(
                reference.value.hasPrefix("#")
                    ? "the reference '\(reference.value)' leads to nothing in the document"
                    : "the reference '\(reference.value)' leads out of the document; add the schema to the contract",
                at: reference.location)
        }
        for keyword in bundler.foreign {
            note("'\(keyword.value)' in the schema of '\(name)' has no place in JSON Schema", at: keyword.location)
        }
        guard let file = own[ManifestWords.schemaKey]?.string, SchemaFileName.isPlain(file),
            case .object(var members) = schema
        else {
            if isExported {
                note(
                    "the schema of '\(name)' becomes one file; Swift types and the order of properties may differ",
                    at: payload.location)
            }
            schemasByMessage[name] = schema
            let added = add(schema, named: ImportNames.file(name) + ".schema.json")
            filesByPayload[payload] = added
            return added
        }
        members["$schema"] = nil
        let dialect = own[ManifestWords.dialectKey].map { [(ManifestWords.dialectKey, $0)] } ?? []
        schema = .object(JSONObject(dialect + members.map { ($0.key, $0.value) }))
        return add(schema, named: file)
    }

    private func kafkaBinding(of node: SourceNode) -> SourceNode? {
        node["bindings"].flatMap { document.resolved($0)["kafka"] }.map(document.resolved)
    }

    // MARK: Keys and headers

    private mutating func addKeyAndHeaders(_ node: SourceNode, to message: inout JSONObject, _ name: String) {
        if let key = kafkaBinding(of: node)?["key"] {
            if let pointer = document.resolved(key)[KafkaBindings.keyPointerKey]?.text {
                message["key"] = .string(pointer)
            } else {
                note("the key of '\(name)' names no property; add 'key' to the message", at: key.location)
            }
        }
        var headers = JSONObject()
        for entry in AsyncAPIDocument.entries(of: node["headers"].map({ document.resolved($0) })?["properties"]) {
            let schema = document.resolved(entry.value)
            let constant = schema["const"] ?? Self.onlyValue(of: schema)
            if let text = constant?.text {
                headers[entry.key.value] = .string(Self.literal(text))
            } else {
                note("the header '\(entry.key.value)' of '\(name)' has no fixed value", at: entry.key.location)
            }
        }
        let type = node["contentType"]?.text ?? document.root["defaultContentType"]?.text
        if let type, type != "application/json", !headers.contains(where: { $0.key.lowercased() == "content-type" }) {
            headers["content-type"] = .string(Self.literal(type))
        }
        if !headers.isEmpty { message["headers"] = .object(headers) }
    }

    private static func onlyValue(of schema: SourceNode) -> SourceNode? {
        guard case .sequence(let values)? = schema["enum"]?.content, values.count == 1 else { return nil }
        return values[0]
    }

    /// Returns a string as a pattern that has no placeholders.
    private static func literal(_ text: String) -> String {
        text.replacing("{", with: "{{").replacing("}", with: "}}")
    }
}
