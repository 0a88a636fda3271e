package import ContractGenerator
package import ContractModel
import JSONSchema
import JSONTape
package import MonitoringGenerator
package import SchemaCompiler

/// A contract in the forms that other tools read.
package struct ContractExport {
    let contract: CompiledContract
    let schemas: MessageSchemas
    let examples: MessageExamples

    /// Creates the parts that the forms share. Schemas that can't be one file are reported.
    package init(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        self.contract = contract
        schemas = MessageSchemas(contract, diagnostics: &diagnostics)
        examples = MessageExamples(contract)
    }

    /// The names of the contract's services.
    package var services: [String] { contract.contract.services.map(\.name.value) }

    var marker: String {
        "# \(GeneratedFile.words) from \(contract.contract.manifestName). "
            + "Do not edit: change the contract, and export again.\n"
    }

    /// Returns a document as YAML that says where it comes from.
    func yaml(_ documents: [JSONValue]) -> String {
        marker + documents.map(YAMLDocument.text).joined(separator: "---\n")
    }

    /// Returns the AsyncAPI document of the contract.
    ///
    /// - Parameter service: The service whose operations are listed; `nil` for those of all services.
    package func asyncAPI(version: AsyncAPIVersion, service: String? = nil) -> String {
        yaml([AsyncAPIExport(self, version: version, service: service).document()])
    }

    /// Returns the entities of a Backstage catalog.
    package func backstage(diagnostics: inout Diagnostics) -> String? {
        BackstageExport(self).entities(diagnostics: &diagnostics).map(yaml)
    }

    /// Returns a Strimzi `KafkaTopic` for each topic.
    ///
    /// - Parameter cluster: The name of the `Kafka` resource that the topics belong to.
    package func kafkaTopics(cluster: String, metadata: ResourceMetadata) -> String {
        yaml(KafkaTopicExport.resources(contract.topics.map(\.declaration), cluster: cluster, metadata: metadata))
    }

    /// The ending of the names of schema files.
    package static let schemaSuffix = ".bundled.schema.json"

    /// Returns the schema of each message in one file, in its own draft and, where that is another, in 2020-12.
    package func jsonSchemas() -> [GeneratedFile] {
        contract.messages.flatMap { message -> [GeneratedFile] in
            guard let entry = schemas[message.name] else { return [] }
            let own = file(message.name + Self.schemaSuffix, entry.bundle.value)
            guard entry.bundle.draft != .draft2020 else { return [own] }
            return [own, file(message.name + ".2020-12" + Self.schemaSuffix, entry.current)]
        }
    }

    private func file(_ name: String, _ schema: JSONValue) -> GeneratedFile {
        let words: JSONValue = .string(
            "\(GeneratedFile.words) from \(contract.contract.manifestName). Do not edit: change the contract.")
        var object: JSONObject = ["$comment": words]
        switch schema {
        case .object(let members): for (key, value) in members where key != "$comment" { object[key] = value }
        case .bool(false): object["not"] = .object(JSONObject())
        default: break
        }
        return GeneratedFile(name: name, contents: PrettyJSON.text(.object(object)))
    }
}
