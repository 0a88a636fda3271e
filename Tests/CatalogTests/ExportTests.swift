import ContractExchange
import ContractGenerator
import ContractModel
import ContractPipeline
import Foundation
import JSONSchema
import JSONTape
import MonitoringGenerator
import SchemaCompiler
import TestSupport
import Testing

/// Exports, judged by programs that are not ours and compared with the contract.
@Suite struct ExportTests {
    private static func write(_ text: String, _ name: String, in folder: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }

    @Test("AsyncAPI's schema and asyncapi3 accept every contract's document, and each reference resolves")
    func asyncAPI() throws {
        try Catalog.inFolder([:]) { folder in
            for (index, path) in Catalog.folders.enumerated() {
                let export = try Catalog.export(path)
                for version in AsyncAPIVersion.allCases {
                    let text = export.asyncAPI(version: version)
                    try Self.write(text, "\(index)-\(version.rawValue).yaml", in: folder)
                }
            }
            let export = try Catalog.export(Catalog.root + "/schemas")
            for service in export.services {
                let text = export.asyncAPI(version: .version30, service: service)
                try Self.write(text, "\(service).yaml", in: folder)
            }
            try Catalog.judge("asyncapi", in: folder)
        }
    }

    @Test("zatalog accepts the Backstage entities, and AsyncAPI's schema their definitions")
    func backstage() throws {
        var diagnostics = Diagnostics()
        let text = try #require(try Catalog.export(Catalog.root + "/schemas").backstage(diagnostics: &diagnostics))
        try Catalog.inFolder(["catalog-info.yaml": text]) { try Catalog.judge("backstage", in: $0) }
    }

    @Test("a contract without an owner has no Backstage entities")
    func withoutOwner() throws {
        var diagnostics = Diagnostics()
        let export = ContractExport(try Catalog.contract(schema: #"{"type": "object"}"#), diagnostics: &diagnostics)
        #expect(export.backstage(diagnostics: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.rule) == [.missingKey])
    }

    @Test("jsonschema has our verdicts on bundled schemas, in their own draft and in 2020-12")
    func schemas() throws {
        var cases: [JSONValue] = []
        for path in Catalog.folders {
            let contract = try Catalog.checked(path).contract
            cases += try Self.cases(path, contract, .sent)
            if contract.messages.contains(where: { $0.protection?.encrypts == true }) {
                cases += try Self.cases(path, contract, .plain)
            }
        }
        cases += try Catalog.inFolder(Self.mixedDrafts) {
            try Self.cases("mixed drafts", Catalog.checked($0).contract, .sent)
        }
        #expect(cases.count > 20)
        var writer = JSONWriter()
        writer.write(JSONValue.array(cases))
        let text = String(decoding: try writer.finish(), as: UTF8.self)
        try Catalog.inFolder(["cases.json": text]) { try Catalog.judge("schemas", in: $0) }
    }

    /// The schemas of each message, and values with our verdicts.
    private static func cases(
        _ path: String, _ contract: CompiledContract, _ form: ValueForm
    ) throws -> [JSONValue] {
        var diagnostics = Diagnostics()
        let schemas = MessageSchemas(contract, values: form, diagnostics: &diagnostics)
        let examples = MessageExamples(contract, values: form)
        let validators =
            form == .plain
            ? MessageInterpreter.all(of: contract)
            : MessageInterpreter.allEncrypted(of: contract, diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        return try zip(contract.messages, validators).compactMap { message, validator in
            // Events have rules that no schema states.
            guard let entry = schemas[message.name], message.rules.rules.isEmpty else { return nil }
            let values = examples[message.name].flatMap { Self.changed($0.value) }
            let verdicts = try values.map { value in
                var writer = JSONWriter()
                writer.write(value)
                return JSONValue.bool(validator.failures(in: try JSONTape(parsing: try writer.finish())).isEmpty)
            }
            // A text in several drafts has one form alone.
            let own = entry.bundle.otherDrafts.isEmpty ? entry.bundle.value : entry.current
            return [
                "name": .string("\(path) \(message.name)"), "own": own, "current": entry.current,
                "values": .array(values), "verdicts": .array(verdicts),
            ]
        }
    }

    private static let manifest = """
        contract: Shop
        version: 1.0.0
        service: shop
        topics: {t: {partitions: 1, replication: 1}}
        messages: {M: {schema: m.schema.json, topic: t}}
        """

    /// A contract whose files have four drafts; in each, `items` and the like mean something else.
    private static let mixedDrafts = [
        "topics.yaml": manifest,
        "m.schema.json": """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["pair", "old"],
         "properties": {"pair": {"$ref": "four.schema.json#/definitions/pair"}, "old": {"$ref": "four.schema.json"},
                        "new": {"$ref": "seven.schema.json#/definitions/n"}, "own": {"$ref": "#/$defs/own"}},
         "$defs": {"own": {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}}}
        """,
        "four.schema.json": """
        {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
         "properties": {"n": {"type": "number", "minimum": 0, "exclusiveMinimum": true}, "const": {"const": 1}},
         "definitions": {"pair": {"type": "array", "items": [{"type": "string"}, {"$ref": "#/properties/n"}],
                                  "additionalItems": false, "minItems": 2}}}
        """,
        "seven.schema.json": """
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
         "definitions": {"n": {"type": "object", "dependencies": {"a": ["b"]}, "required": ["a", "b"],
                               "properties": {"a": {"$ref": "nine.schema.json", "minLength": 99}, "b": {"const": 1}}}}}
        """,
        "nine.schema.json": """
        {"$schema": "https://json-schema.org/draft/2019-09/schema", "type": "string", "minLength": 2}
        """,
    ]

    @Test("a schema whose files have different drafts is exported in 2020-12")
    func mixedDrafts() throws {
        try Catalog.inFolder(Self.mixedDrafts) { folder in
            let export = try Catalog.export(folder)
            #expect(export.jsonSchemas().map(\.name) == ["M.bundled.schema.json"])
            #expect(export.asyncAPI(version: .version30).contains("exclusiveMinimum: 0\n"))
        }
    }

    @Test("a schema that can't be one file is reported at its place, and topics are exported all the same")
    func dynamicReferences() throws {
        let files = [
            "topics.yaml": Self.manifest,
            "m.schema.json": """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "node", "type": "object",
             "properties": {"tree": {"$ref": "tree.schema.json"}}}
            """,
            "tree.schema.json": """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "node", "type": "object",
             "properties": {"children": {"type": "array", "items": {"$dynamicRef": "#node"}}}}
            """,
        ]
        try Catalog.inFolder(files) { folder in
            let contract = try Catalog.checked(folder).contract
            var diagnostics = Diagnostics()
            _ = ContractExport(contract, diagnostics: &diagnostics)
            let found = diagnostics.sorted.map { "\($0.location): \($0.message)" }
            #expect(
                found == [
                    "\(folder)/tree.schema.json:2:72: the files of a schema can't be written as one file: "
                        + "'$dynamicRef' may lead to any file of 'm.schema.json'"
                ])
            let topics = KafkaTopicExport(contract, cluster: "main", metadata: ResourceMetadata()).text()
            #expect(topics.contains("topicName: t\n"))
        }
    }

    @Test("exports describe what is sent, and plain values on request")
    func encrypted() throws {
        let folder = Catalog.root + "/Tests/Fixtures/Contracts/Sensitive"
        for (form, type, example) in [(ValueForm.sent, "string", false), (.plain, "integer", true)] {
            let export = try Catalog.export(folder, values: form)
            let document = try Self.documents(export.asyncAPI(version: .version30))[0]
            let component = try #require(document.value(at: ["components", "schemas", "PatientMessage"]))
            let age = (component.value(at: ["schema"]) ?? component)
                .value(at: ["properties", "payload", "properties", "age"])
            #expect(age?.value(at: ["type"]) == .string(type))
            #expect((age?.value(at: ["x-encrypted"]) == nil) == example)
            let payload = ["components", "messages", "PatientMessage", "examples", "0", "payload"]
            guard case .string? = document.value(at: (payload + ["payload", "age"])[...]) else {
                #expect(example)
                continue
            }
            #expect(!example)
            #expect(document.value(at: (payload + ["encrypted"])[...]) == true)
            let text = export.jsonSchemas().map(\.contents).joined()
            #expect(text.contains("x-encrypted"))
        }
    }

    /// A value, and values that differ from it in one place.
    private static func changed(_ value: JSONValue) -> [JSONValue] {
        var all = [value]
        switch value {
        case .object(let object):
            for (name, member) in object {
                var without = object
                without[name] = nil
                all.append(.object(without))
                for other in changed(member).dropFirst().prefix(12) {
                    var changed = object
                    changed[name] = other
                    all.append(.object(changed))
                }
            }
        case .array(let elements):
            all += [.array([]), .array(elements + elements)]
        case .string(let text): all += [1, .string(text + "x"), .string(""), .null]
        case .number(let number):
            all += [
                "x", .number(JSONNumber(-1000)), JSONNumber(number.doubleValue + 0.5).map(JSONValue.number) ?? .null,
            ]
        case .bool, .null: all += ["x"]
        }
        return Array(all.prefix(60))
    }

    @Test(
        "schemas of earlier drafts keep their meaning in 2020-12",
        arguments: [
            (
                #"{"$schema": "http://json-schema.org/draft-04/schema#", "id": "urn:a", "minimum": 1, "exclusiveMinimum": true, "const": 5, "type": "object"}"#,
                #"{"$id":"urn:a","exclusiveMinimum":1,"type":"object","$schema":"https://json-schema.org/draft/2020-12/schema"}"#
            ),
            (
                ##"{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"a": {"$ref": "#/definitions/x", "minLength": 9}}, "definitions": {"x": {"items": [{"type": "string"}], "additionalItems": false}}}"##,
                ##"{"type":"object","properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"prefixItems":[{"type":"string"}],"items":false}},"$schema":"https://json-schema.org/draft/2020-12/schema"}"##
            ),
            (
                #"{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "dependencies": {"a": ["b"], "c": {"required": ["d"]}}}"#,
                #"{"type":"object","dependentRequired":{"a":["b"]},"dependentSchemas":{"c":{"required":["d"]}},"$schema":"https://json-schema.org/draft/2020-12/schema"}"#
            ),
            (
                ##"{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"a": {"items": [{"$ref": "#/properties/a/items/1"}, {"type": "null"}]}}}"##,
                ##"{"type":"object","properties":{"a":{"prefixItems":[{"$ref":"#/properties/a/prefixItems/1"},{"type":"null"}]}},"$schema":"https://json-schema.org/draft/2020-12/schema"}"##
            ),
            (
                ##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": true, "type": "object", "properties": {"next": {"$recursiveRef": "#"}}}"##,
                ##"{"type":"object","properties":{"next":{"$ref":"#"}},"$schema":"https://json-schema.org/draft/2020-12/schema"}"##
            ),
        ])
    func conversion(schema: String, expected: String) throws {
        var diagnostics = Diagnostics()
        let schemas = MessageSchemas(try Catalog.contract(schema: schema), diagnostics: &diagnostics)
        var writer = JSONWriter()
        writer.write(try #require(schemas["M"]).current)
        #expect(String(decoding: try writer.finish(), as: UTF8.self) == expected)
    }

    // MARK: Agreement

    private static func documents(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n---\n").map { part in
            var diagnostics = Diagnostics()
            let node = YAMLReader.read(Array((part + "\n").utf8), file: "export.yaml", diagnostics: &diagnostics)
            #expect(diagnostics.isEmpty)
            return try #require(node).jsonValue
        }
    }

    @Test("topics are the contract's in AsyncAPI, in Strimzi's resources and in Backstage", arguments: Catalog.folders)
    func agreement(folder: String) throws {
        let contract = try Catalog.checked(folder).contract
        let export = try Catalog.export(folder)
        let document = try Self.documents(export.asyncAPI(version: .version30))[0]
        let resources = try Self.documents(
            KafkaTopicExport(try Catalog.checked(folder).contract, cluster: "main", metadata: ResourceMetadata()).text()
        )
        #expect(resources.count == contract.topics.count)
        for (topic, resource) in zip(contract.topics.map(\.declaration), resources) {
            let key = topic.key.value
            func channel(_ path: String...) -> JSONValue? { document.value(at: (["channels", key] + path)[...]) }
            #expect(channel("address") == .string(topic.name))
            #expect(channel("bindings", "kafka", "topic") == .string(topic.name))
            #expect(channel("bindings", "kafka", "partitions") == .number(JSONNumber(topic.partitions.value)))
            #expect(channel("bindings", "kafka", "replicas") == .number(JSONNumber(topic.replication.value)))
            #expect(resource.value(at: ["apiVersion"]) == "kafka.strimzi.io/v1")
            #expect(resource.value(at: ["spec", "topicName"]) == .string(topic.name))
            #expect(resource.value(at: ["spec", "partitions"]) == .number(JSONNumber(topic.partitions.value)))
            #expect(resource.value(at: ["spec", "replicas"]) == .number(JSONNumber(topic.replication.value)))
            for entry in topic.config {
                #expect(resource.value(at: ["spec", "config", entry.key]) == .string(entry.value))
                let stated = try #require(channel("bindings", "kafka", "topicConfiguration", entry.key))
                let text =
                    switch stated {
                    case .array(let values):
                        values.map { if case .string(let text) = $0 { text } else { "" } }.joined(separator: ",")
                    case .string(let text): text
                    case .number(let number): number.description
                    case .bool(let flag): "\(flag)"
                    case .null, .object: ""
                    }
                #expect(text == entry.value)
            }
            for (action, services) in [("sends", topic.producers), ("receives", topic.consumers)] {
                for service in services.map(\.value) {
                    let operation = document.value(at: ["operations", "\(service)_\(action)_\(key)"])
                    #expect(operation?.value(at: ["action"]) == .string(String(action.dropLast())))
                    #expect(operation?.value(at: ["x-service"]) == .string(service))
                }
            }
        }
        for message in contract.messages {
            let place = ["channels", message.topic.declaration.key.value, "messages", message.name, "$ref"]
            #expect(document.value(at: place[...]) == .string("#/components/messages/\(message.name)"))
            let pointer = document.value(at: [
                "components", "messages", message.name, "bindings", "kafka", "key", "x-key-pointer",
            ])
            #expect(pointer == message.recordKey.map { .string($0.pointer.description) })
        }
    }

    @Test("schemas are those of the registry in exported files and in AsyncAPI", arguments: Catalog.folders)
    func schemaAgreement(folder: String) throws {
        let contract = try Catalog.checked(folder).contract
        let export = try Catalog.export(folder)
        let document = try Self.documents(export.asyncAPI(version: .version31))[0]
        let files = Dictionary(
            export.jsonSchemas().map { ($0.name, $0.contents) }, uniquingKeysWith: { first, _ in first })
        for message in contract.messages {
            var diagnostics = Diagnostics()
            let text = try #require(contract.wireSchemaText(of: message, diagnostics: &diagnostics))
            let registered = try JSONTape(parsing: Array(text.utf8)).value(at: .root)
            let file = try #require(files[message.name + ContractExport.schemaSuffix])
            guard case .object(var exported) = try JSONTape(parsing: Array(file.utf8)).value(at: .root) else {
                continue
            }
            exported["$comment"] = nil
            if case .object(var own) = registered {
                own["$comment"] = nil
                #expect(exported == own, "\(message.name)")
            }
            // Titles and properties are those of the file; draft 7 has other words for some keywords.
            let component = document.value(at: ["components", "schemas", message.name])
            let schema = component?.value(at: ["schema"]) ?? component
            for keyword in ["title", "type", "required"] {
                #expect(schema?.value(at: [keyword]) == registered.value(at: [keyword]), "\(message.name) \(keyword)")
            }
            if case .object(let properties)? = registered.value(at: ["properties"]),
                case .object(let written)? = schema?.value(at: ["properties"])
            {
                #expect(properties.map(\.key) == written.map(\.key), "\(message.name)")
            }
        }
    }

    @Test("names of resources are valid, and different for different topics")
    func resourceNames() throws {
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topic_defaults: {partitions: 1, replication: 1}
            topics: {a_b: {}, c-d: {}, E-f: {}, "x..y": {}, "x.y": {swift_name: second}, _z_: {}}
            messages: {M: {schema: m.schema.json, topic: a_b}}
            """
        let text = try Catalog.inFolder(["topics.yaml": manifest, "m.schema.json": #"{"type": "object"}"#]) {
            let contract = try Catalog.checked($0).contract
            return KafkaTopicExport(contract, version: .v1beta2, cluster: "main", metadata: ResourceMetadata()).text()
        }
        #expect(text.contains("apiVersion: kafka.strimzi.io/v1beta2\n"))
        let names = try Self.documents(text).compactMap { document -> String? in
            if case .string(let name)? = document.value(at: ["metadata", "name"]) { name } else { nil }
        }
        #expect(Set(names).count == 6 && names[1] == "c-d")
        for name in names {
            #expect(
                name.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/) != nil, "\(name)"
            )
        }
    }
}
