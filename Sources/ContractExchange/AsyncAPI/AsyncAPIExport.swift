import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// The versions of AsyncAPI that are written.
package enum AsyncAPIVersion: String, CaseIterable, Sendable {
    case version30 = "3.0"
    case version31 = "3.1"

    var text: String { rawValue + ".0" }
}

/// An export that writes a contract as an AsyncAPI document.
///
/// Parts that AsyncAPI has no place for are below `x-event-contracts`, in the words of the manifest, so that `import` can
/// read it back.
struct AsyncAPIExport {
    let contract: CompiledContract
    private let schemas: MessageSchemas
    private let examples: MessageExamples
    private let version: AsyncAPIVersion
    private let service: String?
    private let topics: [CompiledTopic]
    private let manifest: ManifestWords
    private let sources: SchemaSources

    static let extensionKey = "x-event-contracts"
    static let bindingVersion: JSONValue = "0.5.0"

    /// - Parameter topic: The key of the only topic that is described; `nil` for all.
    init(_ export: ContractExport, version: AsyncAPIVersion, service: String? = nil, topic: String? = nil) {
        contract = export.contract
        schemas = export.schemas
        examples = export.examples
        self.version = version
        self.service = service
        topics = contract.topics.filter { candidate in
            let declaration = candidate.declaration
            guard topic == nil || declaration.key.value == topic else { return false }
            return service == nil || (declaration.producers + declaration.consumers).contains { $0.value == service }
        }
        manifest = ManifestWords(contract.contract)
        sources = SchemaSources(contract.contract, schemas, carriesFiles: topic == nil)
    }

    private var messages: [CompiledMessage] {
        let keys = Set(topics.map(\.declaration.key.value))
        return contract.messages.filter { keys.contains($0.topic.declaration.key.value) }
    }

    func document() -> JSONValue {
        let messages = messages
        var components = JSONObject()
        components["schemas"] = .object(
            JSONObject(
                messages.compactMap { message in
                    schemas[message.name].map { entry in
                        let place = JSONPointer(tokens: ["components", "schemas", message.name])
                        return (message.name, PlainSchema.component(entry.current, at: place))
                    }
                }))
        components["messages"] = .object(JSONObject(messages.map { ($0.name, .object(self.message($0))) }))
        components["securitySchemes"] = .object(AsyncAPISecurity.schemes)
        return .object([
            "asyncapi": .string(version.text),
            "info": .object(info),
            "defaultContentType": "application/json",
            "servers": .object(["kafka": .object(AsyncAPISecurity.server)]),
            "channels": .object(
                JSONObject(topics.map { ($0.declaration.key.value, .object(channel($0, messages))) })),
            "operations": .object(operations(messages)),
            "components": .object(components),
        ])
    }

    // MARK: Parts

    private var info: JSONObject {
        let declaration = contract.contract
        let name = declaration.name.value
        var info: JSONObject = [
            "title": .string(service.map { "\(name): \($0)" } ?? name),
            "version": .string(declaration.version.value),
        ]
        let own = service.flatMap { service in declaration.services.first { $0.name.value == service }?.summary }
        info["description"] = (own ?? declaration.summary).map(JSONValue.string)
        if let owner = declaration.ownership.owner { info["contact"] = .object(["name": .string(owner.value)]) }
        var words = manifest.contract ?? JSONObject()
        words[ManifestWords.filesKey] = sources.files(of: messages)
        if let service, let services = words["services"]?.object {
            // The operations of the others are left out.
            words["services"] = services[service].map { .object([service: $0]) }
        }
        if !words.isEmpty { info[Self.extensionKey] = .object(words) }
        return info
    }

    private func channel(_ topic: CompiledTopic, _ messages: [CompiledMessage]) -> JSONObject {
        let declaration = topic.declaration
        var channel: JSONObject = ["address": .string(declaration.name)]
        channel["description"] = declaration.purpose.map(JSONValue.string)
        channel["servers"] = .array([Self.reference("servers", "kafka")])
        channel["messages"] = .object(
            JSONObject(
                messages.filter { $0.topic.declaration.key.value == declaration.key.value }
                    .map { ($0.name, Self.reference("components", "messages", $0.name)) }))
        channel["bindings"] = .object(["kafka": .object(KafkaBindings.channel(declaration))])
        channel[Self.extensionKey] = manifest.topic(declaration.key.value).map(JSONValue.object)
        return channel
    }

    /// Returns the operations of services: one for each service and topic, from the view of the service.
    private func operations(_ messages: [CompiledMessage]) -> JSONObject {
        var operations = JSONObject()
        for topic in topics {
            let key = topic.declaration.key.value
            let references = messages.filter { $0.topic.declaration.key.value == key }
                .map { Self.reference("channels", key, "messages", $0.name) }
            for (action, verb, services) in [
                ("send", "sends", topic.declaration.producers), ("receive", "receives", topic.declaration.consumers),
            ] {
                for name in services.map(\.value) where service == nil || service == name {
                    var operation: JSONObject = [
                        "action": .string(action),
                        "channel": Self.reference("channels", key),
                        "summary": .string("\(name) \(verb) \(topic.declaration.name)"),
                    ]
                    operation["tags"] = .array([.object(["name": .string(name)])])
                    operation["messages"] = .array(references)
                    operation["x-service"] = .string(name)
                    operations["\(name)_\(verb)_\(key)"] = .object(operation)
                }
            }
        }
        return operations
    }

    private func message(_ message: CompiledMessage) -> JSONObject {
        var object: JSONObject = ["name": .string(message.name), "title": .string(message.name)]
        object["summary"] = message.declaration.summary.map(JSONValue.string)
        object["contentType"] = .string(contentType(of: message))
        object["headers"] = headers(of: message)
        if schemas[message.name] != nil { object["payload"] = Self.reference("components", "schemas", message.name) }
        if let header = message.headers.first(where: { $0.name.lowercased().contains("correlation") }) {
            let place = JSONPointer(tokens: [header.name]).fragment
            object["correlationId"] = .object(["location": .string("$message.header#\(place)")])
        }
        object["tags"] = .array(
            message.events.map { event in
                var tag: JSONObject = ["name": .string(event.declaration.name.value)]
                tag["description"] = event.declaration.summary.map(JSONValue.string)
                return .object(tag)
            })
        object["bindings"] = .object([
            "kafka": .object(KafkaBindings.message(message, contract.contract.registry))
        ])
        let made = examples[message.name]
        if !made.isEmpty { object["examples"] = .array(made.map { example($0, of: message) }) }
        var words = manifest.message(message.name) ?? JSONObject()
        for (key, value) in sources.words(of: message) { words[key] = value }
        if !words.isEmpty { object[Self.extensionKey] = .object(words) }
        return object
    }

    private func contentType(of message: CompiledMessage) -> String {
        message.headers.first { $0.name.lowercased() == "content-type" }?.pattern.constant ?? "application/json"
    }

    private func headers(of message: CompiledMessage) -> JSONValue? {
        guard !message.headers.isEmpty else { return nil }
        let properties = message.headers.map { header -> (String, JSONValue) in
            var schema: JSONObject = ["type": "string"]
            if let constant = header.pattern.constant {
                schema["const"] = .string(constant)
            } else if let text = message.declaration.headers.first(where: { $0.name.value == header.name })?.value {
                schema["description"] = .string("Filled by the producer: \(text.value)")
            }
            return (header.name, .object(schema))
        }
        let required = message.headers.filter { header in
            !header.pattern.parts.contains { if case .property(let path) = $0 { path.isOptional } else { false } }
        }
        var headers: JSONObject = ["type": "object", "properties": .object(JSONObject(properties))]
        if !required.isEmpty { headers["required"] = .array(required.map { .string($0.name) }) }
        return .object(headers)
    }

    private func example(_ example: MessageExamples.Example, of message: CompiledMessage) -> JSONValue {
        var object: JSONObject = ["name": .string(example.event)]
        object["summary"] = example.summary.map(JSONValue.string)
        let texts = PatternTexts(contract: contract, event: example.event)
        let headers = message.headers.compactMap { header in
            texts.text(of: header.pattern, in: example.value).map { (header.name, JSONValue.string($0)) }
        }
        if !headers.isEmpty { object["headers"] = .object(JSONObject(headers)) }
        object["payload"] = example.value
        return .object(object)
    }

    /// Returns a reference to a part of the document.
    static func reference(_ tokens: String...) -> JSONValue {
        .object(["$ref": .string("#" + JSONPointer(tokens: tokens).fragment)])
    }
}
