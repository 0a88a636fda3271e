import ContractModel
import JSONTape
import SchemaCompiler

/// An export that writes the entities of a Backstage catalog: a system for the contract, an API for each topic, and a
/// component for each service with the APIs that it provides and consumes.
struct BackstageExport {
    private let export: ContractExport
    private var contract: Contract { export.contract.contract }

    init(_ export: ContractExport) { self.export = export }

    /// - Returns: `nil` where the manifest names no owner, which is reported: Backstage rejects entities without one.
    func entities(diagnostics: inout Diagnostics) -> [JSONValue]? {
        let services = contract.services
        let withoutOwner = services.first { $0.ownership.owner == nil }
        guard let owner = contract.ownership.owner, withoutOwner == nil else {
            diagnostics.error(
                .missingKey, at: contract.name.location,
                "the manifest has no 'owner', which each entity of Backstage has",
                hint: "add 'owner:', such as owner: checkout-team")
            return nil
        }
        let system = entity("System", contract.name.value, contract.summary, ["owner": .string(owner.value)])
        return [system] + export.contract.topics.map { api($0, owner.value) }
            + services.map { component($0, owner.value) }
    }

    private func entity(
        _ kind: String, _ name: String, _ description: String?, _ spec: JSONObject, title: String? = nil
    ) -> JSONValue {
        var metadata: JSONObject = ["name": .string(ResourceName.backstage(name))]
        metadata["title"] = title.map(JSONValue.string)
        metadata["description"] = description.map(JSONValue.string)
        return .object([
            "apiVersion": "backstage.io/v1alpha1", "kind": .string(kind), "metadata": .object(metadata),
            "spec": .object(spec),
        ])
    }

    private var systemName: JSONValue { .string(ResourceName.backstage(contract.name.value)) }

    private func lifecycle(_ ownership: Ownership) -> JSONValue {
        .string(ownership.lifecycle?.value ?? (contract.version.value.hasPrefix("0.") ? "experimental" : "production"))
    }

    private func api(_ topic: CompiledTopic, _ owner: String) -> JSONValue {
        let declaration = topic.declaration
        let document = AsyncAPIExport(export, version: .version30, topic: declaration.key.value).document()
        return entity(
            "API", declaration.name, declaration.purpose,
            [
                "type": "asyncapi", "lifecycle": lifecycle(contract.ownership), "owner": .string(owner),
                "system": systemName, "definition": .string(YAMLDocument.text(document)),
            ], title: declaration.name)
    }

    private func component(_ service: ServiceDeclaration, _ owner: String) -> JSONValue {
        func apis(_ services: (TopicDeclaration) -> [Located<String>]) -> JSONValue? {
            let names = contract.topics.filter { services($0).contains { $0.value == service.name.value } }
                .map { JSONValue.string(ResourceName.backstage($0.name)) }
            return names.isEmpty ? nil : .array(names)
        }
        var spec: JSONObject = [
            "type": "service", "lifecycle": lifecycle(service.ownership),
            "owner": .string(service.ownership.owner?.value ?? owner), "system": systemName,
        ]
        spec["providesApis"] = apis(\.producers)
        spec["consumesApis"] = apis(\.consumers)
        return entity("Component", service.name.value, service.summary, spec)
    }
}
