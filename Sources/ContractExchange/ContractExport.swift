package import ContractGenerator
package import ContractModel
import JSONSchema
import JSONTape
import MonitoringGenerator
package import SchemaCompiler

/// A contract in the forms that other tools read.
package struct ContractExport {
    let contract: CompiledContract
    let schemas: MessageSchemas
    let examples: MessageExamples

    /// Creates the parts that the forms share. Schemas that can't be one file are reported.
    ///
    /// - Parameter values: Whether schemas and examples describe what is sent, or plain values.
    package init(_ contract: CompiledContract, values: ValueForm = .sent, diagnostics: inout Diagnostics) {
        self.contract = contract
        schemas = MessageSchemas(contract, values: values, diagnostics: &diagnostics)
        examples = MessageExamples(contract, values: values)
    }

    /// The names of the contract's services.
    package var services: [String] { contract.contract.services.map(\.name.value) }

    /// Documents as YAML that says where they come from.
    static func yaml(_ documents: [JSONValue], of contract: CompiledContract) -> String {
        "# \(GeneratedFile.words) from \(contract.contract.manifestName). "
            + "Do not edit: change the contract, and export again.\n"
            + documents.map(YAMLDocument.text).joined(separator: "---\n")
    }

    /// Returns the AsyncAPI document of the contract.
    ///
    /// - Parameter service: The service whose operations are listed; `nil` for those of all services.
    package func asyncAPI(version: AsyncAPIVersion, service: String? = nil) -> String {
        Self.yaml([AsyncAPIExport(self, version: version, service: service).document()], of: contract)
    }

    /// Returns the entities of a Backstage catalog.
    package func backstage(diagnostics: inout Diagnostics) -> String? {
        BackstageExport(self).entities(diagnostics: &diagnostics).map { Self.yaml($0, of: contract) }
    }

    /// The ending of the names of schema files.
    package static let schemaSuffix = ".bundled.schema.json"

    /// Returns the schema of each message in one file, in its own draft and, where that is another, in 2020-12. A
    /// schema whose definitions are written in other drafts is in 2020-12 alone.
    package func jsonSchemas() -> [GeneratedFile] {
        contract.messages.flatMap { message -> [GeneratedFile] in
            guard let entry = schemas[message.name] else { return [] }
            let bundle = entry.bundle
            let current = file(
                message.name + (bundle.draft == .draft2020 ? "" : ".2020-12") + Self.schemaSuffix, entry.current)
            guard bundle.draft != .draft2020, bundle.otherDrafts.isEmpty else { return [current] }
            return [file(message.name + Self.schemaSuffix, bundle.value), current]
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
