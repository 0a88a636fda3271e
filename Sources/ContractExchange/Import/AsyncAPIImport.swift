package import ContractModel
import JSONTape
import MonitoringGenerator

/// An import that starts a contract from an AsyncAPI document of version 2 or 3.
package struct AsyncAPIImport {
    /// The files of the contract, and all that they do not carry over.
    package struct Result: Sendable {
        package var files: [(name: String, contents: String)]
        /// The parts of the document that a contract has no place for, with their places.
        package var losses: [Located<String>]
    }

    private let document: AsyncAPIDocument
    private var losses: [Located<String>] = []
    private var schemas: [(name: String, contents: String)] = []
    private var messages = JSONObject()
    private var services = JSONObject()
    /// The words of the manifest that the document was exported from.
    private var words: JSONObject
    /// Whether the document was exported from a contract.
    private let isExported: Bool

    /// Reads an AsyncAPI document.
    ///
    /// - Returns: `nil` where the document can't be read, which is reported.
    package static func read(_ bytes: [UInt8], path: String, diagnostics: inout Diagnostics) -> Result? {
        let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        let root =
            isJSON
            ? JSONReader.read(bytes, file: path, diagnostics: &diagnostics)
            : YAMLReader.read(bytes, file: path, diagnostics: &diagnostics)
        guard let root, let document = AsyncAPIDocument(root, diagnostics: &diagnostics) else { return nil }
        var reader = AsyncAPIImport(document)
        return reader.result()
    }

    private init(_ document: AsyncAPIDocument) {
        self.document = document
        words = document.root["info"]?[AsyncAPIExport.extensionKey]?.jsonValue.object ?? JSONObject()
        isExported = !words.isEmpty
    }

    private mutating func result() -> Result {
        noteRoot()
        if let known = words["services"]?.object { services = known }
        var topics = JSONObject()
        for channel in document.channels {
            let topic = self.topic(channel, taken: topics)
            guard let topic else { continue }
            topics[topic.key] = .object(topic.value)
        }
        var manifest: JSONObject = ["contract": .string(contractName)]
        manifest["version"] = .string(version)
        manifest["description"] = document.root["info"]?["description"]?.text.map(JSONValue.string)
        manifest["service"] = words["service"] ?? .string(document.serviceName)
        for (key, value) in words where manifest[key] == nil && key != "services" { manifest[key] = value }
        if var options = words["schemas"]?.object {
            // The schemas of other folders are part of the files.
            options["folders"] = nil
            manifest["schemas"] = options.isEmpty ? nil : .object(options)
        }
        if !services.isEmpty { manifest["services"] = .object(services) }
        manifest["topics"] = .object(topics)
        manifest["messages"] = .object(messages)
        let text =
            "# Started from \(PathName.split(document.path).name) by event-contracts.\n"
            + YAMLDocument.text(.object(manifest))
        return Result(
            files: [(ContractReader.manifestName, text)] + schemas, losses: losses.sorted { $0.location < $1.location })
    }

    // MARK: The document

    private var contractName: String {
        if let name = words["contract"]?.string { return name }
        return ImportNames.type(document.root["info"]?["title"]?.text ?? "") ?? "Imported"
    }

    /// The version in the three numbers that a contract has.
    private var version: String {
        let text = document.root["info"]?["version"]?.text ?? ""
        return text.wholeMatch(of: /(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)/) == nil ? "1.0.0" : text
    }

    private mutating func note(_ text: String, at location: SourceLocation) {
        losses.append(Located(text, at: location))
    }

    private mutating func noteRoot() {
        if let info = document.root["info"], let stated = info["version"], stated.text != version {
            note(
                "the version '\(stated.text ?? "")' is not MAJOR.MINOR.PATCH; the contract begins with 1.0.0",
                at: stated.location)
        }
        if case .array(let names)? = words[ManifestWords.omittedKey] {
            let list = names.compactMap(\.string).joined(separator: ", ")
            note(
                "the document was exported without: \(list)",
                at: document.root["info"]?.location ?? document.root.location)
        }
        words[ManifestWords.omittedKey] = nil
        // Parts that an export adds come from elsewhere in the contract.
        guard !isExported else { return }
        for key in ["servers", "tags", "externalDocs"] {
            if let node = document.root[key] { note("'\(key)' has no place in a contract", at: node.location) }
        }
        for key in ["termsOfService", "contact", "license", "tags", "externalDocs"] {
            if let node = document.root["info"]?[key] {
                note("'\(key)' of 'info' has no place in a contract", at: node.location)
            }
        }
        for key in ["securitySchemes", "operationTraits", "messageTraits", "replies", "serverVariables"] {
            if let node = document.root["components"]?[key] {
                note("'\(key)' of 'components' has no place in a contract", at: node.location)
            }
        }
    }

    // MARK: Topics

    private mutating func topic(
        _ channel: AsyncAPIDocument.Channel, taken: JSONObject
    ) -> (key: String, value: JSONObject)? {
        let binding = channel.node["bindings"].flatMap { document.resolved($0)["kafka"] }.map(document.resolved)
        let whole = binding?["topic"]?.text ?? channel.node["address"]?.text ?? channel.name
        let prefix = words["topic_prefix"]?.string ?? ""
        var key = whole.hasPrefix(prefix) ? String(whole.dropFirst(prefix.count)) : whole
        let legal = ImportNames.topic(key)
        if legal != key {
            note("'\(whole)' is not a name that Kafka allows; the topic is '\(legal)'", at: channel.node.location)
        }
        key = legal
        guard taken[key] == nil else {
            note("a second channel of the topic '\(whole)' is left out", at: channel.node.location)
            return nil
        }
        var topic = JSONObject()
        let purpose = channel.node["description"]?.text ?? channel.node["summary"]?.text ?? channel.node["title"]?.text
        topic["purpose"] = purpose.map(JSONValue.string)
        topic["partitions"] = count("partitions", binding, channel)
        topic["replication"] = count("replicas", binding, channel)
        addConfig(binding, to: &topic)
        addServices(channel, to: &topic)
        if let own = channel.node[AsyncAPIExport.extensionKey]?.jsonValue.object {
            for (key, value) in own { topic[key] = value }
        }
        for other in ["parameters", "tags", "externalDocs"] {
            if let node = channel.node[other] {
                note("'\(other)' of a channel has no place in a contract", at: node.location)
            }
        }
        if case .mapping(let entries)? = channel.node["bindings"].map({ document.resolved($0).content }) {
            for entry in entries where entry.key.value != "kafka" {
                note("the binding '\(entry.key.value)' has no place in a contract", at: entry.key.location)
            }
        }
        for message in channel.messages { add(message, topic: key) }
        return (key, topic)
    }

    private mutating func count(
        _ key: String, _ binding: SourceNode?, _ channel: AsyncAPIDocument.Channel
    ) -> JSONValue {
        if case .number(let number)? = binding?[key]?.content { return .number(number) }
        note("the channel '\(channel.name)' states no '\(key)'; the topic has 1", at: channel.node.location)
        return 1
    }

    private mutating func addConfig(_ binding: SourceNode?, to topic: inout JSONObject) {
        var config = JSONObject()
        guard case .mapping(let entries)? = binding?["topicConfiguration"]?.content else { return }
        for entry in entries {
            let key = entry.key.value
            if key == TopicConfigKeys.cleanupPolicy {
                topic["cleanup"] = entry.value.jsonValue
                if case .array(let values) = entry.value.jsonValue, values.count == 1 { topic["cleanup"] = values[0] }
            } else if TopicConfigKeys.all[key] == nil {
                note("Kafka has no topic config '\(key)'", at: entry.key.location)
            } else {
                config[key] = entry.value.jsonValue
            }
        }
        if !config.isEmpty { topic["config"] = .object(config) }
    }

    private mutating func addServices(_ channel: AsyncAPIDocument.Channel, to topic: inout JSONObject) {
        for (key, names) in [("producers", channel.producers), ("consumers", channel.consumers)] where !names.isEmpty {
            topic[key] = .array(names.map(JSONValue.string))
            for name in names where services[name] == nil { services[name] = .null }
        }
    }

    // MARK: Messages

    private mutating func add(_ reference: AsyncAPIDocument.Message, topic: String) {
        let node = reference.node
        let stated = node["name"]?.text ?? reference.name
        guard var name = ImportNames.type(stated) else {
            note("the message '\(stated)' has no name that Swift allows, and is left out", at: node.location)
            return
        }
        if name != stated { note("the message '\(stated)' is named '\(name)'", at: node.location) }
        if messages[name] != nil {
            var number = 2
            while messages["\(name)\(number)"] != nil { number += 1 }
            note(
                "the message '\(name)' goes to several topics; the one of '\(topic)' is '\(name)\(number)'",
                at: node.location)
            name = "\(name)\(number)"
        }
        guard let payload = node["payload"] else {
            note("the message '\(name)' has no payload, and is left out", at: node.location)
            return
        }
        var bundler = PayloadBundler(document)
        guard let schema = bundler.schema(payload, format: node["schemaFormat"]?.text) else {
            note(
                "the payload of '\(name)' is not a JSON Schema (\(bundler.format)); the message is left out",
                at: payload.location)
            return
        }
        for reference in bundler.missing {
            note("the reference '\(reference.value)' leads to nothing in the document", at: reference.location)
        }
        let file = ImportNames.file(name) + ".schema.json"
        schemas.append((file, PrettyJSON.text(schema)))
        var message = JSONObject()
        let summary = node["summary"]?.text ?? node["description"]?.text
        message["description"] = summary.map(JSONValue.string)
        message["schema"] = .string(file)
        message["topic"] = .string(topic)
        let own = node[AsyncAPIExport.extensionKey]?.jsonValue.object
        for (key, value) in own ?? JSONObject() { message[key] = value }
        if own == nil, !isExported {
            addKeyAndHeaders(node, to: &message, name)
        }
        messages[name] = .object(message)
    }

    private mutating func addKeyAndHeaders(_ node: SourceNode, to message: inout JSONObject, _ name: String) {
        let binding = node["bindings"].flatMap { document.resolved($0)["kafka"] }.map(document.resolved)
        if let key = binding?["key"] {
            if let pointer = document.resolved(key)[KafkaBindings.keyPointerKey]?.text {
                message["key"] = .string(pointer)
            } else {
                note("the key of '\(name)' names no property; add 'key' to the message", at: key.location)
            }
        }
        var headers = JSONObject()
        if case .mapping(let entries)? = node["headers"].map({ document.resolved($0) })?["properties"]?.content {
            for entry in entries {
                let schema = document.resolved(entry.value)
                let constant = schema["const"] ?? Self.onlyValue(of: schema)
                if let text = constant?.text {
                    headers[entry.key.value] = .string(Self.literal(text))
                } else {
                    note("the header '\(entry.key.value)' of '\(name)' has no fixed value", at: entry.key.location)
                }
            }
        }
        if let type = node["contentType"]?.text, type != "application/json",
            !headers.contains(where: { $0.key.lowercased() == "content-type" })
        {
            headers["content-type"] = .string(Self.literal(type))
        }
        if !headers.isEmpty { message["headers"] = .object(headers) }
        for key in ["traits", "correlationId", "tags", "externalDocs"] {
            if let other = node[key] { note("'\(key)' of '\(name)' has no place in a contract", at: other.location) }
        }
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
